namespace Dialogue.Operations.Demo;

/// <summary>
/// The clock of a demo. It is that of the machine, except for whoever is telling what happened earlier: their commands are given on the day
/// on which they were given in the story, so that a journal of months reads as one. Only the flow of work that tells is in the past;
/// visitors never are.
/// </summary>
public sealed class DemoTime : TimeProvider
{
    private static readonly AsyncLocal<Past?> Telling = new();

    public override DateTimeOffset GetUtcNow() => Telling.Value?.Now ?? base.GetUtcNow();

    /// <summary>From here on, in this flow of work, it is then; until the past is disposed of.</summary>
    public static Past GoBackTo(DateTimeOffset moment) => Telling.Value = new Past(moment);

    public sealed class Past(DateTimeOffset now) : IDisposable
    {
        public DateTimeOffset Now { get; private set; } = now;

        public void Pass(TimeSpan time) => Now += time;

        /// <summary>Never back in time, and never later than really now.</summary>
        public void GoTo(DateTimeOffset moment) =>
            Now = new DateTimeOffset(
                Math.Clamp(moment.UtcTicks, Now.UtcTicks, Math.Max(Now.UtcTicks, System.GetUtcNow().UtcTicks)),
                TimeSpan.Zero
            );

        public void Dispose() => Telling.Value = null;
    }
}

using Dialogue.Storage;

namespace Dialogue.Dialogues;

/// <summary>
/// Removes the traces of what was erased from the log ahead of SQLite (<see cref="Traces"/>). The writer calls it on its own connection,
/// after a commit and after those who wait for that commit were answered: any other connection would only stand in its way.
/// </summary>
public sealed partial class LogWiper(ILogger<LogWiper> log)
{
    private const int FailuresUntilWarning = 100;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);
    private volatile bool asked;
    private int failures;

    /// <summary>Called when something is to be wiped and the writer may have nothing else to do.</summary>
    internal Action Wake { get; set; } = static () => { };

    /// <summary>Something was erased that nobody may find again. Wiped after the next commit, which is made to happen soon.</summary>
    public void Ask()
    {
        asked = true;
        Wake();
    }

    /// <summary>The same for whoever is in a commit now: that commit is the one it waits for.</summary>
    public void AfterThisCommit() => asked = true;

    internal async Task WipeIfAsked(DialogueDb db)
    {
        if (!asked)
            return;
        asked = false;
        if (await Traces.Wipe(db, CancellationToken.None))
        {
            failures = 0;
            return;
        }
        if (++failures == FailuresUntilWarning)
            NotWiped(log, failures * BetweenTries);
        _ = TryLater();
    }

    private async Task TryLater()
    {
        await Task.Delay(BetweenTries, TimeProvider.System);
        Ask();
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "For {Time} a reader has kept the log ahead of the database from being emptied. What was erased can be read there "
            + "until it ends."
    )]
    private static partial void NotWiped(ILogger log, TimeSpan time);
}

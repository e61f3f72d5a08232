namespace Dialogue.Clock;

/// <summary>
/// Looks every few seconds whether something is due. Each kind of work has its own rhythm, so that a mail server that takes a
/// minute delays mail only, and work that fails is tried again at the next tick.
/// </summary>
public sealed partial class Ticker(
    IEnumerable<IDueWork> works,
    ClockHealth health,
    TimeProvider time,
    ClockSettings settings,
    ILogger<Ticker> log
) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(works.Select(work => Repeat(work, stoppingToken)));

    private async Task Repeat(IDueWork work, CancellationToken stop)
    {
        // The first look comes at once: after downtime something may have waited long enough.
        await Task.Yield();
        using var timer = new PeriodicTimer(settings.Every, time);
        try
        {
            do await Tick(work, stop);
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    /// <summary>One look at one kind of work. Never throws, except that the program stops.</summary>
    internal async Task Tick(IDueWork work, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        try
        {
            var done = await work.DoDue(now, stop);
            health.Succeeded(work.Name, now);
            if (done > 0)
                Did(log, work.Name, done);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // one failing work never stops the clock
        catch (Exception problem)
#pragma warning restore CA1031
        {
            health.Failed(work.Name, now);
            Broke(log, work.Name, problem);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Work}: {Done} done.")]
    private static partial void Did(ILogger log, string work, int done);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} failed and will be tried again.")]
    private static partial void Broke(ILogger log, string work, Exception problem);
}

/// <summary>How often the clock looks, and after how long without success it is called unwell.</summary>
public sealed record ClockSettings
{
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(10);
    public TimeSpan UnwellAfter { get; init; } = TimeSpan.FromMinutes(5);
}

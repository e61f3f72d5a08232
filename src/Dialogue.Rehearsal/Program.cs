using System.Text.Json;
using Dialogue.Rehearsal;

if (RehearsalOptions.Read(args, out var wrong) is not { } options)
{
    await Console.Error.WriteLineAsync(wrong);
    await Console.Error.WriteLineAsync(RehearsalOptions.Usage);
    return 2;
}
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var report = await RehearsalRun.Play(options, stop.Token);
Console.WriteLine(JsonSerializer.Serialize(report, RehearsalReport.Json));
return report.Ok ? 0 : 1;

using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Dialogue.Rehearsal;
using Microsoft.Data.Sqlite;

namespace Dialogue;

/// <summary>
/// Thirty people hold a dialogue, and again and again the server is killed as a power cut would: the process is gone in the middle of
/// whatever it did. DIALOGUE_KILL_CYCLES sets how often.
/// </summary>
[Collection("One server program at a time")]
public class KillDrillTests(ITestOutputHelper output)
{
    private const int KillsPerRehearsal = 7;
    private static readonly RehearsalOptions Options = new()
    {
        Url = new("http://localhost"),
        Template = "kort-gesprek",
        Participants = 30,
        Think = 1_200,
        Patience = TimeSpan.FromMinutes(10),
    };

    [Fact]
    public async Task What_was_acknowledged_survives_every_kill_exactly_once()
    {
        var stop = TestContext.Current.CancellationToken;
        var cycles = ServerProcess.Setting("DIALOGUE_KILL_CYCLES", 20);
        var seed = ServerProcess.Setting("DIALOGUE_KILL_SEED", 1);
        var random = new Random(seed);
        await using var server = new ServerProcess();
        await server.Start(stop);
        var begun = Stopwatch.GetTimestamp();
        var restarts = new List<double>();
        var reports = new List<RehearsalReport>();
        while (restarts.Count < cycles)
        {
            // The organiser's own acts are not retried by the rehearsal, so killing begins when guests come in.
            var rehearsal = RehearsalRun.Play(Options with { Url = server.Url, Seed = seed + reports.Count }, stop);
            await GuestsComeIn(server, reports.Count + 1, rehearsal, stop);
            for (var kills = 0; kills < KillsPerRehearsal && restarts.Count < cycles; kills++)
            {
                // Up about as long as down, however slow this machine is: else nobody gets anything done between two kills.
                var up = TimeSpan.FromSeconds(random.NextDouble() * 2 * Math.Clamp(restarts.LastOrDefault(), 1, 6));
                if (await Task.WhenAny(rehearsal, Task.Delay(up, stop)) == rehearsal)
                    break;
                await server.Kill();
                restarts.Add((await server.Start(stop)).TotalSeconds);
            }
            var report = await rehearsal;
            reports.Add(report);
            output.WriteLine(
                $"rehearsal {reports.Count}: {report.Contributions} contributions, {report.Reconnects} reconnects, "
                    + $"{report.SentAgain} sent again, {report.GapsHealed} gaps healed, {report.PhasesPlayed} phases, "
                    + $"{report.DurationMs / 1000.0:0.0} s"
            );
            report.Ok.ShouldBeTrue(
                $"seed {seed}\n{JsonSerializer.Serialize(report, RehearsalReport.Json)}\n{string.Join('\n', server.Log.TakeLast(40))}"
            );
            report.Contributions.ShouldBeGreaterThan(100);
        }
        await server.Kill();
        var whole = Integrity(server.Database);
        output.WriteLine(
            $"{restarts.Count} kills, {reports.Sum(report => report.Contributions)} acknowledged contributions, "
                + $"{reports.Sum(report => report.Lost)} lost, "
                + $"{reports.Sum(report => report.Duplicated)} duplicated, {reports.Sum(report => report.OutOfOrder)} out of order, "
                + $"{reports.Sum(report => report.SeenByTheWrongPerson)} seen by the wrong person; "
                + $"restart {restarts.Average():0.0} s on average, {restarts.Max():0.0} s at most; integrity_check {whole}; "
                + $"{Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s in all, seed {seed}"
        );
        whole.ShouldBe("ok");
    }

    private static async Task GuestsComeIn(ServerProcess server, int dialogues, Task rehearsal, CancellationToken stop)
    {
        using var staff = await server.SignIn(Options.Email, Options.Password, stop);
        while (!rehearsal.IsCompleted)
        {
            var all = await staff.GetFromJsonAsync<JsonElement>("/api/v1/dialogues", stop);
            if (all.GetArrayLength() >= dialogues)
            {
                var newest = await staff.GetFromJsonAsync<JsonElement>($"/api/v1/dialogues/{all[0].GetProperty("id").GetString()}", stop);
                if (newest.GetProperty("number").GetInt32() > 6)
                    return;
            }
            await Task.Delay(50, stop);
        }
    }

    private static string Integrity(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string)command.ExecuteScalar()!;
    }
}

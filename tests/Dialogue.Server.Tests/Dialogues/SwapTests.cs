using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dialogue.Anonymous;
using Dialogue.Storage;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Dialogue.Dialogues;

/// <summary>A server with the log as loud as it can be.</summary>
public sealed class LoudServer : IAsyncDisposable
{
    internal LoggedLines Lines { get; } = new();
    internal RunningServer Server { get; }

    public LoudServer() => Server = new RunningServer(Lines, LoggedLines.Loudest);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Lines.Dispose();
    }
}

/// <summary>What is stored and logged of an anonymous phase.</summary>
public sealed partial class SwapTests(LoudServer loud) : IClassFixture<LoudServer>
{
    private static readonly PhaseId Box = Sittings.Box;
    private readonly LoggedLines lines = loud.Lines;
    private readonly RunningServer server = loud.Server;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_people_who_swap_what_they_wrote_leave_the_same_tables_and_the_same_log()
    {
        var (brief, lengthy) = ("Kort en bondig.", "Een lang verhaal. " + new string('w', 1_700));
        // Whatever is done for the first time is logged at more length.
        await Hold(brief, lengthy);
        var one = await Hold(brief, lengthy);
        var other = await Hold(lengthy, brief);
        one.Stored.ShouldNotBeEmpty();
        other.Stored.ShouldBe(one.Stored);
        one.Logged.ShouldNotBeEmpty();
        other.Logged.ShouldBe(one.Logged);
    }

    [Theory, InlineData(HttpTransportType.WebSockets), InlineData(HttpTransportType.LongPolling)]
    public async Task A_message_to_the_box_leaves_no_words_no_ticket_and_no_length_in_the_log(HttpTransportType transport)
    {
        const string secret = "GEHEIM-IN-DE-BUS";
        var room = await server.Room(TestTemplates.Short, 5);
        await room.Start("anoniem");
        var ticket = (await room.People[0].Tickets("anoniem"))[0];
        await using var connection = room.People[0].NewConnection(transport: transport);
        await connection.StartAsync(Stop);
        await connection.InvokeAsync<Wire.Batch>("CatchUp", room.Dialogue, 0, Stop);
        lines.Take();
        // All of the message is between 4000 and 4199 characters long.
        (
            await connection.InvokeAsync<Answer>(
                "Drop",
                room.Dialogue,
                Box,
                ticket,
                (SealedEntry)new SealedItem(ItemKind.Argument, secret + new string('x', 3_850)),
                Stop
            )
        ).ShouldBeOfType<Answer.Accepted>();
        (
            await connection.InvokeAsync<Answer>("Drop", room.Dialogue, Box, ticket, (SealedEntry?)null, Stop)
        ).ShouldBeOfType<Answer.Accepted>();
        var logged = lines.Take();
        logged.ShouldNotBeEmpty();
        logged.ShouldAllBe(line =>
            !line.Contains(secret, StringComparison.Ordinal)
            && !line.Contains(ticket.Value, StringComparison.Ordinal)
            && !AsLongAsTheMessage().IsMatch(line)
        );
        // Without web sockets each message is a request of its own, and that there was one is known to whoever turns the log so loud.
        if (transport == HttpTransportType.WebSockets)
            logged.ShouldAllBe(line => !line.Contains(connection.ConnectionId!, StringComparison.Ordinal));
    }

    private async Task<(string[] Stored, string[] Logged)> Hold(string first, string second)
    {
        var room = await server.Room(TestTemplates.Short, 5);
        await room.Start("anoniem");
        lines.Take();
        string[] texts = [first, second, "Van Carla.", "Van Dirk.", "Van Els."];
        foreach (var (person, text) in room.People.Zip(texts))
        {
            var ticket = (await room.Draw(person))[0];
            (
                await server.Get<Drop>().Into(room.Dialogue, Box, ticket, new SealedItem(ItemKind.Argument, text))
            ).ShouldBeOfType<Answer.Accepted>();
            (await person.Wants(new MarkReady(Box, Ready: true))).ShouldBeOfType<Answer.Accepted>();
        }
        (await room.Guide.Wants(new CloseRound(Box))).ShouldBeOfType<Answer.Accepted>();
        var path = StorageSetup.SqlitePath(server.Services);
        await Sittings.Eventually(() => new FileInfo(path + "-wal").Length == 0);
        var logged = lines
            .Take()
            .Where(line => line.StartsWith("Dialogue.", StringComparison.Ordinal) || line.Contains("Sealed", StringComparison.Ordinal))
            .Select(Same);
        var ours = room.Dialogue.Value.ToString("D", CultureInfo.InvariantCulture);
        var rows = Loot.Of(path, room.Dialogue)
            .Rows.Where(row => row.Values.Values.Any(value => $"{value}".Contains(ours, StringComparison.OrdinalIgnoreCase)));
        return (
            [
                .. rows.Select(row =>
                    row.Table
                    + " "
                    + string.Join(" | ", row.Values.Where(value => value.Key != "#").Select(value => $"{value.Key}={Same(value.Value)}"))
                ),
            ],
            [.. logged]
        );
    }

    /// <summary>
    /// Without what is drawn at random and without the time; what was shown in a shuffled order is put in the order of the alphabet.
    /// </summary>
    private static string Same(object value)
    {
        if (value is byte[] bytes)
            return $"{bytes.Length} bytes";
        var text = $"{value}";
        if (text.StartsWith('{') && JsonNode.Parse(text) is JsonObject json && json["items"] is JsonArray items)
        {
            foreach (var item in items)
                item!.AsObject()["id"] = 0;
            json["items"] = new JsonArray([
                .. items.OrderBy(item => (string)item!["text"]!, StringComparer.Ordinal).Select(item => item!.DeepClone()),
            ]);
            text = json.ToJsonString();
        }
        return Varying().Replace(text, "*");
    }

    [GeneratedRegex(
        "\\b6[0-9]{17}\\b|[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|[0-9]{4}-[0-9]{2}-[0-9]{2}[T "
            + "][0-9:.]+(?:Z|[+-][0-9:]+)?|(?:elapsed=|\\()[0-9,.]+(?:ms\\))?|spending [0-9]+ms",
        RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Varying();

    [GeneratedRegex("(?<![0-9A-Za-z])4[01][0-9]{2}(?![0-9A-Za-z])", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex AsLongAsTheMessage();
}

using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dialogue.Wire;

namespace Dialogue;

/// <summary>
/// What no client of ours would send, over a real web socket: frames that look right and are wrong somewhere. DIALOGUE_FRAMES sets how
/// many.
/// </summary>
public class HubFrameTests(ITestOutputHelper output)
{
    private const char End = '\u001e';

    /// <summary>What a seat may call is limited per seat; so many take turns, that the frames are read and not turned away.</summary>
    private const int Seats = 40;

    [Fact]
    public async Task Wrong_frames_change_nothing_and_the_server_still_answers()
    {
        var stop = TestContext.Current.CancellationToken;
        // On a machine that is busy with other things fewer will do: what is bounded is the time.
        int asked = ServerProcess.Setting("DIALOGUE_FRAMES", 0),
            frames = asked > 0 ? asked : 3_000;
        var limit = asked > 0 ? TimeSpan.MaxValue : TimeSpan.FromSeconds(15);
        var seed = ServerProcess.Setting("DIALOGUE_SEED", 1);
        await using var server = new ServerProcess();
        await server.Start(stop);
        var (dialogue, tokens) = await Table(server, Seats, stop);
        var begun = Stopwatch.GetTimestamp();
        var fuzz = new Frames(seed, dialogue);
        var before = -1;
        int refused = 0,
            faults = 0,
            closed = 0,
            accepted = 0;
        var unexpected = new List<string>();
        var lines = new Line[Seats];
        for (var seat = 0; seat < Seats; seat++)
            lines[seat] = await Line.Open(server.Url, dialogue, tokens[seat], stop);
        var sent = 0;
        for (; sent < frames && Stopwatch.GetElapsedTime(begun) < limit; sent++)
        {
            var at = sent % Seats;
            var line = lines[at];
            var frame = fuzz.Next();
            await line.Send(frame + End + Fence(sent), stop);
            while (true)
            {
                JsonNode? answer;
                try
                {
                    answer = await line.Read(stop, frame == Frames.UnknownKind ? TimeSpan.FromSeconds(0.3) : null);
                }
                catch (TimeoutException)
                {
                    // SignalR never reads past a message of a kind that it does not know: whoever sends one has jammed their own line, and
                    // only that.
                    frame.ShouldBe(Frames.UnknownKind, $"seed {seed}: no answer any more");
                    answer = null;
                }
                if (answer is null)
                {
                    closed++;
                    line.Dispose();
                    lines[at] = await Line.Open(server.Url, dialogue, tokens[at], stop);
                    break;
                }
                if (answer["invocationId"]?.GetValue<string>() == $"fence{sent}")
                {
                    var batch = answer["result"].ShouldNotBeNull($"seed {seed}: {Short(frame)}\n{answer}");
                    if (batch["hint"]?.GetValue<string>() == "later")
                    {
                        await Task.Delay(100, stop);
                        await line.Send(Fence(sent), stop);
                        continue;
                    }
                    var number = batch["through"]!.GetValue<int>();
                    if (before < 0)
                        before = number;
                    number.ShouldBe(before, $"seed {seed}: this was stored: {Short(frame)}");
                    break;
                }
                if (answer["type"]?.GetValue<int>() != 3)
                    continue;
                if (answer["error"] is { } error)
                {
                    faults++;
                    // A HubException is an answer on purpose: catching up with somebody else's dialogue.
                    if (
                        error.GetValue<string>() is var words
                        && words.Contains("unexpected error", StringComparison.Ordinal)
                        && !words.Contains("HubException:", StringComparison.Ordinal)
                    )
                        unexpected.Add($"{Short(frame)}: {error}");
                }
                else if (answer["result"] is JsonObject result && result["$type"]?.GetValue<string>() == "refused")
                    refused++;
                else
                    accepted++;
            }
        }
        foreach (var line in lines)
            line.Dispose();
        var took = Stopwatch.GetElapsedTime(begun);
        output.WriteLine(
            $"{sent} frames: {refused} refused, {faults} not understood, {closed} ended the line, {accepted} read something; "
                + $"{took.TotalSeconds:0.0} s, seed {seed}"
        );

        unexpected.Distinct().Take(5).ShouldBeEmpty($"an exception reached the hub: {unexpected.Count} times, seed {seed}");
        server.Runs.ShouldBeTrue();
        server
            .Log.Where(said =>
                said.Contains("Unhandled exception", StringComparison.Ordinal) || said.StartsWith("crit:", StringComparison.Ordinal)
            )
            .ShouldBeEmpty();
        (refused, faults, closed).ShouldSatisfyAllConditions(
            three => three.refused.ShouldBePositive(),
            three => three.faults.ShouldBePositive(),
            three => three.closed.ShouldBePositive()
        );
        var (other, fresh) = await Table(server, 1, stop);
        using var last = await Line.Open(server.Url, other, fresh[0], stop);
        await last.Send(
            """{"type":1,"invocationId":"last","target":"Perform","arguments":["""
                + $"\"{other}\",\"{Guid.NewGuid()}\","
                + """{"$type":"dialogue/rename-seat","name":"Yusuf de tweede"}]}"""
                + End,
            stop
        );
        JsonNode? said;
        do said = await last.Read(stop);
        while (said is not null && said["invocationId"]?.GetValue<string>() != "last");
        said!["result"]!["$type"]!.GetValue<string>().ShouldBe("accepted", "a good frame still works");

        string Fence(int number) =>
            $$"""{"type":1,"invocationId":"fence{{number}}","target":"CatchUp","arguments":["{{dialogue}}",0]}""" + End;
    }

    [Fact]
    public async Task Wrong_addresses_of_the_hub_are_refused_without_a_fault_of_the_server()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var server = new ServerProcess();
        await server.Start(stop);
        var (dialogue, tokens) = await Table(server, 1, stop);
        var token = tokens[0];
        string[] queries =
        [
            "",
            "?dialogue=",
            "?dialogue=x",
            $"?dialogue={Guid.NewGuid():N}",
            $"?dialogue={dialogue}&dialogue={dialogue}",
            $"?dialogue={dialogue}&as=scherm",
            $"?dialogue={dialogue}&as=scherm&view=%00",
            "?dialogue=" + new string('9', 4_000),
            $"?dialogue={dialogue}&view=events&access_token={new string('a', 4_000)}",
        ];
        foreach (var query in queries)
        foreach (var bearer in (string?[])[null, "x", token[1..], new string('f', 64)])
        {
            using var socket = new ClientWebSocket();
            if (bearer is not null)
                socket.Options.SetRequestHeader("Authorization", $"Bearer {bearer}");
            socket.Options.CollectHttpResponseDetails = true;
            try
            {
                await socket.ConnectAsync(
                    new UriBuilder(server.Url)
                    {
                        Scheme = "ws",
                        Path = "/hubs/dialogue",
                        Query = query,
                    }.Uri,
                    stop
                );
                using var line = new Line(socket);
                await line.Send("""{"protocol":"json","version":1}""" + End, stop);
                while (await line.Read(stop) is { } said)
                    said["result"].ShouldBeNull(query);
            }
            catch (WebSocketException)
            {
                ((int)socket.HttpStatusCode).ShouldBeInRange(400, 499, query);
            }
        }
        server.Runs.ShouldBeTrue();
        server.Log.Where(said => said.Contains("Unhandled exception", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>A dialogue of which the doors are open, and a guest's token.</summary>
    private static async Task<(DialogueId Dialogue, string[] Tokens)> Table(ServerProcess server, int seats, CancellationToken stop)
    {
        using var staff = await server.SignIn("noor.achterberg@dwb.voorbeeld", "samen-aan-tafel", stop);
        var question = await ServerProcess.Post(
            staff,
            "/api/v1/cases",
            new
            {
                title = "Wie krijgt de coach?",
                story = "Een model voorspelt.",
                domain = "aiOverheid",
                trigger = "project",
            },
            stop
        );
        var prepared = await ServerProcess.Post(
            staff,
            "/api/v1/dialogues",
            new
            {
                caseId = question.GetProperty("id").GetString(),
                template = "kort-gesprek",
                title = "Proef",
                language = "nl",
            },
            stop
        );
        var dialogue = prepared.GetProperty("id").GetString()!;
        var opened = await ServerProcess.Post(staff, $"/api/v1/dialogues/{dialogue}/open", new { overrideReason = "proef" }, stop);
        var tokens = new string[seats];
        for (var seat = 0; seat < seats; seat++)
        {
            using var guest = new HttpClient { BaseAddress = server.Url };
            var joined = await ServerProcess.Post(
                guest,
                "/api/v1/join",
                new
                {
                    code = opened.GetProperty("code").GetString(),
                    name = $"Yusuf {seat}",
                    perspective = "burger",
                    language = "nl",
                },
                stop
            );
            tokens[seat] = joined.GetProperty("token").GetString()!;
        }
        return (DialogueId.Parse(dialogue), tokens);
    }

    private static string Short(string frame) => frame.Length > 300 ? frame[..300] + "…" : frame;

    private sealed class Line(ClientWebSocket socket) : IDisposable
    {
        private readonly StringBuilder rest = new();
        private readonly byte[] buffer = new byte[64 * 1024];
        private Task<ValueWebSocketReceiveResult>? receiving;

        public static async Task<Line> Open(Uri url, DialogueId dialogue, string token, CancellationToken stop)
        {
            var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            await socket.ConnectAsync(
                new UriBuilder(url)
                {
                    Scheme = "ws",
                    Path = "/hubs/dialogue",
                    Query = $"dialogue={dialogue}&view=events",
                }.Uri,
                stop
            );
            var line = new Line(socket);
            await line.Send("""{"protocol":"json","version":1}""" + End, stop);
            (await line.Read(stop)).ShouldNotBeNull("the hub shakes hands");
            return line;
        }

        public async Task Send(string text, CancellationToken stop)
        {
            try
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, stop);
            }
            catch (WebSocketException)
            { /* The other side ended it; reading will say so. */
            }
        }

        /// <returns>The next message, or null when the line has ended.</returns>
        public async Task<JsonNode?> Read(CancellationToken stop, TimeSpan? within = null)
        {
            while (true)
            {
                var text = rest.ToString();
                if (text.IndexOf(End, StringComparison.Ordinal) is var at and >= 0)
                {
                    rest.Remove(0, at + 1);
                    var read = JsonNode.Parse(text[..at])!;
                    if (read["type"]?.GetValue<int>() == 7)
                        return null;
                    return read;
                }
                try
                {
                    // Not given the token: a socket of which the reading is cancelled is broken.
                    receiving ??= socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).AsTask();
                    var got = await receiving.WaitAsync(within ?? TimeSpan.FromSeconds(15), stop);
                    receiving = null;
                    if (got.MessageType == WebSocketMessageType.Close)
                        return null;
                    rest.Append(Encoding.UTF8.GetString(buffer, 0, got.Count));
                }
                catch (WebSocketException)
                {
                    return null;
                }
            }
        }

        public void Dispose() => socket.Dispose();
    }

    /// <summary>Frames that are wrong somewhere, made from one good example of each command.</summary>
    private sealed class Frames(int seed, DialogueId dialogue)
    {
        // In an open lobby these two would really do something, so only their broken kinds are sent.
        private static readonly string[] Works = ["dialogue/rename-seat", "dialogue/leave-seat"];
        private static readonly string[] Commands =
        [
            .. Examples.Commands.Select(command => JsonSerializer.Serialize(command, ModelJson.Strict)),
        ];
        private readonly Random random = new(seed);

        public const string UnknownKind = """{"type":99}""";

        public string Next() =>
            random.Next(12) switch
            {
                0 => Perform(
                    Pick([
                        "null",
                        "[]",
                        "true",
                        "0",
                        "\"\"",
                        "{}",
                        "{\"$type\":null}",
                        "{\"$type\":7}",
                        "{\"$type\":\"\"}",
                        "{\"$type\":\"dialogue/nothing-like-it\"}",
                        "{\"$type\":\"item/revealed.v1\",\"phase\":\"casus\",\"items\":[]}",
                        "{\"$type\":\"Dialogue.RaiseHand, Dialogue.Model\",\"up\":true}",
                    ])
                ),
                1 => Perform(Broken(Pick(Commands))),
                2 => Perform(Broken(Pick(Commands))),
                3 => Perform(Twice(Working(Pick(Commands)))),
                4 => Perform(Deep()),
                5 => Frame(
                    "Perform",
                    Pick<string>([
                        $"\"{dialogue}\"",
                        $"\"{dialogue}\",\"{Guid.NewGuid()}\"",
                        $"\"{dialogue}\",\"geen id\",{Pick(Commands)}",
                        $"null,null,null",
                        $"7,\"{Guid.NewGuid()}\",{Pick(Commands)}",
                        $"\"{Guid.NewGuid()}\",\"{Guid.NewGuid()}\",{Pick(Commands)}",
                        $"\"{dialogue}\",\"{Guid.NewGuid()}\",{Pick(Commands)},1",
                        "",
                    ])
                ),
                6 => Frame(
                    "Drop",
                    $"\"{dialogue}\",{Pick(["\"wat-speelt\"", "\"\"", "null", "7", "\"nergens\"", "\"casus\"", $"\"{Long()}\""])},"
                        + $"{Pick(["\"\"", "\"x\"", "null", "7", $"\"{Long()}\"", "\"\\ud800\""])},"
                        + Pick([
                            "null",
                            "{}",
                            "7",
                            "{\"$type\":\"contribute/item\",\"kind\":\"effect\",\"text\":\"x\"}",
                            "{\"$type\":\"contribute/item\",\"kind\":\"effect\",\"text\":7}",
                            "{\"$type\":\"reflect/reflection\",\"answers\":{\"safe\":\"5\"}}",
                            "{\"$type\":\"reflect/reflection\",\"answers\":{\"safe\":5,\"safe\":4}}",
                            "{\"$type\":\"dialogue/pause\"}",
                        ])
                ),
                7 => Frame(
                    "CatchUp",
                    Pick<string>([
                        $"\"{dialogue}\",\"0\"",
                        $"\"{dialogue}\",1e99",
                        $"\"{dialogue}\",-2147483648",
                        $"\"{dialogue}\",2147483647",
                        $"\"{dialogue}\",2147483648",
                        $"\"{dialogue}\",null",
                        $"\"{Guid.NewGuid()}\",0",
                        $"\"{dialogue}\",0,0",
                        "[],[]",
                        $"\"{dialogue}\",0.5",
                    ])
                ),
                8 => Frame(
                    Pick(["", "perform", "Receive", "OnConnectedAsync", "Dispose", "Perform ", "__proto__", Long(), "\\u0000"]),
                    Pick<string>(["", "1", $"\"{dialogue}\",\"{Guid.NewGuid()}\",{Working(Pick(Commands))}"])
                ),
                9 => Perform(Working(Pick(Commands)).Replace("Tekst", Long(), StringComparison.Ordinal)),
                10 => Pick<string>([
                    "{",
                    "}",
                    "[]",
                    "null",
                    "7",
                    "\"\"",
                    "{}",
                    "{\"type\":1}",
                    "{\"type\":\"1\"}",
                    UnknownKind,
                    "{\"type\":6}",
                    "{\"type\":2,\"item\":1}",
                    "{\"type\":5,\"invocationId\":\"x\"}",
                    "{\"type\":3,\"invocationId\":\"x\",\"result\":1}",
                    "{\"type\":8,\"sequenceId\":1}",
                    "{\"type\":9,\"sequenceId\":-1}",
                    "{\"type\":4,\"invocationId\":\"s\",\"target\":\"CatchUp\",\"arguments\":[]}",
                    "\u0000",
                    "{\"type\":1,\"target\":\"CatchUp\",\"arguments\":{}}",
                    "{\"type\":1,\"type\":1,\"target\":null}",
                    "{\"type\":1,\"invocationId\":7,\"target\":\"CatchUp\",\"arguments\":[]}",
                    new string('[', 5_000),
                    "{\"type\":1,\"invocationId\":\"s\",\"target\":\"CatchUp\",\"streamIds\":[\"1\"],\"arguments\":[]}",
                ]),
                _ => Perform(Unknown(Pick(Commands))),
            };

        private string Perform(string command) => Frame("Perform", $"\"{dialogue}\",\"{Guid.NewGuid()}\",{command}");

        private string Frame(string target, string arguments) =>
            $$"""{"type":1,"invocationId":"f","target":"{{target}}","arguments":[{{arguments}}]}""";

        /// <summary>One property becomes something that it is not.</summary>
        private string Broken(string command)
        {
            var node = JsonNode.Parse(command)!.AsObject();
            if (node.Count == 1)
                return Unknown(command);
            var name = Pick([.. node.Select(property => property.Key).Where(key => key != "$type")]);
            node[name] = node[name] switch
            {
                JsonValue value when value.GetValueKind() == JsonValueKind.Number => JsonValue.Create(value.ToString()),
                JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => Pick<JsonNode?>([
                    JsonValue.Create("ja"),
                    JsonValue.Create(1),
                    null,
                ]),
                JsonValue => Pick<JsonNode?>([JsonValue.Create(7), new JsonArray(), new JsonObject(), JsonValue.Create(true)]),
                JsonArray => Pick<JsonNode?>([JsonValue.Create("x"), new JsonObject(), new JsonArray(new JsonArray(7))]),
                _ => Pick<JsonNode?>([JsonValue.Create("x"), new JsonArray(), JsonValue.Create(7)]),
            };
            return node.ToJsonString();
        }

        private string Unknown(string command)
        {
            var node = JsonNode.Parse(command)!.AsObject();
            node[Pick(["seat", "role", "by", "__proto__", "$id", "$ref", "", "Phase"])] = Pick<JsonNode?>([
                JsonValue.Create(1),
                JsonValue.Create("facilitator"),
                null,
                new JsonObject(),
            ]);
            return node.ToJsonString();
        }

        /// <summary>The same property a second time, with another value.</summary>
        private string Twice(string command) =>
            command[..^1] + Pick([",\"$type\":\"dialogue/raise-hand\"}", ",\"phase\":\"casus\"}", ",\"text\":\"anders\"}", ",\"seat\":1}"]);

        private static string Working(string command) =>
            Works.Any(name => command.Contains(name, StringComparison.Ordinal)) ? Commands[0] : command;

        private string Deep() => string.Concat(Enumerable.Repeat("{\"$type\":", random.Next(2, 1_000))) + "1";

        private string Long() => new(Pick(['a', 'é', '\u200b']), random.Next(3) == 0 ? 20_000 : random.Next(300, 6_000));

        private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
    }
}

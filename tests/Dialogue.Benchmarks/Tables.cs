using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Dialogue.Rehearsal;

namespace Dialogue;

/// <param name="PerSecond">Contributions whose sender had the answer, each second.</param>
/// <param name="P50">Milliseconds from sending until the last in the room had it, in half of the cases.</param>
/// <param name="NotSeenByAll">Contributions that somebody in the room had not seen five seconds after the end.</param>
/// <param name="BytesEach">Bytes that one person received for one contribution, its framing not counted.</param>
/// <param name="CpuEach">Microseconds of the server's core for one contribution: the figure that other programs on the machine disturb
/// least.</param>
/// <param name="Refused">Part of all that was sent, repeats included, that was not accepted.</param>
/// <param name="Repeats">How often something accepted was sent again.</param>
internal sealed record LoadResult(
    double PerSecond,
    double P50,
    double P99,
    int NotSeenByAll,
    double BytesEach,
    double CpuEach,
    double Refused = 0,
    int Repeats = 0
);

/// <summary>Answers that are lost, and what is then sent again with the same id.</summary>
/// <param name="Part">Part of the accepted contributions that is sent again at once.</param>
/// <param name="BurstEvery">So often everybody who gets an answer within <paramref name="BurstFor"/> sends it again, as after a
/// reconnect.</param>
internal sealed record Losses(double Part, TimeSpan BurstEvery, TimeSpan BurstFor);

/// <summary>
/// Rooms full of people on plain web sockets. Whoever submits puts a number in the text, and everybody in the room looks for numbers in
/// what arrives: so it does not matter what a server wraps around the text, and nothing is parsed that would slow the people down.
/// </summary>
internal sealed class Tables : IAsyncDisposable
{
    /// <summary>The method that is measured: live phases one after the other, a fresh one for each measurement.</summary>
    public const string Template = "meting";
    private const int Phases = 8;
    private const int Most = 4_000_000;
    private readonly List<SimulatedClient> guides = [];
    private int phase;
    private readonly List<Sitter> sitters = [];
    private readonly long[] saidAt = new long[Most];
    private readonly int[] stillToSee = new int[Most];
    private readonly ConcurrentQueue<double> seenByAllMs = new();
    private readonly BenchServer server;
    private readonly int people;
    private int number;
    private long bytes,
        copies;
    private int said,
        refused,
        repeats;

    public static string TemplateText { get; } =
        $$"""
        key: {{Template}}
        version: 1
        title: { nl: Meting, en: Measurement }
        purpose: { nl: Meting, en: Measurement }
        origin: { nl: Eigen werk, en: Own work }
        suggestedFor: other
        minPeople: 2
        maxPeople: 600
        perspectives:
          - key: burger
            name: { nl: Burger, en: Citizen }
        rules:
          - { nl: Geen, en: None }
        phases:
        {{string.Join('\n', Enumerable.Range(0, Phases).Select(number => $$"""
          - key: open-{{number}}
            activity: contribute
            title: { nl: Meting, en: Measurement }
            prompt: { nl: Schrijf, en: Write }
            help: { nl: Schrijf, en: Write }
            script: { nl: Wacht, en: Wait }
            minutes: 10
            attribution: perspective
            reveal: live
            settings:
              kinds: [option]
        """))}}
        """;

    private Tables(BenchServer server, int people) => (this.server, this.people) = (server, people);

    public static async Task<Tables> Bare(BenchServer server, int rooms, int people)
    {
        var (url, tables) = (server.Url, new Tables(server, people));
        for (var room = 0; room < rooms; room++)
        for (var seat = 0; seat < people; seat++)
        {
            var name = $"room-{room}";
            await tables.Sit(
                new Uri($"ws://{url.Authority}/hub?room={name}"),
                (id, text) => $$"""{"type":1,"invocationId":"{{id}}","target":"Submit","arguments":["{{name}}","{{text}}"]}""",
                hello: null
            );
        }
        return tables;
    }

    /// <summary>Real dialogues, prepared and joined through the public doors, in the live phase of the template.</summary>
    public static async Task<Tables> OfProduct(BenchServer server, int rooms, int people)
    {
        var (url, tables) = (server.Url, new Tables(server, people));
        using var seatsAtOnce = new SemaphoreSlim(8);
        using var entrance = new Api(url);
        await entrance.Post("/api/v1/sign-in", new { email = "noor.achterberg@dwb.voorbeeld", password = "samen-aan-tafel" }, default);
        for (var room = 0; room < rooms; room++)
        {
            var staff = new Api(url);
            staff.Cookies.Add(entrance.Cookies.GetAllCookies());
            var registered = await staff.Post(
                "/api/v1/cases",
                new
                {
                    title = "Wie krijgt de coach?",
                    story = "Een model kiest.",
                    domain = "aiOverheid",
                    trigger = "project",
                },
                default
            );
            var prepared = await staff.Post(
                "/api/v1/dialogues",
                new
                {
                    caseId = Api.Bare(registered.GetProperty("id")),
                    template = Template,
                    title = "Meting",
                    language = "nl",
                },
                default
            );
            var dialogue = DialogueId.Parse(Api.Bare(prepared.GetProperty("id")));
            var code = (await staff.Post($"/api/v1/dialogues/{dialogue}/open", new { overrideReason = "meting" }, default))
                .GetProperty("code")
                .GetString();
            var seat = await staff.Post($"/api/v1/dialogues/{dialogue}/seat", null, default);
            var guide = new SimulatedClient(
                staff,
                dialogue,
                new SeatId(int.Parse(Api.Bare(seat.GetProperty("seat")), CultureInfo.InvariantCulture)),
                Role.Facilitator,
                1,
                default
            );
            await guide.Start(TimeSpan.FromSeconds(30));
            tables.guides.Add(guide);
            await Task.WhenAll(
                Enumerable
                    .Range(0, people)
                    .Select(async one =>
                    {
                        await seatsAtOnce.WaitAsync();
                        using var door = new Api(url);
                        var joined = await door.PostUntilAnswered(
                            "/api/v1/join",
                            new
                            {
                                code,
                                name = $"Deelnemer {one}",
                                perspective = "burger",
                                language = "nl",
                            },
                            default
                        );
                        var address = new Uri(
                            $"ws://{url.Authority}/hubs/dialogue?dialogue={dialogue}&access_token={joined.GetProperty("token").GetString()}"
                        );
                        await tables.Sit(
                            address,
                            (id, text) =>
                                $$$"""{"type":1,"invocationId":"{{{id}}}","target":"Perform","arguments":["{{{dialogue}}}","{{{Guid.NewGuid()}}}",{"$type":"contribute/add-item","phase":"open-{{{tables.phase}}}","kind":"option","text":"{{{text}}}"}]}""",
                            hello: $$"""{"type":1,"invocationId":"0","target":"CatchUp","arguments":["{{dialogue}}",0]}"""
                        );
                        seatsAtOnce.Release();
                    })
            );
        }
        return tables;
    }

    /// <summary>Everybody says the next thing when the last was answered.</summary>
    public Task<LoadResult> AsFastAsAnswered(TimeSpan during) =>
        Measure(
            during,
            async (sitter, until) =>
            {
                var accepted = 0;
                while (Stopwatch.GetTimestamp() < until)
                {
                    if (await Say(sitter))
                        accepted++;
                    else
                        await Task.Delay(Random.Shared.Next(20, 80));
                }
                return accepted;
            }
        );

    /// <summary>Contributions arrive on schedule, whether the server keeps up or not: waiting counts from when it was due.</summary>
    public Task<LoadResult> OnSchedule(double perSecond, TimeSpan during, Losses? losses = null)
    {
        var begun = Stopwatch.GetTimestamp();
        bool IsLost()
        {
            if (losses is null)
                return false;
            var at = Stopwatch.GetElapsedTime(begun).TotalSeconds % losses.BurstEvery.TotalSeconds;
            return at < losses.BurstFor.TotalSeconds || Random.Shared.NextDouble() < losses.Part;
        }
        var between = sitters.Count / perSecond * Stopwatch.Frequency;
        return Measure(
            during,
            async (sitter, until) =>
            {
                var due = Stopwatch.GetTimestamp() + (long)(Random.Shared.NextDouble() * between);
                var accepted = 0;
                for (; due < until; due += (long)between)
                {
                    var early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                    if (early > TimeSpan.FromMilliseconds(1))
                        await Task.Delay(early);
                    if (!await Say(sitter, due))
                        continue;
                    accepted++;
                    if (!IsLost())
                        continue;
                    Interlocked.Increment(ref repeats);
                    Interlocked.Increment(ref said);
                    if (!await sitter.SayAgain())
                        Interlocked.Increment(ref refused);
                }
                return accepted;
            }
        );
    }

    private async Task<LoadResult> Measure(TimeSpan during, Func<Sitter, long, Task<int>> talk)
    {
        await NextPhase();
        seenByAllMs.Clear();
        (bytes, copies, said, refused, repeats) = (0, 0, 0, 0, 0);
        var first = number;
        var (started, cpu) = (Stopwatch.GetTimestamp(), server.Cpu);
        var until = started + (long)(during.TotalSeconds * Stopwatch.Frequency);
        var accepted = (await Task.WhenAll(sitters.Select(sitter => Task.Run(() => talk(sitter, until))))).Sum();
        var perSecond = accepted / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var cpuEach = (server.Cpu - cpu).TotalMicroseconds / Math.Max(1, accepted);
        int Waiting() => Enumerable.Range(first + 1, number - first).Count(one => Volatile.Read(ref stillToSee[one]) > 0);
        for (var patience = 0; patience < 50 && Waiting() > 0; patience++)
            await Task.Delay(100);
        var sorted = seenByAllMs.Order().ToArray();
        double At(double part) => sorted.Length == 0 ? double.NaN : sorted[(int)(part * (sorted.Length - 1))];
        return new LoadResult(
            perSecond,
            At(0.5),
            At(0.99),
            Waiting(),
            copies == 0 ? 0 : (double)bytes / copies,
            cpuEach,
            (double)refused / Math.Max(1, said),
            repeats
        );
    }

    /// <summary>A person may say fifty things in a phase.</summary>
    private async Task NextPhase()
    {
        if (guides.Count == 0)
            return;
        var (from, to) = (new PhaseId($"open-{phase}"), new PhaseId($"open-{++phase}"));
        await Task.WhenAll(
            guides.Select(async guide =>
            {
                if (await guide.Perform(new StartPhase(to, phase == 1 ? null : from)) is not Answer.Accepted)
                    throw new InvalidOperationException($"phase {to} was not started");
            })
        );
    }

    private async Task<bool> Say(Sitter sitter, long? due = null)
    {
        var mine = Interlocked.Increment(ref number);
        Volatile.Write(ref stillToSee[mine], people);
        saidAt[mine] = due ?? Stopwatch.GetTimestamp();
        Interlocked.Increment(ref said);
        var accepted = await sitter.Say(mine);
        if (!accepted)
            Interlocked.Increment(ref refused);
        if (!accepted)
            Volatile.Write(ref stillToSee[mine], 0);
        return accepted;
    }

    private void Seen(int one)
    {
        if (Interlocked.Decrement(ref stillToSee[one]) == 0)
            seenByAllMs.Enqueue(Stopwatch.GetElapsedTime(saidAt[one]).TotalMilliseconds);
        Interlocked.Increment(ref copies);
    }

    private async Task Sit(Uri address, Func<int, string, string> message, string? hello)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(address, default);
        var sitter = new Sitter(socket, message, Seen, count => Interlocked.Add(ref bytes, count));
        await sitter.Begin(hello);
        lock (sitters)
            sitters.Add(sitter);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sitter in sitters)
            await sitter.DisposeAsync();
        foreach (var guide in guides)
            await guide.DisposeAsync();
    }

    private sealed class Sitter(ClientWebSocket socket, Func<int, string, string> message, Action<int> seen, Action<int> received)
        : IAsyncDisposable
    {
        private const byte End = 0x1e,
            Mark = (byte)'~';
        private static readonly string Words = new('x', 180);
        private readonly HashSet<int> had = [];
        private byte[] buffer = new byte[16 * 1024];
        private TaskCompletionSource<bool> answer = new();
        private Task? listening;
        private string last = "";

        public async Task Begin(string? hello)
        {
            await Send("""{"protocol":"json","version":1}""");
            listening = Task.Run(Listen);
            if (hello is null)
                return;
            answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await Send(hello);
            await answer.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        public Task<bool> Say(int number)
        {
            last = message(number, $"~{number.ToString("D7", CultureInfo.InvariantCulture)}~ {Words}");
            return SayAgain();
        }

        /// <summary>The same message with the same command id, as when the answer was lost.</summary>
        public async Task<bool> SayAgain()
        {
            answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await Send(last);
            return await answer.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        private Task Send(string text) =>
            socket.SendAsync(Encoding.UTF8.GetBytes(text + (char)End), WebSocketMessageType.Text, endOfMessage: true, default);

        private async Task Listen()
        {
            var filled = 0;
            try
            {
                while (true)
                {
                    if (filled == buffer.Length)
                        Array.Resize(ref buffer, buffer.Length * 2);
                    var got = await socket.ReceiveAsync(buffer.AsMemory(filled), default);
                    if (got.MessageType == WebSocketMessageType.Close)
                        return;
                    filled += got.Count;
                    if (!got.EndOfMessage)
                        continue;
                    received(filled);
                    Read(buffer.AsSpan(0, filled));
                    filled = 0;
                }
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
            {
                answer.TrySetResult(false);
            }
        }

        private void Read(ReadOnlySpan<byte> frame)
        {
            foreach (var range in frame.Split(End))
            {
                var one = frame[range];
                if (one.StartsWith("{\"type\":3"u8))
                    answer.TrySetResult(one.IndexOf("refused"u8) < 0 && one.IndexOf("error"u8) < 0);
                for (var at = one.IndexOf(Mark); at >= 0 && at + 8 < one.Length; at = one.IndexOf(Mark))
                {
                    if (one[at + 8] == Mark && Utf8Parser.TryParse(one.Slice(at + 1, 7), out int number, out _) && had.Add(number))
                        seen(number);
                    one = one[(at + 1)..];
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            socket.Abort();
            if (listening is not null)
                await listening;
            socket.Dispose();
        }
    }
}

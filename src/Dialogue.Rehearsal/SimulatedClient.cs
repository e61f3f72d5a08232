using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using Dialogue.Anonymous;
using Dialogue.Wire;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Dialogue.Rehearsal;

/// <summary>
/// One person at the table, as a good client is: what they want stays in a pending box under one command id until it is answered, over any
/// number of connections; a batch that begins after what is known is a gap, and a gap is pulled; every fifteen seconds there is a
/// heartbeat; and a connection that is lost is made again for ever, with jitter, so that a server may die and come back.
/// </summary>
public sealed class SimulatedClient : IAsyncDisposable
{
    private const double EchoRate = 0.05;
    private const int SocketsBeforePolling = 2;
    private static readonly TimeSpan HandshakeWithin = TimeSpan.FromSeconds(5);
    private readonly Api api;
    private readonly DialogueId dialogue;
    private readonly Random random;
    private readonly CancellationTokenSource stop;
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<Guid, Pending> pending = new();
    private readonly SemaphoreSlim wake = new(0);
    private readonly List<Seen> history = [];
    private readonly List<(long From, long To)> away = [];
    private readonly ConcurrentDictionary<string, long> shownAt = new(StringComparer.Ordinal);
    private HubConnection? connection;
    private ClientWebSocket? socket;
    private bool accepted101,
        polling;
    private int swallowed;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long awaySince;
    private Task? living;

    public SimulatedClient(Api api, DialogueId dialogue, SeatId seat, Role role, int seed, CancellationToken stop)
    {
        (this.api, this.dialogue, Seat, Role) = (api, dialogue, seat, role);
        random = new Random(seed);
        this.stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
    }

    public SeatId Seat { get; }
    public Role Role { get; }
    public Viewer Viewer => new(Seat, Role);

    /// <summary>Everything up to this number is known, also what was not ours to see.</summary>
    public int Mine { get; private set; }

    /// <summary>The dialogue as this person knows it.</summary>
    public DialogueState State { get; private set; } = DialogueState.Empty;

    /// <summary>Whether web sockets did not work here and long polling took over.</summary>
    public bool Polls => polling;

    public int Sent => sent;
    public int Accepted => accepted;
    public int SentAgain => sentAgain;
    public int Reconnects => Math.Max(0, connects - 1);
    public int Gaps { get; private set; }
    public int OutOfOrder { get; private set; }
    public ConcurrentDictionary<RefusalCode, int> Refused { get; } = new();
    public ConcurrentQueue<double> AnswerMs { get; } = new();
    private int sent,
        accepted,
        sentAgain,
        connects;

    public IReadOnlyList<Seen> History
    {
        get
        {
            lock (gate)
                return [.. history];
        }
    }

    /// <summary>Connects, and is ready when everything that happened before is known.</summary>
    public async Task Start(TimeSpan within)
    {
        awaySince = Stopwatch.GetTimestamp();
        living = Task.Run(Live);
        await Until(state => state.Stage != Stage.None, within);
    }

    /// <summary>
    /// Wants something, until it is answered. <c>Busy</c> and <c>TooFast</c> are no answers: the same wish is sent again later.
    /// </summary>
    public Task<Answer> Perform(DialogueCommand command)
    {
        var id = new CommandId(Guid.NewGuid());
        return Want(id.Value, hub => hub.InvokeAsync<Answer>(nameof(IDialogueHub.Perform), dialogue, id, command, stop.Token));
    }

    /// <summary>The anonymous door. The ticket itself makes sending again safe.</summary>
    public Task<Answer> Drop(PhaseId box, Ticket ticket, SealedEntry? entry) =>
        Want(Guid.NewGuid(), hub => hub.InvokeAsync<Answer>(nameof(IDialogueHub.Drop), dialogue, box, ticket, entry, stop.Token));

    /// <summary>The tickets of an anonymous phase. The pad stays the same until there is an answer, so a lost one costs nothing.</summary>
    public async Task<IReadOnlyList<Ticket>> DrawTickets(PhaseId box)
    {
        var pad = System.Security.Cryptography.RandomNumberGenerator.GetBytes(TicketPad.Length);
        while (true)
        {
            try
            {
                if (connection is { State: HubConnectionState.Connected } hub)
                {
                    var drawn = await hub.InvokeAsync<TicketsDrawn>(
                        nameof(IDialogueHub.Tickets),
                        dialogue,
                        box,
                        Convert.ToBase64String(pad),
                        stop.Token
                    );
                    if (drawn.Tickets is { } hidden)
                        return TicketPad.Read(hidden, pad);
                    if (drawn.Refused is not (RefusalCode.Busy or RefusalCode.TooFast))
                        return [];
                }
            }
            catch (Exception) when (!stop.IsCancellationRequested)
            { /* The line is gone: asked again on the next one. */
            }
            await Task.Delay(random.Next(200, 600), stop.Token);
        }
    }

    /// <summary>Waits until the dialogue, as this person knows it, is so.</summary>
    public async Task Until(Func<DialogueState, bool> so, TimeSpan within)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        limit.CancelAfter(within);
        while (true)
        {
            var next = Volatile.Read(ref changed).Task;
            if (so(State))
                return;
            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                throw new RehearsalFailed($"seat {Seat} waited {within.TotalSeconds:0} s in vain at number {Mine}");
            }
        }
    }

    /// <summary>Breaks the line as a train in a tunnel does: no good-bye.</summary>
    public void BreakConnection() => socket?.Abort();

    /// <summary>When a text was first shown here, unless this person was away in the meantime.</summary>
    public double? MillisecondsUntilShown(string text, long sentAt)
    {
        if (!shownAt.TryGetValue(text, out var at))
            return null;
        lock (gate)
            if (away.Any(gone => gone.From < at && gone.To > sentAt))
                return null;
        return Stopwatch.GetElapsedTime(sentAt, at).TotalMilliseconds;
    }

    /// <summary>The whole history anew, pulled from number 0, for comparing with what was seen live.</summary>
    /// <param name="within">How long a server that has just been killed may take to come back.</param>
    public async Task<IReadOnlyList<NumberedEvent>> Fetch(TimeSpan within)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                if (connection is not { State: HubConnectionState.Connected } hub)
                    throw new IOException("not connected");
                var whole = new List<NumberedEvent>();
                for (var since = 0; ; )
                {
                    var batch = await hub.InvokeAsync<Batch>(nameof(IDialogueHub.CatchUp), dialogue, since, stop.Token);
                    if (batch.Hint == BatchHint.Later)
                    {
                        await Task.Delay(500, stop.Token);
                        continue;
                    }
                    whole.AddRange(batch.Events ?? []);
                    if (!batch.More)
                        return whole;
                    since = batch.Through;
                }
            }
            catch (Exception e) when (Stopwatch.GetElapsedTime(begun) < within && !stop.IsCancellationRequested && e is not RehearsalFailed)
            {
                await Task.Delay(500, stop.Token);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (living is not null)
            await living.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
        wake.Dispose();
        api.Dispose();
    }

    private async Task<Answer> Want(Guid id, Func<HubConnection, Task<Answer>> send)
    {
        var wish = new Pending(send);
        pending[id] = wish;
        Interlocked.Increment(ref sent);
        var begun = Stopwatch.GetTimestamp();
        if (connection is { State: HubConnectionState.Connected } hub)
        {
            _ = TrySend(id, wish, hub);
            // Now and then an impatient browser sends twice at once: the same id, so one effect.
            if (random.NextDouble() < EchoRate)
                _ = TrySend(id, wish, hub);
        }
        var answer = await wish.Answered.Task.WaitAsync(stop.Token);
        AnswerMs.Enqueue(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        return answer;
    }

    private async Task TrySend(Guid id, Pending wish, HubConnection hub)
    {
        if (Interlocked.Increment(ref wish.Times) > 1)
            Interlocked.Increment(ref sentAgain);
        try
        {
            var answer = await wish.Send(hub);
            if (answer is Answer.Refused refused)
            {
                if (refused.Code is RefusalCode.Busy or RefusalCode.TooFast)
                {
                    Refused.AddOrUpdate(refused.Code, 1, (_, count) => count + 1);
                    await Task.Delay(random.Next(200, 1_200), stop.Token);
                    if (pending.ContainsKey(id) && hub.State == HubConnectionState.Connected)
                        _ = TrySend(id, wish, hub);
                    return;
                }
            }
            if (!pending.TryRemove(id, out _))
                return;
            if (answer is Answer.Refused { Code: var code })
                Refused.AddOrUpdate(code, 1, (_, count) => count + 1);
            else
                Interlocked.Increment(ref accepted);
            wish.Answered.TrySetResult(answer);
        }
        catch (HubException e)
        {
            pending.TryRemove(id, out _);
            wish.Answered.TrySetException(new RehearsalFailed($"the hub threw at seat {Seat}: {e.Message}"));
        }
        catch (Exception) when (!stop.IsCancellationRequested)
        { /* The line is gone: it stays in the box for the next one. */
        }
        catch (OperationCanceledException)
        { /* The end. */
        }
    }

    private async Task Live()
    {
        for (var failures = 0; !stop.IsCancellationRequested; )
        {
            try
            {
                await using var hub = Build();
                var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                hub.Closed += _ =>
                {
                    lost.TrySetResult();
                    return Task.CompletedTask;
                };
                hub.On<DialogueId, Batch>(nameof(IDialogueClient.Receive), (_, batch) => Take(batch));
                await Open(hub);
                connection = hub;
                await Pull(hub);
                Interlocked.Increment(ref connects);
                failures = 0;
                lock (gate)
                {
                    away.Add((awaySince, Stopwatch.GetTimestamp()));
                    awaySince = 0;
                }
                foreach (var (id, wish) in pending)
                    _ = TrySend(id, wish, hub);
                while (!lost.Task.IsCompleted)
                {
                    var woken = wake.WaitAsync(Limits.Heartbeat, stop.Token);
                    if (await Task.WhenAny(lost.Task, woken) == lost.Task)
                        break;
                    await woken;
                    await Pull(hub);
                }
            }
            catch (Exception) when (!stop.IsCancellationRequested)
            {
                failures++;
            }
            catch (OperationCanceledException)
            { /* The end. */
            }
            connection = null;
            lock (gate)
                if (awaySince == 0)
                    awaySince = Stopwatch.GetTimestamp();
            if (!stop.IsCancellationRequested)
                await Task.Delay(random.Next(100, 500) * Math.Min(1 + failures, 6), stop.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        connection = null;
    }

    /// <summary>
    /// A proxy may accept a web socket and swallow what goes through it: after two that were accepted and brought no handshake within five
    /// seconds, this client goes on with long polling.
    /// </summary>
    private async Task Open(HubConnection hub)
    {
        accepted101 = false;
        try
        {
            await hub.StartAsync(stop.Token).WaitAsync(HandshakeWithin, stop.Token);
        }
        catch (Exception) when (!stop.IsCancellationRequested)
        {
            if (accepted101 && ++swallowed >= SocketsBeforePolling)
                polling = true;
            throw;
        }
    }

    private async Task Pull(HubConnection hub)
    {
        Batch batch;
        do
        {
            batch = await hub.InvokeAsync<Batch>(nameof(IDialogueHub.CatchUp), dialogue, Mine, stop.Token)
                .WaitAsync(TimeSpan.FromSeconds(20), stop.Token);
            if (batch.Hint == BatchHint.Later)
                await Task.Delay(500, stop.Token);
            else
                Take(batch);
        } while (batch.More);
    }

    /// <summary>The client rule, whole.</summary>
    private void Take(Batch batch)
    {
        lock (gate)
        {
            if (batch.After > Mine)
            {
                Gaps++;
                wake.Release();
                return;
            }
            var now = Stopwatch.GetTimestamp();
            var last = 0;
            foreach (var (number, happened) in batch.Events ?? [])
            {
                if (number <= last || number <= batch.After || number > batch.Through)
                    OutOfOrder++;
                last = number;
                if (number <= Mine)
                    continue;
                history.Add(new Seen(number, happened));
                State = State.Fold(happened);
                if (happened is ItemsRevealed shown)
                    foreach (var item in shown.Items)
                        shownAt.TryAdd(item.Text, now);
            }
            Mine = Math.Max(Mine, batch.Through);
            if (batch.More)
                wake.Release();
        }
        Interlocked.Exchange(ref changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private HubConnection Build()
    {
        var builder = new HubConnectionBuilder().WithUrl(
            new Uri(api.Url, $"/hubs/dialogue?dialogue={dialogue}&view=events"),
            options =>
            {
                if (polling)
                {
                    options.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.LongPolling;
                    options.Cookies = api.Cookies;
                    options.Headers["Origin"] = api.Url.GetLeftPart(UriPartial.Authority);
                    if (api.Token is { } bearer)
                        options.Headers["Authorization"] = $"Bearer {bearer}";
                    return;
                }
                options.SkipNegotiation = true;
                options.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets;
                options.WebSocketFactory = async (context, cancel) =>
                {
                    var made = new ClientWebSocket();
                    made.Options.Cookies = api.Cookies;
                    made.Options.SetRequestHeader("Origin", api.Url.GetLeftPart(UriPartial.Authority));
                    if (api.Token is { } token)
                        made.Options.SetRequestHeader("Authorization", $"Bearer {token}");
                    await made.ConnectAsync(context.Uri, cancel);
                    accepted101 = true;
                    return socket = made;
                };
            }
        );
        builder.AddJsonProtocol(protocol =>
        {
            protocol.PayloadSerializerOptions = new System.Text.Json.JsonSerializerOptions();
            ModelJson.Apply(protocol.PayloadSerializerOptions);
        });
        return builder.Build();
    }

    private sealed class Pending(Func<HubConnection, Task<Answer>> send)
    {
        public readonly Func<HubConnection, Task<Answer>> Send = send;
        public readonly TaskCompletionSource<Answer> Answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public int Times;
    }
}

/// <summary>An event as it reached somebody.</summary>
public sealed record Seen(int Number, DialogueEvent Event);

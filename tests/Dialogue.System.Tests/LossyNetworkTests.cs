using System.Diagnostics;
using Dialogue.Dialogues;
using Dialogue.Dialogues.Room;
using Dialogue.Storage;
using Dialogue.Wire;

namespace Dialogue;

/// <summary>
/// Networks that lose, repeat, delay and overtake, without sockets and without a clock: each seed is a dialogue that could have been, told
/// by the real rules and cut into batches by the real <see cref="Batches"/>. DIALOGUE_SEEDS sets how many; DIALOGUE_SEED plays one again.
/// </summary>
public class LossyNetworkTests(ITestOutputHelper output)
{
    [Fact]
    public void Whoever_catches_up_ends_with_exactly_what_is_theirs_to_see()
    {
        var first = ServerProcess.Setting("DIALOGUE_SEED", 1);
        var seeds = Environment.GetEnvironmentVariable("DIALOGUE_SEED") is null ? ServerProcess.Setting("DIALOGUE_SEEDS", 500) : 1;
        var begun = Stopwatch.GetTimestamp();
        var sum = new Tally();
        Parallel.For(
            first,
            first + seeds,
            seed =>
            {
                try
                {
                    var tally = new Simulation(seed).Play().GetAwaiter().GetResult();
                    lock (sum)
                        sum.Add(tally);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    throw new ShouldAssertException($"seed {seed} (DIALOGUE_SEED={seed} plays it again): {e.Message}", e);
                }
            }
        );
        output.WriteLine(
            $"{seeds} seeds, {sum.Events} events, {sum.Messages} messages, {sum.Lost} lost, {sum.Repeated} repeated, "
                + $"{sum.Overtaken} overtaken, {sum.Gaps} gaps, {sum.Pulls} pulls, {sum.Breaks} broken lines, "
                + $"{Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s"
        );
        // A network that is kind by accident would prove nothing.
        (sum.Lost, sum.Repeated, sum.Overtaken, sum.Gaps).ShouldSatisfyAllConditions(
            four => four.Lost.ShouldBePositive(),
            four => four.Repeated.ShouldBePositive(),
            four => four.Overtaken.ShouldBePositive(),
            four => four.Gaps.ShouldBePositive()
        );
    }

    [Fact]
    public async Task A_seed_is_the_same_dialogue_and_the_same_network_each_time()
    {
        static Task<Tally> Once() => new Simulation(42).Play();
        (await Once()).ShouldBe(await Once());
    }

    [Fact]
    public async Task A_client_that_takes_a_batch_over_a_gap_is_found_out()
    {
        var found = 0;
        for (var seed = 1; seed <= 20; seed++)
        {
            try
            {
                await new Simulation(seed, careless: true).Play();
            }
            catch (ShouldAssertException)
            {
                found++;
            }
        }
        found.ShouldBeGreaterThan(10);
    }

    private sealed record Tally
    {
        public int Events,
            Messages,
            Lost,
            Repeated,
            Overtaken,
            Gaps,
            Pulls,
            Breaks;

        public void Add(Tally other)
        {
            (Events, Messages, Lost, Repeated) = (
                Events + other.Events,
                Messages + other.Messages,
                Lost + other.Lost,
                Repeated + other.Repeated
            );
            (Overtaken, Gaps, Pulls, Breaks) = (Overtaken + other.Overtaken, Gaps + other.Gaps, Pulls + other.Pulls, Breaks + other.Breaks);
        }
    }

    /// <param name="careless">Plants the fault of a client that passes over gaps.</param>
    private sealed class Simulation(int seed, bool careless = false)
    {
        private const int Heartbeat = 25,
            LongestDelay = 12,
            Patience = 20_000;
        private readonly Random random = new(seed);
        private readonly Batches server = new(new RoomRenderer(null!, null!, null!), null!, new SavingState(), TimeProvider.System);
        private readonly PriorityQueue<(Client To, Batch? Batch, int Since, long Sent), (int At, long Order)> network = new();
        private readonly Tally tally = new();
        private Snapshot snapshot = Snapshot.Empty;
        private int now;
        private long order;

        public async Task<Tally> Play()
        {
            var commits = Commits();
            var dialogue = new DialogueId(Guid.NewGuid());
            Client[] clients =
            [
                .. Room.Seats.Select(seat => new Client(dialogue, seat.Id, Role.None)),
                new Client(dialogue, null, Role.Projector),
            ];
            double loss = random.NextDouble() * 0.4,
                repeat = random.NextDouble() * 0.3,
                broken = random.NextDouble() * 0.03;
            for (var at = 0; ; now++)
            {
                if (at < commits.Count && random.Next(2) == 0)
                {
                    snapshot = snapshot.With(commits[at++], snapshot.Head);
                    foreach (var client in clients)
                        client.Held(snapshot.State);
                    foreach (var client in clients)
                        await Push(client);
                }
                foreach (var client in clients)
                {
                    if (random.NextDouble() < broken)
                    {
                        client.Sent = -1;
                        tally.Breaks++;
                        Ask(client);
                    }
                    else if (now % Heartbeat == client.Number % Heartbeat)
                        Ask(client);
                    if (random.Next(40) == 0)
                        Send(client, new Batch(0, 0, More: false, 0));
                }
                while (network.TryPeek(out _, out var when) && when.At <= now)
                {
                    var (to, batch, since, sent) = network.Dequeue();
                    if (batch is null)
                        await Answer(to, since);
                    else
                        Deliver(to, batch, sent);
                }
                if (at == commits.Count && clients.All(client => client.Mine == snapshot.Number))
                    break;
                now.ShouldBeLessThan(Patience, "somebody never caught up");
            }
            foreach (var client in clients)
                client.Check(snapshot);
            tally.Events = snapshot.Number;
            return tally;

            async Task Push(Client client)
            {
                if (client.Sent < 0)
                    return;
                var batch = await server.Between(null!, client.Connection, client.Sent, snapshot);
                client.Sent = batch.Through;
                Send(client, batch);
            }

            async Task Answer(Client client, int since)
            {
                // Pages are short here, so that there are many; a page ends anywhere, also within what one command brought.
                var end = random.Next(3) == 0 ? snapshot.Number : Math.Min(snapshot.Number, since + random.Next(1, 20));
                var batch = await server.Between(
                    null!,
                    client.Connection,
                    Math.Clamp(since, 0, snapshot.Number),
                    new Snapshot(snapshot.State, Math.Max(end, since), snapshot.Log, snapshot.Head)
                ) with
                {
                    More = end < snapshot.Number,
                };
                if (!batch.More && client.Sent < 0)
                    client.Sent = batch.Through;
                Send(client, batch);
            }

            void Send(Client to, Batch? batch, int since = 0)
            {
                tally.Messages++;
                if (random.NextDouble() < loss)
                {
                    tally.Lost++;
                    return;
                }
                var copies = random.NextDouble() < repeat ? 2 : 1;
                tally.Repeated += copies - 1;
                for (; copies > 0; copies--)
                {
                    order++;
                    network.Enqueue((to, batch, since, order), (now + random.Next(LongestDelay), order));
                }
            }

            void Ask(Client client)
            {
                tally.Pulls++;
                Send(client, null, client.Mine);
            }

            void Deliver(Client to, Batch batch, long sent)
            {
                if (sent < to.LastDelivered)
                    tally.Overtaken++;
                to.LastDelivered = Math.Max(to.LastDelivered, sent);
                if (to.Take(batch, careless))
                    return;
                tally.Gaps++;
                Ask(to);
            }
        }

        /// <summary>What each command that was not refused brought, after the opening scene.</summary>
        private List<IReadOnlyList<DialogueEvent>> Commits()
        {
            var commits = new List<IReadOnlyList<DialogueEvent>>();
            var events = Histories
                .Of(
                    seed,
                    150,
                    (_, _, ruling) =>
                    {
                        if (ruling.Events.Count > 0)
                            commits.Add(ruling.Events);
                    }
                )
                .Events;
            commits.InsertRange(0, events.SkipLast(commits.Sum(commit => commit.Count)).Chunk(5));
            return commits;
        }
    }

    /// <summary>One viewer: the client rule of <see cref="Batch"/>, whole, and what the server knows of the connection.</summary>
    private sealed class Client(DialogueId dialogue, SeatId? seat, Role role)
    {
        private readonly List<NumberedEvent> seen = [];
        private readonly HashSet<Role> held = [];

        public Connection Connection { get; } = new(null!, dialogue, seat, role, "nl", ConnectionView.Events);
        public int Number => seat?.Value ?? 0;
        public int Mine { get; private set; }
        public int Sent { get; set; } = -1;
        public long LastDelivered { get; set; }

        /// <summary>A role may change under way; what was seen in the one stays seen in the other.</summary>
        public void Held(DialogueState state) => held.Add(Connection.Viewer(state).Role);

        /// <returns>False when there is a gap, or more to pull.</returns>
        public bool Take(Batch batch, bool careless)
        {
            if (batch.After > Mine && !careless)
                return false;
            seen.AddRange((batch.Events ?? []).Where(one => one.Number > Mine));
            Mine = Math.Max(Mine, batch.Through);
            return !batch.More;
        }

        public void Check(Snapshot snapshot)
        {
            var log = snapshot.Log.Take(snapshot.Number).Select((happened, at) => new NumberedEvent(at + 1, happened)).ToArray();
            var numbers = seen.Select(one => one.Number).ToArray();
            numbers.ShouldBe([.. numbers.Order()], customMessage: $"seat {seat}: out of order");
            numbers.ShouldBeUnique(customMessage: $"seat {seat}: twice");
            foreach (var one in seen)
                one.Event.ShouldBeSameAs(log[one.Number - 1].Event, $"seat {seat}, number {one.Number}");
            bool Always(DialogueEvent happened) => held.All(role => new Viewer(seat, role).MaySee(happened));
            bool Ever(DialogueEvent happened) => held.Any(role => new Viewer(seat, role).MaySee(happened));
            if (held.Count == 1)
                seen.ShouldBe(log.Where(one => Always(one.Event)), $"seat {seat}");
            log.Where(one => Always(one.Event)).Except(seen).ShouldBeEmpty($"seat {seat} misses something");
            seen.Where(one => !Ever(one.Event)).ShouldBeEmpty($"seat {seat} saw what is not theirs");
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Dialogue.Rehearsal;

/// <summary>
/// A whole dialogue with simulated participants, over the public doors only: a facilitator's dress rehearsal, a load and a proof in one.
/// Afterwards everything that everybody saw is compared with what was accepted and with what is fetched anew.
/// </summary>
public sealed class RehearsalRun
{
    private readonly RehearsalOptions options;
    private readonly CancellationToken stop;
    private readonly List<SimulatedClient> people = [];
    private readonly ConcurrentQueue<double> joinedToReady = new();
    private readonly List<string> trouble = [];
    private Cast? cast;
    private int dropped,
        played;

    private RehearsalRun(RehearsalOptions options, CancellationToken stop) => (this.options, this.stop) = (options, stop);

    public static async Task<RehearsalReport> Play(RehearsalOptions options, CancellationToken stop)
    {
        var run = new RehearsalRun(options, stop);
        var begun = Stopwatch.GetTimestamp();
        var dialogue = default(DialogueId);
        string? ended = null;
        try
        {
            dialogue = await run.SetTable();
            await run.PlayPhases();
        }
        catch (Exception e)
            when (e
                    is RehearsalFailed
                        or HttpRequestException
                        or OperationCanceledException
                        or KeyNotFoundException
                        or InvalidOperationException
            )
        {
            ended = $"{e.GetType().Name}: {e.Message}";
        }
        try
        {
            return await run.Report(dialogue, ended, Stopwatch.GetElapsedTime(begun));
        }
        finally
        {
            foreach (var person in run.People)
                await person.DisposeAsync();
        }
    }

    private IEnumerable<SimulatedClient> People => cast is null ? people : people.Prepend(cast.Guide);

    /// <summary>From signing in to everybody at the table.</summary>
    private async Task<DialogueId> SetTable()
    {
        var staff = new Api(options.Url);
        await SignIn(staff);
        var registered = await staff.Post(
            "/api/v1/cases",
            new
            {
                title = "Wie krijgt de coach?",
                story = Words.Story[0],
                domain = "aiOverheid",
                trigger = "project",
            },
            stop
        );
        var prepared = await staff.Post(
            "/api/v1/dialogues",
            new
            {
                caseId = Api.Bare(registered.GetProperty("id")),
                template = options.Template,
                title = "Generale repetitie",
                language = "nl",
            },
            stop
        );
        var dialogue = DialogueId.Parse(Api.Bare(prepared.GetProperty("id")));
        var review = DateOnly
            .FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)
            .AddMonths(6)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var intake = new
        {
            sponsor = "Manager Dienstverlening",
            statusOfOutcome = "advice",
            followUpOwner = "Noor Achterberg",
            followUpOwnerEmail = options.Email,
            reviewDate = review,
            mandate = "Advies aan het bestuur",
            hierarchyPresent = false,
            affected = new object[]
            {
                new
                {
                    name = "Werkzoekenden",
                    chair = "invited",
                    note = (string?)null,
                },
                new
                {
                    name = "Gemeenten",
                    chair = "waived",
                    note = "Komen bij een tweede gesprek",
                },
            },
        };
        await staff.Post($"/api/v1/dialogues/{dialogue}/intake", intake, stop);
        var code = (await staff.PostUntilAnswered($"/api/v1/dialogues/{dialogue}/open", new { }, stop)).GetProperty("code").GetString()!;
        var seat = await staff.PostUntilAnswered($"/api/v1/dialogues/{dialogue}/seat", null, stop);
        var guide = new SimulatedClient(staff, dialogue, SeatOf(seat), Role.Facilitator, options.Seed, stop);
        cast = new Cast(guide, people, options);
        await guide.Start(options.Patience);
        for (var done = 0; done < options.Participants; done += 10)
            people.AddRange(
                await Task.WhenAll(
                    Enumerable.Range(done, Math.Min(10, options.Participants - done)).Select(number => Join(dialogue, code, number))
                )
            );
        return dialogue;
    }

    /// <summary>The one door that is not waited for without end: a server that is not there at the beginning will not come.</summary>
    private async Task SignIn(Api staff)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            await staff.PostUntilAnswered("/api/v1/sign-in", new { email = options.Email, password = options.Password }, patience.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new RehearsalFailed($"no answer from {options.Url} within 30 seconds");
        }
    }

    private async Task<SimulatedClient> Join(DialogueId dialogue, string code, int number)
    {
        var begun = Stopwatch.GetTimestamp();
        using var door = new Api(options.Url);
        var joined = await door.PostUntilAnswered(
            "/api/v1/join",
            new
            {
                code,
                name = Words.Names[number % Words.Names.Length],
                perspective = Words.Perspectives[number % Words.Perspectives.Length],
                language = number % 7 == 6 ? "en" : "nl",
                token = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)),
            },
            stop
        );
        var guest = new Api(options.Url, joined.GetProperty("token").GetString());
        var person = new SimulatedClient(
            guest,
            dialogue,
            SeatOf(joined),
            Role.Participant,
            unchecked((options.Seed * 7919) + number),
            stop
        );
        await person.Start(options.Patience);
        joinedToReady.Enqueue(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        return person;
    }

    private static SeatId SeatOf(JsonElement answer) => new(int.Parse(Api.Bare(answer.GetProperty("seat")), CultureInfo.InvariantCulture));

    private async Task PlayPhases()
    {
        var guide = cast!.Guide;
        foreach (var phase in guide.State.Phases)
        {
            var from = guide.State.CurrentPhase?.Id;
            if (await guide.Perform(new StartPhase(phase.Id, from)) is Answer.Refused refused)
            {
                if (refused.Code != RefusalCode.TooFewSeats)
                    throw new RehearsalFailed($"phase {phase.Id} was not started: {refused.Code}");
                trouble.Add($"phase {phase.Id} was passed over: too few seats");
                continue;
            }
            try
            {
                await Task.WhenAll(People.Select(person => person.Until(state => state.IsCurrent(phase.Id), options.Patience)));
                var tunnels = Tunnels();
                await cast.Play(phase);
                await tunnels;
                played++;
            }
            catch (RehearsalFailed e) when (options.KeepGoing)
            {
                trouble.Add($"phase {phase.Id}: {e.Message}");
            }
        }
        var agreed = guide
            .State.Phases.Select(phase => phase.State)
            .OfType<Activities.Commit.CommitState>()
            .Any(commit => commit.Agreements.Any(agreement => agreement.Confirmed));
        if (await guide.Perform(new CloseDialogue(agreed ? null : "Er is eerst meer onderzoek nodig.")) is Answer.Refused no)
            throw new RehearsalFailed($"the dialogue was not closed: {no.Code}");
        await Task.WhenAll(People.Select(person => person.Until(state => state.Stage == Stage.Closed, options.Patience)));
    }

    /// <summary>Some lose their connection somewhere in the phase.</summary>
    private Task Tunnels()
    {
        var random = new Random(options.Seed + played);
        return Task.WhenAll(
            people
                .Where(_ => random.NextDouble() < options.DropRate)
                .Select(async person =>
                {
                    await Task.Delay(Random.Shared.Next(options.Think * 2), stop);
                    Interlocked.Increment(ref dropped);
                    person.BreakConnection();
                })
        );
    }

    private async Task<RehearsalReport> Report(DialogueId dialogue, string? ended, TimeSpan took)
    {
        var checker = new HistoryChecker();
        var everybody = People.ToArray();
        if (!stop.IsCancellationRequested && everybody.Length > 0)
        {
            var contributions = cast!.Contributions.ToArray();
            try
            {
                var last = everybody.Max(person => person.Mine);
                await Task.WhenAll(everybody.Select(person => person.Until(_ => person.Mine >= last, options.Patience)));
                foreach (var person in everybody)
                {
                    var fetched = await person.Fetch(options.Patience);
                    var history = person.History;
                    checker.CheckViewer(
                        person.Viewer,
                        history,
                        fetched.Where(one => one.Number <= person.Mine).ToArray(),
                        person.OutOfOrder
                    );
                    checker.CheckContributions(contributions, person.Seat, history);
                }
            }
            catch (Exception e)
                when (e is RehearsalFailed or IOException or OperationCanceledException or Microsoft.AspNetCore.SignalR.HubException)
            {
                ended ??= $"checking: {e.Message}";
            }
        }
        return new RehearsalReport
        {
            Dialogue = dialogue.ToString(),
            Template = options.Template,
            Participants = options.Participants,
            Seed = options.Seed,
            PhasesPlayed = played,
            CommandsSent = everybody.Sum(person => person.Sent),
            CommandsAccepted = everybody.Sum(person => person.Accepted),
            SentAgain = everybody.Sum(person => person.SentAgain),
            RefusedByCode = everybody
                .SelectMany(person => person.Refused)
                .GroupBy(one => one.Key)
                .OrderBy(group => group.Key)
                .ToDictionary(
                    group => JsonNamingPolicy.KebabCaseLower.ConvertName(group.Key.ToString()),
                    group => group.Sum(one => one.Value)
                ),
            Contributions = cast?.Contributions.Count(one => one.Accepted) ?? 0,
            Reconnects = everybody.Sum(person => person.Reconnects),
            ConnectionsDropped = dropped,
            GapsHealed = everybody.Sum(person => person.Gaps),
            LastNumber = everybody.Select(person => person.Mine).DefaultIfEmpty().Max(),
            EventsPerParticipant = [.. people.Select(person => person.History.Count)],
            Lost = checker.Lost,
            Duplicated = checker.Duplicated,
            OutOfOrder = checker.OutOfOrder,
            SeenByTheWrongPerson = checker.SeenByTheWrongPerson,
            SubmitToEveryoneMs = Percentiles.Of(
                (cast?.Submitted ?? [])
                    .Select(one =>
                        everybody
                            .Select(person => person.MillisecondsUntilShown(one.Text, one.At))
                            .OfType<double>()
                            .DefaultIfEmpty(-1)
                            .Max()
                    )
                    .Where(ms => ms >= 0)
            ),
            AnswerMs = Percentiles.Of(everybody.SelectMany(person => person.AnswerMs)),
            JoinedToReadyMs = Percentiles.Of(joinedToReady),
            DurationMs = (long)took.TotalMilliseconds,
            Problems = [.. trouble, .. checker.Problems],
            EndedBecause = ended,
        };
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Dialogue.Activities.Assess;
using Dialogue.Activities.Commit;
using Dialogue.Activities.Contribute;
using Dialogue.Activities.Decide;
using Dialogue.Activities.Organise;
using Dialogue.Activities.Present;
using Dialogue.Activities.Reflect;
using Dialogue.Activities.Talk;
using Dialogue.Anonymous;
using Dialogue.Templates;

namespace Dialogue.Rehearsal;

/// <summary>What the facilitator and the participants do in a phase of each kind; all that they bring in is kept for the checker.</summary>
internal sealed class Cast(SimulatedClient guide, IReadOnlyList<SimulatedClient> people, RehearsalOptions options)
{
    private int number;

    public SimulatedClient Guide => guide;
    public ConcurrentBag<Contribution> Contributions { get; } = [];

    /// <summary>Texts that everybody should see at once, and when they were sent.</summary>
    public ConcurrentBag<(string Text, long At)> Submitted { get; } = [];

    public async Task Play(PhaseState phase)
    {
        switch (phase.Kind.Name)
        {
            case "present":
                await Present(phase);
                break;
            case "contribute":
                await Contribute(phase);
                break;
            case "talk":
                await Talk(phase);
                break;
            case "organise":
                await Organise(phase);
                break;
            case "assess":
                await Assess(phase);
                break;
            case "decide":
                await Decide(phase);
                break;
            case "commit":
                await Commit(phase);
                break;
            case "reflect":
                await Reflect(phase);
                break;
            default:
                await Everybody(
                    async (person, random) =>
                    {
                        if (random.Next(4) == 0)
                            await person.Perform(new RaiseHand(true));
                    }
                );
                break;
        }
    }

    private async Task Present(PhaseState phase)
    {
        if (phase.Template.Set<PresentSettings>().ShowCase)
            foreach (var fact in Words.Facts)
            {
                var text = Unique(fact);
                Expect($"shown {text}", await guide.Perform(new RecordFact(phase.Id, text, Certainty.Known)));
            }
        await Everybody(
            async (person, random) =>
            {
                if (random.Next(3) > 0)
                    return;
                var text = Unique(Pick(random, Words.Questions));
                Expect($"parked {text}", await person.Perform(new ParkQuestion(text)));
            }
        );
    }

    private async Task Contribute(PhaseState phase)
    {
        if (phase.IsSealed)
            await Seal(
                phase,
                random => new SealedItem(
                    Pick(random, phase.Template.Set<ContributeSettings>().Kinds),
                    Unique(Pick(random, Words.Items)),
                    Bucket(phase, random)
                ),
                most: 3
            );
        else
        {
            await Everybody(
                async (person, random) =>
                {
                    for (var n = random.Next(1, 4); n > 0; n--)
                        await Add(phase, person, random);
                    await person.Perform(new MarkReady(phase.Id, true));
                }
            );
        }
        if (phase.Template.Reveal == Reveal.OnClose)
            await Close(phase);
        else if (guide.State.ShownIn(phase.Id).FirstOrDefault() is { } item)
        {
            await Sure(guide.Perform(new SpotlightItem(item.Id)), "spotlight");
            await Sure(guide.Perform(new ExtendPhase(phase.Id, 2)), "extend");
        }
    }

    /// <summary>One item; now and then it is reworded or taken back afterwards.</summary>
    private async Task Add(PhaseState phase, SimulatedClient person, Random random)
    {
        var live = phase.Template.Reveal == Reveal.Live;
        var text = Unique(Pick(random, Words.Items));
        var at = Stopwatch.GetTimestamp();
        var answer = await person.Perform(
            new AddItem(phase.Id, Pick(random, phase.Template.Set<ContributeSettings>().Kinds), text, Bucket(phase, random))
        );
        Expect($"written {text}", answer, person.Seat);
        if (live && answer is Answer.Accepted)
            Submitted.Add((text, at));
        var what = random.Next(12);
        if (answer is not Answer.Accepted || what > 1)
        {
            Expect($"shown {text}", answer);
            return;
        }
        await person.Until(state => state.HeldBy(person.Seat, phase.Id).Any(held => held.Item.Text == text), options.Patience);
        var id = person.State.HeldBy(person.Seat, phase.Id).First(held => held.Item.Text == text).Item.Id;
        if (what == 0)
        {
            var better = Unique(text);
            var edited = await person.Perform(new EditItem(id, better));
            Expect($"written {better}", edited, person.Seat);
            Expect($"shown {better}", edited);
            Contributions.Add(new Contribution($"shown {text}", live || edited is not Answer.Accepted));
        }
        else
        {
            var withdrawn = await person.Perform(new WithdrawItem(id));
            if (live)
                Expect($"withdrawn {id}", withdrawn);
            Contributions.Add(new Contribution($"shown {text}", live || withdrawn is not Answer.Accepted));
        }
    }

    /// <summary>Everybody draws tickets and drops entries; now and then one is replaced or taken back with the same ticket.</summary>
    private async Task Seal(PhaseState phase, Func<Random, SealedEntry> make, int most)
    {
        await Everybody(
            async (person, random) =>
            {
                var tickets = await person.DrawTickets(phase.Id);
                foreach (var ticket in tickets.Take(random.Next(1, most + 1)))
                {
                    var entry = make(random);
                    var answer = await person.Drop(phase.Id, ticket, entry);
                    if (answer is Answer.Accepted && random.Next(10) == 0)
                    {
                        var other = random.Next(2) == 0 ? null : make(random);
                        if (await person.Drop(phase.Id, ticket, other) is Answer.Accepted)
                        {
                            Contributions.Add(new Contribution(KeyOf(entry), Accepted: false));
                            if (other is not null)
                                Contributions.Add(new Contribution(KeyOf(other), Accepted: true));
                            continue;
                        }
                    }
                    Expect(KeyOf(entry), answer);
                }
            }
        );
    }

    private static string KeyOf(SealedEntry entry) =>
        entry is SealedItem item ? $"shown {item.Text}" : $"sentence {((SealedReflection)entry).Text}";

    /// <summary>Hands go up, some pass, the turn goes round until nobody waits; what is noted is disputed once and reworded.</summary>
    private async Task Talk(PhaseState phase)
    {
        if (phase.Template.Set<TalkSettings>().TurnMode == TurnMode.Round)
            await Sure(guide.Perform(new StartTurns(phase.Id)), "start turns");
        await Everybody(
            async (person, random) =>
            {
                // Both may come too late, as at a real table: the turn can have come and gone meanwhile.
                if (random.Next(4) == 0)
                    await person.Perform(new RaiseHand(Up: true));
                else if (random.Next(6) == 0)
                    await person.Perform(new PassTurn(phase.Id));
            }
        );
        for (var turns = 0; turns < people.Count * 3; turns++)
        {
            var (speaking, next) = (Mine().Speaking(guide.State)?.Id, Mine().Next(guide.State, guide.State.Phase(phase.Id)!)?.Id);
            if (speaking is null && next is null)
                break;
            var before = guide.Mine;
            if (await guide.Perform(new GiveTurn(phase.Id, From: speaking)) is Answer.Accepted accepted)
                await guide.Until(_ => guide.Mine >= accepted.Through, options.Patience);
            else
                await guide.Until(_ => guide.Mine > before, options.Patience);
        }
        if (phase.Template.Set<TalkSettings>().Kinds is not { Count: > 0 } kinds)
            return;
        var said = Unique(Words.Items[0]);
        Expect($"shown {said}", await Sure(guide.Perform(new CapturePoint(phase.Id, kinds[0], said)), "capture"));
        var who = people.Count == 0 ? guide : people[0];
        await who.Until(state => state.ShownIn(phase.Id).Any(item => item.Text == said), options.Patience);
        await guide.Until(state => state.ShownIn(phase.Id).Any(item => item.Text == said), options.Patience);
        var point = guide.State.ShownIn(phase.Id).First(item => item.Text == said).Id;
        await Sure(who.Perform(new RequestCorrection(phase.Id, point, "Niet altijd, maar vaak.")), "correction");
        var better = Unique(said);
        Expect($"shown {better}", await Sure(guide.Perform(new EditItem(point, better)), "reword"));

        TalkState Mine() => (TalkState)guide.State.Phase(phase.Id)!.State;
    }

    private async Task Organise(PhaseState phase)
    {
        var items = Activities.Items.WorkedOn(guide.State, guide.State.Phase(phase.Id)!).Take(people.Count).ToArray();
        await Everybody(
            async (person, random) =>
            {
                var at = Index(person);
                if (at >= items.Length)
                    return;
                await person.Until(state => Activities.Items.IsShown(state, items[at].Id), options.Patience);
                if (phase.Template.Set<OrganiseSettings>().Layout == OrganiseLayout.Columns)
                    Expect(
                        $"placed {phase.Id} {items[at].Id}",
                        await person.Perform(
                            new PlaceItem(phase.Id, items[at].Id, Pick(random, phase.Template.Set<OrganiseSettings>().Columns).Key)
                        )
                    );
                else
                {
                    var value = Pick(random, Words.Values);
                    Expect(
                        $"value {phase.Id} {items[at].Id} {value}",
                        await person.Perform(
                            new InvokeValue(
                                phase.Id,
                                items[at].Id,
                                value,
                                random.Next(2) == 0 ? ValueDirection.Served : ValueDirection.Strained
                            )
                        )
                    );
                    if (random.Next(5) > 0)
                        return;
                    var text = Unique("Snel helpen tegenover gezien worden.");
                    Expect($"tension {text}", await person.Perform(new NameTension(phase.Id, "efficiency", "personhood", text)));
                }
            }
        );
    }

    private async Task Assess(PhaseState phase)
    {
        var subjects = AssessActivity.Subjects(guide.State, guide.State.Phase(phase.Id)!).ToArray();
        var dots = phase.Template.Set<AssessSettings>().Instrument == AssessInstrument.Dots;
        await Everybody(
            async (person, random) =>
            {
                if (dots)
                    await person.Until(
                        state => AssessActivity.Subjects(state, state.Phase(phase.Id)!).Count() == subjects.Length,
                        options.Patience
                    );
                var chosen = dots
                    ? random.GetItems(subjects, Math.Min(subjects.Length, phase.Template.Set<AssessSettings>().Points)).Distinct()
                    : subjects;
                foreach (var subject in chosen)
                    Expect(
                        $"given {phase.Id} {person.Seat} {subject}",
                        await person.Perform(
                            new GiveAssessment(phase.Id, subject, dots ? 1 : random.Next(0, phase.Template.Set<AssessSettings>().Steps + 1))
                        ),
                        person.Seat
                    );
            }
        );
        await Close(phase);
    }

    private async Task Decide(PhaseState phase)
    {
        var positions = phase.Template.Set<DecideSettings>().Positions;
        if (positions.Count > 0)
        {
            await Everybody(
                async (person, random) =>
                {
                    var reason = Unique(Pick(random, Words.Reasons));
                    var answer = await person.Perform(
                        new TakePosition(
                            phase.Id,
                            Pick(random, positions).Key,
                            reason,
                            random.Next(2) == 0 ? "Als de fouten per groep bekend zijn." : null
                        )
                    );
                    Expect($"taken {reason}", answer, person.Seat);
                    Expect($"position {reason}", answer);
                }
            );
            await Close(phase);
        }
        var proposal = Unique("Doorgaan als proef van zes maanden, onder voorwaarden.");
        Expect($"proposed {proposal}", await guide.Perform(new ProposeDecision(phase.Id, proposal)));
        if (people.Count > 0)
        {
            var objection = Unique("De fouten naar herkomst zijn nog niet gemeten.");
            Expect($"objection {objection}", await people[0].Perform(new RaiseObjection(phase.Id, objection)));
            await guide.Until(state => Mine(state).Objections.Count > 0, options.Patience);
            await Sure(
                guide.Perform(new ResolveObjection(phase.Id, Mine(guide.State).Objections[0].Id, "Eerst meten, dan uitbreiden.")),
                "resolve objection"
            );
        }
        Expect(
            $"settled {proposal}",
            await Sure(
                guide.Perform(
                    new SettleDecision(
                        phase.Id,
                        ResultKind.Advice,
                        proposal,
                        "Wij willen leren zonder mensen te schaden.",
                        [],
                        "Geen postcode, altijd een gesprek."
                    )
                ),
                "settle"
            )
        );
        if (people.Count > 1)
        {
            var view = Unique("Een score waarvan de eerlijkheid onbekend is, mag mensen niet raken.");
            Expect(
                $"minority {view}",
                await Sure(
                    people[^1].Perform(new GiveMinorityView(phase.Id, view, "Als de fouten per groep bekend zijn.", HolderKind.Unnamed)),
                    "minority view"
                )
            );
        }
        else
            await Sure(guide.Perform(new StateNoMinorityView(phase.Id)), "no minority view");

        DecideState Mine(DialogueState state) => (DecideState)state.Phase(phase.Id)!.State;
    }

    private async Task Commit(PhaseState phase)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        string[] wishes =
        [
            "Postcode en digitaal gedrag gaan uit het model.",
            "Iedere coach houdt eerst een gesprek van tien minuten.",
            "De brief legt de score uit in gewone taal.",
        ];
        foreach (var (wish, at) in wishes.Select((wish, at) => (wish, at)))
        {
            var text = Unique(wish);
            var who = people.Count == 0 ? guide : people[at % people.Count];
            Expect(
                $"agreement {text}",
                await who.Perform(
                    new ProposeAgreement(
                        phase.Id,
                        null,
                        new AgreementDraft
                        {
                            Text = text,
                            Kind = AgreementKind.Technology,
                            BecauseValues = ["personhood", "fairness"],
                            Owner = "Joris Tamboer",
                            OwnerEmail = options.Email,
                            FirstStep = "Plan maken met het team",
                            FirstStepDate = today.AddDays(14),
                            DueDate = today.AddDays(56),
                            EvidencePlan = "Nieuwe toets naast de oude",
                            Indicator = "Fout per groep",
                            Verifier = "Sanne Rietkerk",
                        }
                    )
                )
            );
            await guide.Until(state => state.Agreements().Any(agreement => agreement.Text == text), options.Patience);
            var id = guide.State.Agreements().First(agreement => agreement.Text == text).Id;
            Expect($"confirmed {phase.Id} {id}", await guide.Perform(new ConfirmAgreement(phase.Id, id, true)));
        }
        var risk = Unique("Herkomst blijft voorlopig ongemeten.");
        Expect(
            $"risk {risk}",
            await guide.Perform(
                new AcceptRisk(phase.Id, risk, "Werkzoekenden", "Bestuurslid Dienstverlening", "Klachten en de controlegroep")
            )
        );
        await Sure(guide.Perform(new PlanReview(phase.Id, today.AddMonths(6))), "plan review");
    }

    private async Task Reflect(PhaseState phase)
    {
        await Seal(
            phase,
            random => new SealedReflection(
                phase
                    .Template.Set<ReflectSettings>()
                    .Questions.ToDictionary(question => question.Key, _ => random.Next(1, 6), StringComparer.Ordinal),
                Unique(Pick(random, Words.Sentences))
            ),
            most: 1
        );
        await Close(phase);
    }

    /// <summary>Closes the round and waits until everybody has seen that.</summary>
    private async Task Close(PhaseState phase)
    {
        var answer = await guide.Perform(new CloseRound(phase.Id));
        if (answer is Answer.Refused { Code: RefusalCode.TooFewEntries })
            return;
        await Sure(Task.FromResult(answer), $"close {phase.Id}");
        await Task.WhenAll(
            people.Prepend(guide).Select(person => person.Until(state => state.Phase(phase.Id) is { RoundOpen: false }, options.Patience))
        );
    }

    private Task Everybody(Func<SimulatedClient, Random, Task> act) =>
        Task.WhenAll(
            people.Select(async person =>
            {
                var random = new Random(unchecked((options.Seed * 7919) + (person.Seat.Value * 101) + guide.State.Current));
                await Task.Delay(random.Next(options.Think));
                await act(person, random);
            })
        );

    private void Expect(string key, Answer answer, SeatId? onlyFor = null) =>
        Contributions.Add(new Contribution(key, answer is Answer.Accepted, onlyFor));

    private static async Task<Answer> Sure(Task<Answer> answer, string what) =>
        await answer is Answer.Refused refused ? throw new RehearsalFailed($"{what} was refused: {refused.Code}") : await answer;

    private int Index(SimulatedClient person) => people.TakeWhile(one => one != person).Count();

    private static string? Bucket(PhaseState phase, Random random) =>
        phase.Template.Set<ContributeSettings>().Buckets is { Count: > 0 } buckets ? Pick(random, buckets).Key : null;

    /// <summary>So that each can be found again.</summary>
    private string Unique(string text) => $"{text} [{Interlocked.Increment(ref number)}]";

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}

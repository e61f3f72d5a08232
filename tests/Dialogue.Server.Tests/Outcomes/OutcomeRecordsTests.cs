using Dialogue.Activities;
using Dialogue.Activities.Commit;
using Dialogue.Activities.Contribute;
using Dialogue.Activities.Decide;
using Dialogue.Activities.Organise;
using Dialogue.Activities.Reflect;
using Dialogue.Activities.Talk;
using Dialogue.Templates;

namespace Dialogue.Outcomes;

/// <summary>The outcome over a state made by hand, without a database.</summary>
public sealed class OutcomeRecordsTests
{
    private static readonly DateTimeOffset Closed = new(2026, 2, 3, 16, 0, 0, TimeSpan.Zero);
    private static readonly ItemId Effect = new(101),
        Hidden = new(102),
        Sealed = new(103),
        Parked = new(104),
        Option = new(105),
        Spoken = new(106),
        Told = new(107);

    [Fact]
    public void The_chain_from_value_to_agreement_can_be_walked_both_ways()
    {
        var outcome = Outcome();
        var effect = outcome.Records.Single(record => record.Number == Effect.Value);
        var decision = outcome.Records.Single(record => record.Kind == OutcomeKind.Decision);
        var agreement = outcome.Records.Single(record => record.Kind == OutcomeKind.Agreement);
        var value = outcome.Records.Single(record => record is { Kind: OutcomeKind.ValueAtStake, Bucket: "personhood" });
        var view = outcome.Records.Single(record => record is { Kind: OutcomeKind.MinorityView, Number: 301 });
        var review = outcome.Records.Single(record => record.Kind == OutcomeKind.Review);
        var links = outcome.Links.Select(link => (link.From, link.To, link.Kind)).ToHashSet();
        links.ShouldContain((decision.Id, effect.Id, OutcomeLinks.Because));
        links.ShouldContain((agreement.Id, effect.Id, OutcomeLinks.Because));
        links.ShouldContain((agreement.Id, value.Id, OutcomeLinks.Serves));
        links.ShouldContain((effect.Id, value.Id, OutcomeLinks.Strains));
        links.ShouldContain((view.Id, decision.Id, OutcomeLinks.Recheck));
        links.ShouldContain((review.Id, decision.Id, OutcomeLinks.Recheck));
        effect.RetentionClass.ShouldBe(RetentionClass.Dossier);
        outcome.Records.Single(record => record.Number == Option.Value).RetentionClass.ShouldBe(RetentionClass.Working);
    }

    [Fact]
    public void A_prepared_fact_is_one_record_with_its_certainty_and_source_told_or_not()
    {
        var records = Outcome(told: true).Records;
        var fact = records.Single(record => record.Kind == OutcomeKind.Fact && record.Text == "Het model klopt bij 7 van 10");
        (fact.Number, OutcomeJson.Read<RecordDetail>(fact.Detail).Certainty, OutcomeJson.Read<RecordDetail>(fact.Detail).Source).ShouldBe(
            (Told.Value, (Certainty?)Certainty.Known, "eigen test")
        );
        records.Single(record => record.Text == "Herkomst is niet gemeten").Number.ShouldBeNull();
        records.ShouldNotContain(record => record.Text == "Meneer Jansen belde");
        Outcome().Records.Count(record => record.Kind == OutcomeKind.Fact).ShouldBe(1);
    }

    [Fact]
    public void Nothing_says_who_wrote_what_came_from_a_sealed_box()
    {
        var record = Outcome().Records.Single(record => record.Number == Sealed.Value);
        record.Perspective.ShouldBeNull();
        record.Detail.ShouldNotContain("persona", Case.Insensitive);
    }

    [Fact]
    public void What_was_said_and_noted_is_a_record_that_says_so_and_names_nobody()
    {
        var record = Outcome().Records.Single(record => record.Number == Spoken.Value);
        (record.Kind, record.Perspective).ShouldBe((OutcomeKind.Lesson, null));
        record.Detail.ShouldContain("captured", Case.Insensitive);
        Outcome().Records.Single(record => record.Number == Effect.Value).Detail.ShouldNotContain("captured", Case.Insensitive);
    }

    [Fact]
    public void What_was_hidden_stays_out() => Outcome().Records.ShouldNotContain(record => record.Number == Hidden.Value);

    [Fact]
    public void A_parked_question_is_an_open_question() =>
        Outcome().Records.Single(record => record.Kind == OutcomeKind.OpenQuestion).Text.ShouldBe("Mag dat van de wet?");

    [Fact, Trait("Finding", "C1")]
    public void No_person_and_no_address_is_written_down()
    {
        var outcome = Outcome();
        var all =
            OutcomeJson.Write(outcome.Head)
            + string.Concat(outcome.Records.Select(record => record.Text + record.Detail + record.Perspective));
        foreach (var person in (string[])["Ank", "Margriet", "Sanne", "Femke"])
            all.ShouldNotContain(person);
        all.ShouldNotContain("@");
        outcome.Head.Present.ShouldBe(["burger", "uitvoering"]);
    }

    [Fact]
    public void The_look_back_on_the_talk_is_kept_apart_as_totals()
    {
        var evaluation = Outcome().Records.Single(record => record.Kind == OutcomeKind.Evaluation);
        (evaluation.RetentionClass, evaluation.WooClass).ShouldBe((RetentionClass.Evaluation, WooClass.Personal));
        string.Concat(Outcome().Records.Select(record => record.Text + record.Detail)).ShouldNotContain("Het ging te snel");
    }

    [Fact]
    public void Facts_are_objective_and_views_are_opinions()
    {
        var records = Outcome().Records;
        records
            .Where(record => record.Kind is OutcomeKind.Fact or OutcomeKind.Effect)
            .ShouldAllBe(record => record.WooClass == WooClass.Objective);
        records
            .Where(record => record.Kind is OutcomeKind.MinorityView or OutcomeKind.Position)
            .ShouldAllBe(record => record.WooClass == WooClass.Opinion);
        records.Select(record => record.Local).ShouldBeUnique();
    }

    /// <summary>With facts of which one was shown, one was shown and hidden, and one was never told.</summary>
    private static OutcomeRecords Outcome(bool told) =>
        new(
            told
                ? State()
                    .Fold([
                        new FactsRecorded([
                            new Fact("Het model klopt bij 7 van 10", Certainty.Known, "eigen test"),
                            new Fact("Meneer Jansen belde", Certainty.Known),
                            new Fact("Herkomst is niet gemeten", Certainty.Unknown),
                        ]),
                        new ItemsRevealed(
                            new("gevolgen"),
                            [
                                new Item(
                                    Told,
                                    new("gevolgen"),
                                    ItemKind.Fact,
                                    "Het model klopt bij 7 van 10",
                                    Certainty: Certainty.Known,
                                    Source: "eigen test"
                                ),
                                new Item(
                                    new ItemId(108),
                                    new("gevolgen"),
                                    ItemKind.Fact,
                                    "Meneer Jansen belde",
                                    Certainty: Certainty.Known
                                ),
                            ]
                        ),
                        new ItemHidden(new ItemId(108), "Een naam"),
                    ])
                : State(),
            new DialogueId(Guid.Parse("01948f3e-0000-7000-8000-000000000001")),
            Guid.NewGuid()
        );

    private static OutcomeRecords Outcome() =>
        new(State(), new DialogueId(Guid.Parse("01948f3e-0000-7000-8000-000000000001")), Guid.NewGuid());

    internal static DialogueState State()
    {
        PhaseId effects = new("gevolgen"),
            box = new("doos"),
            values = new("waarden"),
            decide = new("besluit"),
            commit = new("afspraken"),
            reflect = new("terugblik");
        return DialogueState
            .Empty.Knowing([
                new PersonTold(new(PersonPart.Sponsor), new("Margriet")),
                new PersonTold(new(PersonPart.FollowUpOwner), new("Sanne", "sanne@dwb.voorbeeld")),
                new PersonTold(PersonKey.Owner(new(401)), new("Femke", "femke@dwb.voorbeeld")),
                new PersonTold(PersonKey.RiskAccepter(new(402)), new("Bestuurder Ank")),
                new NameTold(new(1), "Ank"),
            ])
            .Fold([
                new DialoguePrepared(
                    "Wie krijgt de coach?",
                    "nl",
                    new CaseBrief(
                        new CaseId(Guid.Parse("01948f3e-0000-7000-8000-0000000000aa")),
                        "Wie krijgt de coach?",
                        "Een model kiest.",
                        "aiOverheid",
                        [new Fact("Het model klopt bij 7 van 10", Certainty.Known)]
                    ),
                    Template
                ),
                new IntakeRecorded(new IntakeTerms { StatusOfOutcome = OutcomeStatus.Advice, ReviewDate = new DateOnly(2026, 8, 3) }),
                new SeatTaken(new SeatId(1), Role.Participant),
                new PerspectiveTold(new SeatId(1), "uitvoering"),
                new SeatTaken(new SeatId(2), Role.Participant),
                new PerspectiveTold(new SeatId(2), "burger"),
                new ItemsRevealed(
                    effects,
                    [
                        new Item(Effect, effects, ItemKind.Effect, "Niemand kan zeggen: dit ben ik niet", Perspective: "uitvoering"),
                        new Item(Hidden, effects, ItemKind.Effect, "Met een naam"),
                        new Item(Option, effects, ItemKind.Option, "Stop ermee"),
                    ]
                ),
                new ItemHidden(Hidden, "Een naam"),
                new ItemsRevealed(box, [new Item(Sealed, box, ItemKind.Argument, "Ik durf niet af te wijken", Perspective: "uitvoering")]),
                new QuestionParked(new Item(Parked, effects, ItemKind.Question, "Mag dat van de wet?")),
                new ValueInvoked(values, new ItemId(201), Effect, "personhood", ValueDirection.Strained),
                new ItemsRevealed(new("gesprek"), [new Item(Spoken, new("gesprek"), ItemKind.Lesson, "Vraag het eerst")]),
                new TensionNamed(values, new ItemId(202), "efficiency", "personhood", "Snel of gezien"),
                new PositionsRevealed(decide, [new Position("aanpassen", "Eerst meten", "Als het eerlijk blijkt", "burger")], null),
                new DecisionSettled(
                    decide,
                    new Decision(ResultKind.Advice, DecisionRule.Advice, "Ga door als proef", "Om te leren", [Effect], "Praat eerst")
                ),
                new MinorityViewGiven(
                    decide,
                    new MinorityView(new ItemId(301), "Meet eerst", "Als de fouten bekend zijn", HolderKind.Unnamed)
                ),
                new MinorityViewGiven(decide, new MinorityView(new ItemId(302), "Ik niet", null, HolderKind.Named, Seat: new(1))),
                new AgreementProposed(
                    commit,
                    new Agreement(
                        new ItemId(401),
                        "Praat eerst tien minuten",
                        AgreementKind.Behaviour,
                        [Effect],
                        ["personhood"],
                        "Werkinstructie",
                        new(2026, 3, 1),
                        new(2026, 4, 30),
                        null,
                        "Werkinstructie",
                        null,
                        Confirmed: true
                    )
                ),
                new RiskAccepted(commit, new ResidualRisk(new ItemId(402), "Herkomst niet gemeten", "klachten")),
                new ReflectionRevealed(reflect, 6, [new QuestionResult("veilig", [0, 1, 1, 2, 2])], ["Het ging te snel"]),
                new DialogueClosed(Closed, null),
            ]);
    }

    private static SessionTemplate Template =>
        new()
        {
            Key = "proef",
            Version = 1,
            Title = new Text("Proef"),
            Purpose = new Text("Proef"),
            Perspectives = [new Perspective("uitvoering", new Text("Uitvoering")), new Perspective("burger", new Text("Burger"))],
            Phases =
            [
                Phase("gevolgen", "contribute") with
                {
                    Settings = new ContributeSettings { Kinds = [ItemKind.Effect, ItemKind.Option] },
                },
                Phase("doos", "contribute") with
                {
                    Settings = new ContributeSettings { Kinds = [ItemKind.Argument] },
                    Attribution = Attribution.Anonymous,
                    Reveal = Reveal.OnClose,
                },
                Phase("gesprek", "talk") with
                {
                    Settings = new TalkSettings { Kinds = [ItemKind.Lesson] },
                },
                Phase("waarden", "organise") with
                {
                    Settings = new OrganiseSettings { Layout = OrganiseLayout.Values },
                },
                Phase("besluit", "decide") with
                {
                    Settings = new DecideSettings
                    {
                        Rule = DecisionRule.Advice,
                        Positions = [new Choice("doorgaan", new Text("Doorgaan")), new Choice("aanpassen", new Text("Aanpassen"))],
                    },
                },
                Phase("afspraken", "commit"),
                Phase("terugblik", "reflect") with
                {
                    Settings = new ReflectSettings { Questions = [new Choice("veilig", new Text("Was het veilig?"))] },
                    Attribution = Attribution.Anonymous,
                    Reveal = Reveal.OnClose,
                },
            ],
        };

    private static PhaseTemplate Phase(string key, string activity) =>
        new()
        {
            Key = key,
            Activity = activity,
            Title = new Text(key),
            Prompt = new Text("?"),
        };
}

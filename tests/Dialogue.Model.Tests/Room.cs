using Dialogue.Activities.Assess;
using Dialogue.Activities.Commit;
using Dialogue.Activities.Contribute;
using Dialogue.Activities.Decide;
using Dialogue.Activities.Organise;
using Dialogue.Activities.Present;
using Dialogue.Activities.Reflect;
using Dialogue.Activities.Talk;
using Dialogue.Templates;

namespace Dialogue;

/// <summary>A room with somebody in every role and a phase of every kind, to begin a scene in.</summary>
public static class Room
{
    public static readonly By Organiser = new(null, Role.Organiser);
    public static readonly By Facilitator = new(new SeatId(1), Role.Facilitator);
    public static readonly By CoFacilitator = new(new SeatId(2), Role.CoFacilitator);
    public static readonly By CaseOwner = new(new SeatId(3), Role.CaseOwner);
    public static readonly By Yusuf = new(new SeatId(4), Role.Participant);
    public static readonly By Marja = new(new SeatId(5), Role.Participant);
    public static readonly By Dex = new(new SeatId(6), Role.Participant);
    public static readonly By Alina = new(new SeatId(7), Role.Participant);
    public static readonly By Henk = new(new SeatId(8), Role.Participant);
    public static readonly By Observer = new(new SeatId(9), Role.Observer);
    public static readonly By Board = new(new SeatId(10), Role.DecisionMaker);

    public static readonly Seat[] Seats =
    [
        new(new(1), "beleid", Role.Facilitator),
        new(new(2), "beleid", Role.CoFacilitator),
        new(new(3), "uitvoering", Role.CaseOwner),
        new(new(4), "burger", Role.Participant),
        new(new(5), "burger", Role.Participant),
        new(new(6), "burger", Role.Participant),
        new(new(7), "uitvoering", Role.Participant),
        new(new(8), "uitvoering", Role.Participant),
        new(new(9), "beleid", Role.Observer),
        new(new(10), "beleid", Role.DecisionMaker, Senior: true),
    ];

    public static readonly string[] Names = ["Noor", "Ilyas", "Margriet", "Yusuf", "Marja", "Dex", "Alina", "Henk", "Sanne", "Wies"];

    public static readonly Persona[] Personas =
    [
        new("yusuf", "Yusuf", "44, magazijn, zelden online", "Zorgt voor een zieke partner"),
        new("marja", "Marja", "61, administratie, drie jaar thuis", "Heel actief in de buurt"),
    ];

    public static readonly CaseBrief Case = new(
        new CaseId(Guid.Parse("0d1a1090-0000-7000-8000-0000000000c1")),
        "Wie krijgt de coach?",
        "Een model voorspelt wie binnen een jaar werk vindt; het midden krijgt een coach.",
        "aiOverheid",
        [
            new("Het model heeft bij ongeveer 7 van de 10 mensen gelijk", Certainty.Known, "eigen toets"),
            new("Fouten naar herkomst zijn niet gemeten", Certainty.Unknown),
        ]
    );

    public static readonly SessionTemplate Template = new()
    {
        Key = "alles",
        Version = 1,
        Title = new("Van alles een"),
        Purpose = new("Een fase van elke soort"),
        Perspectives = [new("burger", new("Burger")), new("uitvoering", new("Uitvoering")), new("beleid", new("Beleid"))],
        Phases =
        [
            Phase("verhaal", "present", new PresentSettings { ShowCase = true }),
            Phase("welkom", "present", new PresentSettings()),
            Phase("live", "contribute", new ContributeSettings { Kinds = [ItemKind.Effect, ItemKind.Option] }),
            Phase("blind", "contribute", new ContributeSettings { Kinds = [ItemKind.Argument] }, Reveal.OnClose),
            Phase("named", "contribute", new ContributeSettings { Kinds = [ItemKind.Option] }, attribution: Attribution.Named),
            Phase(
                "kaart",
                "contribute",
                new ContributeSettings
                {
                    Kinds = [ItemKind.Effect],
                    Personas = true,
                    Buckets = [new("weet", new("Weet")), new("weet-niet", new("Weet niet"))],
                }
            ),
            Phase(
                "box",
                "contribute",
                new ContributeSettings
                {
                    Kinds = [ItemKind.Argument],
                    Buckets = [new("mag", new("Mag het?")), new("wil", new("Willen wij het?"))],
                },
                Reveal.OnClose,
                Attribution.Anonymous
            ),
            Phase(
                "kolommen",
                "organise",
                new OrganiseSettings
                {
                    Layout = OrganiseLayout.Columns,
                    From = ["live"],
                    Columns = [new("groep", new("Groep")), new("persoon", new("Persoon"))],
                }
            ),
            Phase("waarden", "organise", new OrganiseSettings { Layout = OrganiseLayout.Values }),
            Phase(
                "schaal",
                "assess",
                new AssessSettings
                {
                    Instrument = AssessInstrument.Scale,
                    Subjects = [new("wel", new("Ten onrechte wel")), new("niet", new("Ten onrechte niet"))],
                },
                Reveal.OnClose
            ),
            Phase(
                "punten",
                "assess",
                new AssessSettings
                {
                    Instrument = AssessInstrument.Dots,
                    Points = 3,
                    From = ["live"],
                },
                Reveal.OnClose
            ),
            Phase(
                "besluit",
                "decide",
                new DecideSettings { Rule = DecisionRule.Advice, Positions = [new("door", new("Doorgaan")), new("stop", new("Stoppen"))] },
                Reveal.OnClose
            ),
            Phase("consent", "decide", new DecideSettings { Rule = DecisionRule.Consent }),
            Phase("afspraken", "commit", new CommitSettings(), attribution: Attribution.Named),
            Phase(
                "ronde",
                "talk",
                new TalkSettings
                {
                    TurnMode = TurnMode.Round,
                    SecondsPerTurn = 60,
                    HighestRankLast = true,
                    Kinds = [ItemKind.Argument, ItemKind.Lesson],
                }
            ),
            Phase("vrij", "talk", new TalkSettings { TurnMode = TurnMode.Free, Kinds = [ItemKind.Fact] }),
            Phase("pauze", "break", NoSettings.Instance),
            Phase(
                "terugblik",
                "reflect",
                new ReflectSettings
                {
                    Questions = [new("safe", new("Veilig?")), new("heard", new("Gehoord?"))],
                    OpenQuestion = new("Wat nog?"),
                },
                Reveal.OnClose,
                Attribution.Anonymous
            ),
        ],
    };

    public static readonly Intake FullIntake = new()
    {
        Sponsor = "Manager Dienstverlening",
        StatusOfOutcome = OutcomeStatus.Advice,
        FollowUpOwner = "Noor",
        ReviewDate = new DateOnly(2026, 8, 3),
        Affected = [new("Werkzoekenden", Chair.Invited, null), new("Gemeenten", Chair.Waived, "Komen bij een tweede gesprek")],
    };

    public static PhaseId Id(string phase) => new(phase);

    public static ItemId Item(int number) => new(number);

    public static DialoguePrepared Prepared => new("Wie krijgt de coach?", "nl", Case, Template.WithoutScripts());
    public static CardsRecorded CardsOnTheTable => new(Personas);

    /// <summary>Somebody came and said from which perspective.</summary>
    public static DialogueEvent[] Seated(Seat seat) =>
        [new SeatTaken(seat.Id, seat.Role), new PerspectiveTold(seat.Id, seat.Perspective, seat.Senior)];

    /// <summary>Prepared, opened, and everybody sits.</summary>
    public static IReadOnlyList<DialogueEvent> Lobby =>
        [
            Prepared,
            CardsOnTheTable,
            new IntakeRecorded(FullIntake.Terms),
            new LobbyOpened(null, Scenes.Now),
            .. Seats.SelectMany(Seated),
            .. Seats.Select(seat => new CardDealt(seat.Id, (seat.Id.Value - 1) % Personas.Length)),
        ];

    /// <summary>The same, in this phase.</summary>
    public static IReadOnlyList<DialogueEvent> In(string phase) => [.. Lobby, new PhaseStarted(Id(phase), null, Scenes.Now)];

    /// <summary>An item that everybody sees: number 1 and on, in the phase <c>live</c>, by the seat.</summary>
    public static DialogueEvent[] Shown(int number, int seat = 4, string phase = "live", string text = "Post komt niet aan")
    {
        var item = new Item(Item(number), Id(phase), ItemKind.Effect, text, Perspective: "burger");
        return [new ItemWritten(new SeatId(seat), item), new ItemsRevealed(Id(phase), [item])];
    }

    private static PhaseTemplate Phase(
        string key,
        string activity,
        PhaseSettings settings,
        Reveal reveal = Reveal.Live,
        Attribution attribution = Attribution.Perspective
    ) =>
        new()
        {
            Key = key,
            Activity = activity,
            Title = new(key),
            Prompt = new(key + "?"),
            Settings = settings,
            Reveal = reveal,
            Attribution = attribution,
        };
}

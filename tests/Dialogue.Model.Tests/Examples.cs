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

/// <summary>One of each command and each event, with every property filled in.</summary>
public static class Examples
{
    private static readonly PhaseId Phase = new("fase");
    private static readonly SeatId Seat = new(4);
    private static readonly DateTimeOffset At = Scenes.Now;
    private static readonly Item Item = new(
        new ItemId(1203),
        Phase,
        ItemKind.Effect,
        "Post komt niet aan",
        "weet",
        "burger",
        Seat,
        Certainty.ToCheck,
        "yusuf"
    );

    private static readonly SessionTemplate Template = new()
    {
        Key = "voorbeeld",
        Version = 2,
        Title = new("Voorbeeld", "Example"),
        Purpose = new("Om te laten zien", "To show"),
        Origin = new("Eigen werk"),
        SuggestedFor = "aiOverheid",
        MinPeople = 4,
        MaxPeople = 12,
        Perspectives = [new("burger", new("Burger", "Citizen"))],
        Rules = [new("Eerst schrijven, dan praten.")],
        Phases =
        [
            new()
            {
                Key = "fase",
                Activity = "contribute",
                Title = new("Fase"),
                Prompt = new("Wat ziet u?"),
                Help = new("Hulp"),
                Script = new("Zeg dit"),
                Minutes = 12,
                Attribution = Attribution.Named,
                Reveal = Reveal.OnClose,
                Settings = new ContributeSettings
                {
                    Kinds = [ItemKind.Effect],
                    Buckets = [new("weet", new("Weet"))],
                    Personas = true,
                },
            },
        ],
    };

    private static readonly AgreementDraft Draft = new()
    {
        Text = "Postcode uit het model",
        Kind = AgreementKind.Technology,
        Because = [new ItemId(1203)],
        BecauseValues = ["personhood"],
        Owner = "Datawetenschapper",
        OwnerEmail = "joris@dwb.voorbeeld",
        FirstStep = "Kenmerken verwijderen",
        FirstStepDate = new(2026, 2, 17),
        DueDate = new(2026, 3, 31),
        IfThen = "Als de toets slechter wordt, dan overleg",
        EvidencePlan = "Nieuwe toets naast de oude",
        Indicator = "Fout per groep",
        Verifier = "Coördinator",
        VerifierEmail = "sanne@dwb.voorbeeld",
    };

    private static readonly Intake Intake = new()
    {
        Sponsor = "Manager",
        StatusOfOutcome = OutcomeStatus.Advice,
        FollowUpOwner = "Noor",
        FollowUpOwnerEmail = "noor@dwb.voorbeeld",
        ReviewDate = new(2026, 8, 3),
        Mandate = "Binnen het team",
        HierarchyPresent = true,
        Affected = [new("Gemeenten", Chair.Waived, "Tweede gesprek")],
    };

    public static IReadOnlyList<DialogueCommand> Commands { get; } =
    [
        new PrepareDialogue("Titel", "nl", Room.Case, Template, Room.Personas, "Europe/Amsterdam"),
        new RecordIntake(Intake),
        new RecordMaterial(Room.Case.Facts, Room.Personas),
        new OpenLobby("Er is haast"),
        new TakeSeat("Yusuf", "burger", Role.Participant, Senior: true),
        new RenameSeat("Yusuf A."),
        new LeaveSeat(),
        new GiveRole(Seat, Role.CoFacilitator),
        new RemoveSeat(Seat, "Verkeerde zaal"),
        new ReturnSeat(Seat),
        new MoveSeat(Seat),
        new ForgetName(Seat),
        new ForgetPerson(PersonPart.Verifier, 80),
        new Knock("Yusuf", "burger", Seat, Crowded: true),
        new LetIn(3),
        new TurnAway(3),
        new LockDoor(),
        new UnlockDoor(),
        new StartPhase(Phase, new("eerder")),
        new CloseRound(Phase),
        new ReopenRound(Phase),
        new ExtendPhase(Phase, 5),
        new PauseDialogue(),
        new ResumeDialogue(),
        new CloseDialogue("Eerst onderzoek"),
        new MarkReady(Phase, Ready: true),
        new RaiseHand(Up: true),
        new LowerHand(Seat),
        new ParkQuestion("Mag dit van de wet?"),
        new EditItem(new(1203), "Post kwam niet aan"),
        new WithdrawItem(new(1203)),
        new HideItem(new(1203), "Noemt een naam"),
        new UnhideItem(new(1203)),
        new JudgeRewording(new(1203), Approved: true),
        new CheckFact(new(1203), Certainty.Known, "Jaarverslag 2025"),
        new SpotlightItem(new(1203)),
        new RecordFact(Phase, "7 van de 10", Certainty.Known),
        new AddItem(Phase, ItemKind.Effect, "Post komt niet aan", "weet"),
        new StartTurns(Phase),
        new GiveTurn(Phase, new(5), Seat),
        new PassTurn(Phase),
        new CapturePoint(Phase, ItemKind.Argument, "De brief is te moeilijk"),
        new RequestCorrection(Phase, new(1203), "De envelop is te moeilijk"),
        new PlaceItem(Phase, new(1203), "groep"),
        new InvokeValue(Phase, new(1203), "personhood", ValueDirection.Strained),
        new ReleaseValue(Phase, new(77)),
        new NameTension(Phase, "efficiency", "personhood", "Snel tegenover gezien worden"),
        new ReleaseTension(Phase, new(78)),
        new RestoreValue(Phase, new(77)),
        new RestoreTension(Phase, new(78)),
        new GiveAssessment(Phase, "wel", 4),
        new WithdrawAssessment(Phase, "wel"),
        new TakePosition(Phase, "door", "Zonder model wint wie hard roept", "Cijfers over 55-plus"),
        new WithdrawPosition(Phase),
        new ProposeDecision(Phase, "Doorgaan als proef"),
        new RaiseObjection(Phase, "Nog niet gemeten"),
        new ResolveObjection(Phase, new(79), "Eerst meten"),
        new WithdrawObjection(Phase, new(79)),
        new SettleDecision(
            Phase,
            ResultKind.Advice,
            "Proef",
            "Omdat wij willen leren",
            [new(1203)],
            "Zes maanden",
            DecisionRule.Majority,
            "door",
            new(5, 2, 1),
            Seat
        ),
        new CorrectDecision(Phase, "Proef van zes maanden", "De duur stond er niet in"),
        new GiveMinorityView(Phase, "Niet op mensen proberen", "Als de fouten bekend zijn", HolderKind.Perspective),
        new StateNoMinorityView(Phase),
        new ProposeAgreement(Phase, new(80), Draft),
        new ConfirmAgreement(Phase, new(80), Confirmed: true),
        new WithdrawAgreement(Phase, new(80)),
        new AcceptRisk(Phase, "Herkomst blijft ongemeten", "Werkzoekenden", "Bestuur", "Klachten"),
        new WithdrawRisk(Phase, new(81)),
        new PlanReview(Phase, new(2026, 8, 3)),
    ];

    public static IReadOnlyList<DialogueEvent> Events { get; } =
    [
        new DialoguePrepared("Titel", "nl", Room.Case, Template.WithoutScripts(), "Europe/Amsterdam"),
        new ScriptRecorded(Template.Scripts),
        new IntakeRecorded(Intake.Terms),
        new FactsRecorded(Room.Case.Facts),
        new CardsRecorded(Room.Personas),
        new LobbyOpened("Er is haast", At),
        new SeatTaken(Seat, Role.Participant),
        new PerspectiveTold(Seat, "burger", Senior: true),
        new CardDealt(Seat, 1),
        new SeatRenamed(Seat),
        new PersonForgotten(PersonPart.Verifier, 80),
        new RoleGiven(Seat, Role.CoFacilitator),
        new SeatLeft(Seat),
        new SeatRemoved(Seat),
        new RemovalExplained(Seat, "Verkeerde zaal"),
        new SeatReturned(Seat),
        new SeatMoved(Seat),
        new NewcomerWaits(3, Seat),
        new NewcomerLetIn(3, Seat),
        new NewcomerTurnedAway(3),
        new PresenceNoted([Seat, new(5)]),
        new DoorLocked(),
        new DoorUnlocked(),
        new PhaseStarted(Phase, new("eerder"), At),
        new RoundClosed(Phase),
        new RoundReopened(Phase),
        new PhaseExtended(Phase, 5),
        new DialoguePaused(At),
        new DialogueResumed(At),
        new DialogueClosed(At, "Eerst onderzoek"),
        new ReadyMarked(Seat, Phase, Ready: true),
        new HandRaised(Seat, Up: true),
        new ItemWritten(Seat, Item),
        new ItemsRevealed(Phase, [Item with { Perspective = null }]),
        new ItemErased(Seat, Item.Id),
        new ItemWithdrawn(Item.Id),
        new ItemHidden(Item.Id, "Noemt een naam", new(1)),
        new ItemUnhidden(Item.Id, new(1)),
        new RewordingWritten(Seat, Item.Id, "Post kwam niet aan"),
        new RewordingOffered(Item.Id, "Post kwam niet aan"),
        new RewordingDropped(Seat, Item.Id),
        new FactChecked(Item.Id, Certainty.Known, "Jaarverslag 2025", new(1)),
        new ItemSpotlit(Item.Id),
        new QuestionParked(Item with { Kind = ItemKind.Question, By = null }),
        new TurnsStarted(Phase, [Seat, new(5)]),
        new TurnGiven(Phase, Seat),
        new TurnPassed(Phase, Seat),
        new CorrectionRequested(Phase, Item.Id, "De envelop is te moeilijk"),
        new ItemPlaced(Phase, Item.Id, "groep"),
        new ValueInvoked(Phase, new(77), Item.Id, "personhood", ValueDirection.Strained),
        new ValueReleased(Phase, new(77)),
        new TensionNamed(Phase, new(78), "efficiency", "personhood", "Snel tegenover gezien worden"),
        new TensionReleased(Phase, new(78)),
        new ValueRestored(Phase, new(77)),
        new TensionRestored(Phase, new(78)),
        new AssessmentGiven(Phase, Seat, "wel", 4),
        new AssessmentWithdrawn(Phase, Seat, "wel"),
        new AssessmentRevealed(Phase, [new("wel", 6, [0, 1, 2, 1, 1], 1)]),
        new PositionTaken(Phase, Seat, new("door", "Reden", "Cijfers", "burger")),
        new PositionWithdrawn(Phase, Seat),
        new PositionsRevealed(
            Phase,
            [new("door", "Reden", "Cijfers", "burger")],
            new Dictionary<string, int> { ["door"] = 5, ["stop"] = 0 }
        ),
        new DecisionProposed(Phase, "Doorgaan als proef"),
        new ObjectionRaised(Phase, new(new(79), "Nog niet gemeten", "burger", ObjectionState.BecameCondition, "Eerst meten")),
        new ObjectionResolved(Phase, new(79), "Eerst meten"),
        new ObjectionHeld(Phase, Seat, new(79)),
        new ObjectionWithdrawn(Phase, new(79)),
        new DecisionSettled(
            Phase,
            new(
                ResultKind.Decision,
                DecisionRule.Majority,
                "Proef",
                "Omdat wij willen leren",
                [Item.Id],
                "Zes maanden",
                "door",
                new(5, 2, 1),
                Seat,
                [new(79)]
            )
        ),
        new DecisionCorrected(Phase, 2, "Proef van zes maanden", "De duur stond er niet in"),
        new MinorityViewGiven(
            Phase,
            new(new(82), "Niet op mensen proberen", "Als de fouten bekend zijn", HolderKind.Perspective, "burger")
        ),
        new NoMinorityViewStated(Phase),
        new AgreementProposed(
            Phase,
            new(
                new(80),
                "Postcode eruit",
                AgreementKind.Technology,
                [Item.Id],
                ["personhood"],
                "Verwijderen",
                new(2026, 2, 17),
                new(2026, 3, 31),
                "Als, dan",
                "Nieuwe toets",
                "Fout per groep",
                Confirmed: true
            )
        ),
        new AgreementConfirmed(Phase, new(80), Confirmed: true),
        new AgreementWithdrawn(Phase, new(80)),
        new RiskAccepted(Phase, new(new(81), "Herkomst ongemeten", "Klachten")),
        new RiskWithdrawn(Phase, new(81)),
        new ReviewPlanned(Phase, new(2026, 8, 3)),
        new ReflectionRevealed(Phase, 6, [new("safe", [0, 0, 1, 2, 3])], ["Fijn dat stil schrijven eerst kwam"]),
    ];

    public static DialogueCommand Of(Type type) =>
        Commands.FirstOrDefault(command => command.GetType() == type)
        ?? throw new InvalidOperationException($"Examples has no {type.Name}: add one");
}

using Dialogue.Anonymous;

namespace Dialogue.Activities;

/// <summary>All activities, and every command and event by its name on the wire and in the log. A new activity is one line here.</summary>
public static class ActivityCatalogue
{
    public static IReadOnlyList<Activity> All { get; } =
    [
        new Present.PresentActivity(),
        new Contribute.ContributeActivity(),
        new Talk.TalkActivity(),
        new Organise.OrganiseActivity(),
        new Assess.AssessActivity(),
        new Decide.DecideActivity(),
        new Commit.CommitActivity(),
        new Reflect.ReflectActivity(),
        new Break.BreakActivity(),
    ];

    public static IReadOnlyDictionary<Type, CommandEntry> Commands { get; } =
        Dialogue().Concat(All.SelectMany(activity => activity.Commands)).ToDictionary(entry => entry.Type);

    public static IReadOnlyDictionary<Type, EventEntry> Events { get; } =
        DialogueEvents().Concat(All.SelectMany(activity => activity.Events)).ToDictionary(entry => entry.Type);

    public static IReadOnlyDictionary<Type, string> SealedEntries { get; } =
        new Dictionary<Type, string> { [typeof(SealedItem)] = "contribute/item", [typeof(SealedReflection)] = "reflect/reflection" };

    public static Activity? Find(string name) => All.FirstOrDefault(activity => activity.Name == name);

    private static IEnumerable<CommandEntry> Dialogue() =>
        [
            CommandEntry.Of<PrepareDialogue>("dialogue/prepare", Role.Organiser, Stage.None),
            CommandEntry.Of<RecordIntake>("dialogue/record-intake", Role.Organiser | Role.Guides, Stage.Preparing | Stage.Open),
            CommandEntry.Of<RecordMaterial>("dialogue/record-material", Role.Organiser | Role.Facilitator, Stage.Preparing | Stage.Lobby),
            CommandEntry.Of<OpenLobby>("dialogue/open-lobby", Role.Organiser | Role.Guides, Stage.Preparing),
            CommandEntry.Of<TakeSeat>("dialogue/take-seat", Role.Organiser, Stage.Preparing | Stage.Open),
            CommandEntry.Of<RenameSeat>("dialogue/rename-seat", Role.Table | Role.Observer, Stage.Open),
            CommandEntry.Of<LeaveSeat>("dialogue/leave-seat", Role.Table | Role.Observer, Stage.Open),
            CommandEntry.Of<GiveRole>("dialogue/give-role", Role.Facilitator, Stage.Open),
            CommandEntry.Of<RemoveSeat>("dialogue/remove-seat", Role.Facilitator, Stage.Open),
            CommandEntry.Of<ReturnSeat>("dialogue/return-seat", Role.Organiser | Role.Guides, Stage.Preparing | Stage.Open),
            CommandEntry.Of<MoveSeat>("dialogue/move-seat", Role.Organiser, Stage.Open),
            CommandEntry.Of<ForgetName>("dialogue/forget-name", Role.Organiser, Stage.Any),
            CommandEntry.Of<ForgetPerson>("dialogue/forget-person", Role.Organiser, Stage.Any),
            CommandEntry.Of<Knock>("dialogue/knock", Role.Organiser, Stage.Open),
            CommandEntry.Of<LetIn>("dialogue/let-in", Role.Guides, Stage.Open),
            CommandEntry.Of<TurnAway>("dialogue/turn-away", Role.Guides, Stage.Open),
            CommandEntry.Of<LockDoor>("dialogue/lock-door", Role.Guides, Stage.Open),
            CommandEntry.Of<UnlockDoor>("dialogue/unlock-door", Role.Guides, Stage.Open),
            CommandEntry.Of<StartPhase>("dialogue/start-phase", Role.Guides, Stage.Open),
            CommandEntry.Of<CloseRound>("dialogue/close-round", Role.Guides, Stage.Running),
            CommandEntry.Of<ReopenRound>("dialogue/reopen-round", Role.Guides, Stage.Running),
            CommandEntry.Of<ExtendPhase>("dialogue/extend-phase", Role.Guides, Stage.Running | Stage.Paused),
            CommandEntry.Of<PauseDialogue>("dialogue/pause", Role.Guides, Stage.Running),
            CommandEntry.Of<ResumeDialogue>("dialogue/resume", Role.Guides, Stage.Paused),
            CommandEntry.Of<CloseDialogue>("dialogue/close", Role.Guides, Stage.Open),
            CommandEntry.Of<MarkReady>("dialogue/mark-ready", Role.Voices, Stage.Running),
            CommandEntry.Of<RaiseHand>("dialogue/raise-hand", Role.Table, Stage.Running),
            CommandEntry.Of<LowerHand>("dialogue/lower-hand", Role.Guides, Stage.Running | Stage.Paused),
            CommandEntry.Of<ParkQuestion>("dialogue/park-question", Role.Table, Stage.Running),
            CommandEntry.Of<EditItem>("dialogue/edit-item", Role.Table, Stage.Running),
            CommandEntry.Of<WithdrawItem>("dialogue/withdraw-item", Role.Table, Stage.Running),
            CommandEntry.Of<HideItem>("dialogue/hide-item", Role.Guides, Stage.Running | Stage.Paused),
            CommandEntry.Of<UnhideItem>("dialogue/unhide-item", Role.Guides, Stage.Running | Stage.Paused),
            CommandEntry.Of<JudgeRewording>("dialogue/judge-rewording", Role.Guides, Stage.Running | Stage.Paused),
            CommandEntry.Of<CheckFact>("dialogue/check-fact", Role.Guides, Stage.Running | Stage.Paused),
            CommandEntry.Of<SpotlightItem>("dialogue/spotlight-item", Role.Guides, Stage.Running | Stage.Paused),
        ];

    private static IEnumerable<EventEntry> DialogueEvents() =>
        [
            EventEntry.Of<DialoguePrepared>("dialogue/prepared.v3"),
            EventEntry.Of<ScriptRecorded>("dialogue/script-recorded.v1"),
            EventEntry.Of<IntakeRecorded>("dialogue/intake-recorded.v2"),
            EventEntry.Of<FactsRecorded>("dialogue/facts-recorded.v1"),
            EventEntry.Of<CardsRecorded>("dialogue/cards-recorded.v1"),
            EventEntry.Of<LobbyOpened>("dialogue/lobby-opened.v1"),
            EventEntry.Of<SeatTaken>("dialogue/seat-taken.v2"),
            EventEntry.Of<PerspectiveTold>("dialogue/perspective-told.v1"),
            EventEntry.Of<CardDealt>("dialogue/card-dealt.v1"),
            EventEntry.Of<SeatRenamed>("dialogue/seat-renamed.v1"),
            EventEntry.Of<PersonForgotten>("dialogue/person-forgotten.v1"),
            EventEntry.Of<RoleGiven>("dialogue/role-given.v1"),
            EventEntry.Of<SeatLeft>("dialogue/seat-left.v1"),
            EventEntry.Of<SeatRemoved>("dialogue/seat-removed.v1"),
            EventEntry.Of<RemovalExplained>("dialogue/removal-explained.v1"),
            EventEntry.Of<SeatReturned>("dialogue/seat-returned.v1"),
            EventEntry.Of<SeatMoved>("dialogue/seat-moved.v1"),
            EventEntry.Of<NewcomerWaits>("dialogue/newcomer-waits.v1"),
            EventEntry.Of<NewcomerLetIn>("dialogue/newcomer-let-in.v1"),
            EventEntry.Of<NewcomerTurnedAway>("dialogue/newcomer-turned-away.v1"),
            EventEntry.Of<PresenceNoted>("dialogue/presence-noted.v1"),
            EventEntry.Of<DoorLocked>("dialogue/door-locked.v1"),
            EventEntry.Of<DoorUnlocked>("dialogue/door-unlocked.v1"),
            EventEntry.Of<PhaseStarted>("dialogue/phase-started.v1"),
            EventEntry.Of<RoundClosed>("dialogue/round-closed.v1"),
            EventEntry.Of<RoundReopened>("dialogue/round-reopened.v1"),
            EventEntry.Of<PhaseExtended>("dialogue/phase-extended.v1"),
            EventEntry.Of<DialoguePaused>("dialogue/paused.v1"),
            EventEntry.Of<DialogueResumed>("dialogue/resumed.v1"),
            EventEntry.Of<DialogueClosed>("dialogue/closed.v1"),
            EventEntry.Of<ReadyMarked>("dialogue/ready-marked.v1"),
            EventEntry.Of<HandRaised>("dialogue/hand-raised.v1"),
            EventEntry.Of<ItemWritten>("item/written.v1"),
            EventEntry.Of<ItemsRevealed>("item/revealed.v1"),
            EventEntry.Of<ItemErased>("item/erased.v1"),
            EventEntry.Of<ItemWithdrawn>("item/withdrawn.v1"),
            EventEntry.Of<ItemHidden>("item/hidden.v1"),
            EventEntry.Of<ItemUnhidden>("item/unhidden.v1"),
            EventEntry.Of<RewordingWritten>("item/rewording-written.v1"),
            EventEntry.Of<RewordingOffered>("item/rewording-offered.v1"),
            EventEntry.Of<RewordingDropped>("item/rewording-dropped.v1"),
            EventEntry.Of<FactChecked>("item/fact-checked.v1"),
            EventEntry.Of<ItemSpotlit>("item/spotlit.v1"),
            EventEntry.Of<QuestionParked>("item/question-parked.v1"),
        ];
}

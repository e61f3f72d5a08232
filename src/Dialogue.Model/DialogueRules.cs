using Dialogue.Activities;
using Dialogue.Activities.Commit;
using Dialogue.Anonymous;

namespace Dialogue;

/// <summary>
/// What the world adds to a decision, as values: the time, a seed for shuffling and numbering, and the content of a sealed box.
/// </summary>
/// <param name="Box">What lies in the sealed box of the phase that is being closed, in no order; null when no box is read.</param>
/// <param name="Present">Seats with a connection now or within the last minute (<see cref="Limits.PresentFor"/>), whatever their role;
/// null when nobody keeps count of connections, as in a simulation: every seat that has not left then counts as present.</param>
public sealed record Moment(DateTimeOffset Now, int Seed, IReadOnlyList<SealedEntry>? Box = null, IReadOnlySet<SeatId>? Present = null);

/// <summary>The outcome of a decision: what happened, or why nothing did.</summary>
public readonly record struct Ruling(IReadOnlyList<DialogueEvent> Events, Answer.Refused? Refusal)
{
    /// <summary>Granted, and nothing happened: it is so already.</summary>
    public static Ruling NothingNew => new([], null);

    private readonly IReadOnlyList<PersonFact>? told;

    /// <summary>What became known of people: kept outside the log, in the same transaction.</summary>
    public IReadOnlyList<PersonFact> Told
    {
        get => told ?? [];
        init => told = value;
    }

    public static implicit operator Ruling(DialogueEvent happened) => new([happened], null);

    public static implicit operator Ruling(DialogueEvent[] happened) => new(happened, null);

    public static implicit operator Ruling(List<DialogueEvent> happened) => new(happened, null);

    public static implicit operator Ruling(RefusalCode code) => new([], new Answer.Refused(code));

    public static implicit operator Ruling(Answer.Refused refusal) => new([], refusal);
}

/// <summary>The only yes or no: a pure function of the state, the command, who wants it and the moment.</summary>
public static class DialogueRules
{
    public static Ruling Decide(this DialogueState state, DialogueCommand command, By by, Moment moment)
    {
        if (Permissions.Check(command, by.Role, state.Stage) is { } refused)
            return refused;
        if (by.Seat is not null && state.Seat(by.Seat) is not { Left: false })
            return RefusalCode.NotAllowed;
        if (by.Seat is null && !Permissions.NeedsNoSeat(command))
            return RefusalCode.NotAllowed;
        var ruling = command switch
        {
            ActivityCommand c => InPhase(state, c, by, moment),
            PrepareDialogue c => Prepare(state, c),
            RecordIntake c => Record(state, c.Intake, moment),
            RecordMaterial c => Material.Record(state, c),
            OpenLobby c => OpenLobby(state, c, moment),
            TakeSeat c => TakeSeat(state, c, moment),
            RenameSeat c => Rename(state, c, by),
            LeaveSeat => Unseat(state, by.Seat!.Value) ?? new SeatLeft(by.Seat.Value),
            GiveRole c => GiveRole(state, c),
            RemoveSeat c => Remove(state, c),
            ReturnSeat c => state.Seat(c.Seat) is not { Left: true } ? RefusalCode.NotAllowed
            : IsFull(state) ? RefusalCode.DialogueFull
            : new SeatReturned(c.Seat),
            MoveSeat c => state.Seat(c.Seat) is { Left: false } ? new SeatMoved(c.Seat) : RefusalCode.NotAllowed,
            ForgetName c => state.NameOf(c.Seat) is null
                ? RefusalCode.NothingToWithdraw
                : new Ruling([new SeatRenamed(c.Seat)], null) { Told = [new NameTold(c.Seat, null)] },
            ForgetPerson c => state.Person(new(c.Part, c.Number)) is null
                ? RefusalCode.NothingToWithdraw
                : new Ruling([new PersonForgotten(c.Part, c.Number)], null) { Told = [new PersonTold(new(c.Part, c.Number), null)] },
            Knock c => Wait(state, c),
            LetIn c => LetIn(state, c, moment),
            TurnAway c => state.Newcomers.ContainsKey(c.Newcomer)
                ? new Ruling([new NewcomerTurnedAway(c.Newcomer)], null) { Told = [new NewcomerTold(c.Newcomer, null)] }
                : RefusalCode.NoSuchNewcomer,
            LockDoor => state.DoorIsLocked ? Ruling.NothingNew : new DoorLocked(),
            UnlockDoor => state.DoorIsLocked ? new DoorUnlocked() : Ruling.NothingNew,
            StartPhase c => StartPhase(state, c, moment),
            PauseDialogue => new DialoguePaused(moment.Now),
            ResumeDialogue => new DialogueResumed(moment.Now),
            CloseDialogue c => Close(state, c, moment),
            RaiseHand c => new HandRaised(by.Seat!.Value, c.Up),
            LowerHand c => new HandRaised(c.Seat, Up: false),
            ParkQuestion c => Park(state, c, by, moment),
            EditItem c => Edit(state, c, by),
            WithdrawItem c => Withdraw(state, c, by),
            HideItem c => Hide(state, c, by),
            UnhideItem c => Hidden(state, c.Item) is null ? RefusalCode.NoSuchItem : new ItemUnhidden(c.Item, by.Seat),
            JudgeRewording c => Judge(state, c, by),
            CheckFact c => Check(state, c, by),
            SpotlightItem c => c.Item is { } id && !(state.Items.TryGetValue(id, out var held) && held.IsShown)
                ? RefusalCode.NoSuchItem
                : new ItemSpotlit(c.Item),
            _ => RefusalCode.NotAllowed,
        };
        if (ruling.Refusal is not null)
            return ruling;
        if (ruling.Events.Count > Limits.EventsPerCommand)
            return RefusalCode.LogFull;
        return ChangesNothing(state, ruling) ? Ruling.NothingNew : ruling;
    }

    /// <summary>
    /// Whether the state is the same with these events as without, as when a hand that is up is raised. Such events would fill the log of a
    /// dialogue without telling anything. (Collections keep their identity when nothing is added, so comparing states
    /// compares no contents.)
    /// </summary>
    private static bool ChangesNothing(DialogueState state, Ruling ruling) => state.Fold(ruling.Events).Knowing(ruling.Told).Equals(state);

    private static Ruling InPhase(DialogueState state, ActivityCommand command, By by, Moment moment)
    {
        if (state.Phase(command.Phase) is not { } phase)
            return RefusalCode.NoSuchPhase;
        if (!state.IsCurrent(phase.Id))
            return RefusalCode.PhaseNotOpen;
        return command switch
        {
            CloseRound => phase.RoundOpen ? CloseRoundOf(state, phase, moment) : RefusalCode.RoundClosed,
            ReopenRound => phase.RoundOpen ? RefusalCode.RoundStillOpen
            : phase.IsSealed || !phase.Kind.MayReopen ? RefusalCode.SealedPhase
            : new RoundReopened(phase.Id),
            ExtendPhase c => c.Minutes is >= -30 and <= 60 and not 0 ? new PhaseExtended(phase.Id, c.Minutes) : RefusalCode.ValueOutOfRange,
            MarkReady c => new ReadyMarked(by.Seat!.Value, phase.Id, c.Ready),
            _ => phase.Kind.Decide(new Deciding(state, phase, by, moment), command),
        };
    }

    /// <summary>Closes a blind round: whatever was written or weighed is shown, shuffled. A box with too few entries stays shut.</summary>
    private static Ruling CloseRoundOf(DialogueState state, PhaseState phase, Moment moment)
    {
        // Also at the end: when most have gone, whoever is left can tell whose the words are.
        if (phase.IsSealed && TooFewToHideAmong(state, moment) is { } tooFew)
            return tooFew;
        if (phase.IsSealed && (moment.Box?.Count ?? 0) < Limits.EntriesForReveal)
            return new Answer.Refused(
                RefusalCode.TooFewEntries,
                new Dictionary<string, string>(StringComparer.Ordinal) { ["limit"] = $"{Limits.EntriesForReveal}" }
            );
        return new List<DialogueEvent>(phase.Kind.OnClose(state, phase, moment)) { new RoundClosed(phase.Id) };
    }

    /// <summary>Why a sealed phase may not be opened or closed now: too few people are here. Null when there are enough.</summary>
    private static Answer.Refused? TooFewToHideAmong(DialogueState state, Moment moment) =>
        state.AtTable(moment.Present).Count() is var present && present >= Limits.SeatsForAnonymity
            ? null
            : new Answer.Refused(
                RefusalCode.TooFewSeats,
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["limit"] = $"{Limits.SeatsForAnonymity}",
                    ["present"] = $"{present}",
                }
            );

    /// <summary>Who is there now, where that is known.</summary>
    private static DialogueEvent[] Noted(DialogueState state, Moment moment) =>
        moment.Present is { } present
            ? [new PresenceNoted([.. state.Seats.Values.Where(seat => !seat.Left && present.Contains(seat.Id)).Select(seat => seat.Id)])]
            : [];

    private static Ruling Prepare(DialogueState state, PrepareDialogue c)
    {
        if (state.Stage != Stage.None)
            return RefusalCode.AlreadyPrepared;
        var title = PlainText.Read(c.Title, Limits.ShortTextLength);
        if (!title.Ok)
            return title.Refusal!;
        if (Templates.TemplateCheck.Problems(c.Template).FirstOrDefault() is { } problem)
            return new Answer.Refused(
                RefusalCode.TemplateInvalid,
                new Dictionary<string, string>(StringComparer.Ordinal) { ["problem"] = problem }
            );
        var happened = new List<DialogueEvent>
        {
            new DialoguePrepared(title.Value!, c.Language is "en" ? "en" : "nl", c.Case, c.Template.WithoutScripts(), c.TimeZone),
        };
        if (c.Template.Scripts is { Count: > 0 } scripts)
            happened.Add(new ScriptRecorded(scripts));
        if (c.Personas.Count > 0)
            happened.Add(new CardsRecorded(c.Personas));
        return happened;
    }

    private static Ruling Record(DialogueState state, Intake intake, Moment moment)
    {
        // A date that was agreed earlier may be here by now; a new one lies ahead.
        if (intake.ReviewDate is { } review && review != state.Intake?.ReviewDate)
        {
            if (review.Year < Limits.FirstYear)
                return RefusalCode.DateUnreadable;
            if (review <= state.Today(moment))
                return RefusalCode.DatePassed;
        }
        if (intake.Affected.Count > Limits.AffectedGroups || intake.Affected.Any(group => group is null))
            return RefusalCode.ValueOutOfRange;
        foreach (
            var text in intake
                .Affected.SelectMany(group => (string?[])[group.Name, group.Note])
                .Concat([intake.Sponsor, intake.FollowUpOwner, intake.FollowUpOwnerEmail])
        )
            if (PlainText.ReadOptional(text, Limits.ShortTextLength) is { Ok: false } tooLong)
                return tooLong.Refusal!;
        var mandate = PlainText.ReadOptional(intake.Mandate);
        if (!mandate.Ok)
            return mandate.Refusal!;
        // People came on what was agreed beforehand: it may still change, and it stays complete.
        if (state.Stage != Stage.Preparing && state.OverrideReason is null && Lacking(intake) is { Count: > 0 } lacking)
            return Incomplete(lacking);
        var recorded = intake with
        {
            Mandate = mandate.Value,
            Affected =
            [
                .. intake.Affected.Select(group => new AffectedGroup(
                    PlainText.Clean(group.Name),
                    group.Chair,
                    PlainText.ReadOptional(group.Note).Value
                )),
            ],
        };
        return new Ruling([new IntakeRecorded(recorded.Terms)], null) { Told = state.People.Become(Intake.Names, recorded.People()) };
    }

    /// <summary>What the intake still lacks, as names of fields; empty when people may be asked to come.</summary>
    public static IReadOnlyList<string> Lacking(Intake? intake)
    {
        intake ??= new Intake();
        var lacking = new List<string>();
        if (PlainText.Clean(intake.Sponsor).Length == 0)
            lacking.Add("sponsor");
        if (intake.StatusOfOutcome is null)
            lacking.Add("statusOfOutcome");
        if (PlainText.Clean(intake.FollowUpOwner).Length == 0)
            lacking.Add("followUpOwner");
        if (intake.ReviewDate is null)
            lacking.Add("reviewDate");
        if (intake.Affected.Count == 0)
            lacking.Add("affected");
        if (
            intake.Affected.Any(group =>
                PlainText.Clean(group.Name).Length == 0
                || group.Chair is null
                || (group.Chair is not Chair.Invited && PlainText.Clean(group.Note).Length == 0)
            )
        )
            lacking.Add("emptyChair");
        return lacking;
    }

    private static Ruling OpenLobby(DialogueState state, OpenLobby c, Moment moment)
    {
        var lacking = Lacking(state.Intake);
        var reason = PlainText.ReadOptional(c.OverrideReason, Limits.ShortTextLength);
        if (!reason.Ok)
            return reason.Refusal!;
        if (lacking.Count > 0 && reason.Value is null)
            return Incomplete(lacking);
        return new LobbyOpened(lacking.Count > 0 ? reason.Value : null, moment.Now);
    }

    private static Answer.Refused Incomplete(IReadOnlyList<string> lacking) =>
        new(
            RefusalCode.IntakeIncomplete,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["lacking"] = string.Join(',', lacking) }
        );

    private static bool IsFull(DialogueState state) => state.Seats.Values.Count(seat => !seat.Left) >= Limits.SeatsPerDialogue;

    private static Ruling Wait(DialogueState state, Knock c)
    {
        if (!state.DoorIsLocked && !c.Crowded && state.Seat(c.Former) is not { Removed: true })
            return RefusalCode.NotAllowed;
        if (state.Newcomers.Count >= Limits.Waiting)
            return RefusalCode.TooManyNewcomers;
        var name = PlainText.ReadLine(c.Name, Limits.NameLength, RefusalCode.NameMissing);
        if (!name.Ok)
            return name.Refusal!;
        var number = state.LastNewcomer + 1;
        return new Ruling([new NewcomerWaits(number, state.Seat(c.Former) is { Left: true } former ? former.Id : null)], null)
        {
            Told = [new NewcomerTold(number, new NewcomerPerson(name.Value!, KnownPerspective(state, c.Perspective)))],
        };
    }

    private static Ruling LetIn(DialogueState state, LetIn c, Moment moment)
    {
        if (!state.Newcomers.TryGetValue(c.Newcomer, out var newcomer))
            return RefusalCode.NoSuchNewcomer;
        if (newcomer.Former is { } former && state.Seat(former) is { Left: true })
            return IsFull(state)
                ? RefusalCode.DialogueFull
                : new Ruling([new SeatReturned(former), new NewcomerLetIn(c.Newcomer, former)], null)
                {
                    Told = [new NewcomerTold(c.Newcomer, null)],
                };
        var person = state.WaitingPeople.GetValueOrDefault(c.Newcomer);
        if (person is null)
            return RefusalCode.NameMissing;
        var taken = TakeSeat(state, new TakeSeat(person.Name, person.Perspective, Role.Participant), moment);
        return taken.Refusal is not null
            ? taken
            : new Ruling([.. taken.Events, new NewcomerLetIn(c.Newcomer, taken.Events.OfType<SeatTaken>().First().Seat)], null)
            {
                Told = [.. taken.Told, new NewcomerTold(c.Newcomer, null)],
            };
    }

    private static string KnownPerspective(DialogueState state, string perspective) =>
        state.Template!.Perspectives.Any(known => known.Key == perspective) ? perspective : "";

    private static Ruling TakeSeat(DialogueState state, TakeSeat c, Moment moment)
    {
        if (IsFull(state))
            return RefusalCode.DialogueFull;
        var name = PlainText.ReadLine(c.Name, Limits.NameLength, RefusalCode.NameMissing);
        if (!name.Ok)
            return name.Refusal!;
        if (!IsOfASeat(c.Role))
            return RefusalCode.NotAllowed;
        var perspective = KnownPerspective(state, c.Perspective);
        var seat = new SeatId(state.Seats.Count + 1);
        var happened = new List<DialogueEvent> { new SeatTaken(seat, c.Role) };
        if (perspective.Length > 0 || c.Senior)
            happened.Add(new PerspectiveTold(seat, perspective, c.Senior));
        if (state.DealsCards() && state.Personas.Length > 0 && (c.Role & Role.Table) != 0)
            happened.Add(Deal(state, seat, moment));
        return new Ruling(happened, null) { Told = [new NameTold(seat, Free(state, name.Value!, except: null))] };
    }

    /// <summary>By lot, among the cards that fewest voices hold: the number of a seat says nothing of its card.</summary>
    private static CardDealt Deal(DialogueState state, SeatId seat, Moment moment)
    {
        var held = new int[state.Personas.Length];
        foreach (var voice in state.Seats.Values.Where(one => one.HasVoice))
            if (state.Dealt.TryGetValue(voice.Id, out var place))
                held[place % held.Length]++;
        var fewest = Enumerable.Range(0, held.Length).Where(place => held[place] == held.Min()).ToArray();
        return new CardDealt(seat, fewest[moment.Draw(fewest.Length)]);
    }

    /// <summary>Somebody at the table or watching; never the screen or the organisation, which have no seat.</summary>
    private static bool IsOfASeat(Role role) => role != Role.None && (role & ~(Role.Table | Role.Observer)) == 0;

    /// <summary>A name that clashes gets a number, never a refusal.</summary>
    private static string Free(DialogueState state, string name, SeatId? except)
    {
        bool Taken(string candidate) =>
            state.Names.Any(named =>
                named.Key != except
                && state.Seat(named.Key) is { Left: false }
                && string.Equals(named.Value, candidate, StringComparison.OrdinalIgnoreCase)
            );
        if (!Taken(name))
            return name;
        return Enumerable.Range(2, state.Names.Count + 1).Select(number => $"{name} {number}").First(candidate => !Taken(candidate));
    }

    private static Ruling Rename(DialogueState state, RenameSeat c, By by)
    {
        var name = PlainText.ReadLine(c.Name, Limits.NameLength, RefusalCode.NameMissing);
        if (!name.Ok)
            return name.Refusal!;
        var seat = by.Seat!.Value;
        return new Ruling([new SeatRenamed(seat)], null) { Told = [new NameTold(seat, Free(state, name.Value!, seat))] };
    }

    private static Ruling GiveRole(DialogueState state, GiveRole c)
    {
        if (!IsOfASeat(c.Role) || state.Seat(c.Seat) is not { Left: false } seat)
            return RefusalCode.NotAllowed;
        if (seat.Role == c.Role)
            return Ruling.NothingNew;
        return Unseat(state, c.Seat) ?? new RoleGiven(c.Seat, c.Role);
    }

    private static Ruling Remove(DialogueState state, RemoveSeat c)
    {
        var reason = PlainText.Read(c.Reason, Limits.ShortTextLength, RefusalCode.ReasonMissing);
        if (!reason.Ok)
            return reason.Refusal!;
        if (state.Seat(c.Seat) is not { Left: false })
            return RefusalCode.NotAllowed;
        return Unseat(state, c.Seat) ?? new DialogueEvent[] { new SeatRemoved(c.Seat), new RemovalExplained(c.Seat, reason.Value!) };
    }

    /// <summary>Why this seat must keep its role: a room always has a facilitator. Null when it need not.</summary>
    private static Ruling? Unseat(DialogueState state, SeatId id) =>
        state.Seat(id) is { Role: Role.Facilitator }
        && !state.Seats.Values.Any(other => other.Id != id && other is { Left: false, Role: Role.Facilitator })
            ? RefusalCode.LastFacilitator
            : null;

    private static Ruling StartPhase(DialogueState state, StartPhase c, Moment moment)
    {
        if (state.CurrentPhase?.Id != c.From)
            return new Answer.Refused(
                RefusalCode.AlreadyAdvanced,
                new Dictionary<string, string>(StringComparer.Ordinal) { ["current"] = state.CurrentPhase?.Id.Value ?? "" }
            );
        if (state.Phase(c.To) is not { } to)
            return RefusalCode.NoSuchPhase;
        if (to.IsSealed && TooFewToHideAmong(state, moment) is { } tooFew)
            return tooFew;
        var happened = new List<DialogueEvent>();
        if (state.CurrentPhase is { } from)
        {
            if (from.Id == to.Id)
                return RefusalCode.AlreadyAdvanced;
            if (Unfinished(state, before: state.IndexOf(to.Id)) is { } stay)
                return stay;
            if (
                from.RoundOpen
                && from.Template.Reveal == Templates.Reveal.OnClose
                && CloseRoundOf(state, from, moment) is { Refusal: null } closing
            )
                happened.AddRange(closing.Events);
        }
        happened.Add(new PhaseStarted(to.Id, c.From, moment.Now));
        happened.AddRange(Noted(state, moment));
        if (to.Status == PhaseStatus.Planned)
            happened.AddRange(to.Kind.OnOpen(state.Fold(happened), to, moment));
        return happened;
    }

    /// <summary>Why a phase that was begun must be finished first. Going back for a while is no way round it.</summary>
    private static RefusalCode? Unfinished(DialogueState state, int before) =>
        state
            .Phases.Take(before)
            .Where(phase => phase.Status != PhaseStatus.Planned)
            .Select(phase => phase.Kind.MayLeave(state, phase))
            .FirstOrDefault(code => code is not null);

    private static Ruling Close(DialogueState state, CloseDialogue c, Moment moment)
    {
        var happened = new List<DialogueEvent>();
        if (state.CurrentPhase is { } phase)
        {
            if (Unfinished(state, before: state.Phases.Length) is { } stay)
                return stay;
            if (
                phase.RoundOpen
                && phase.Template.Reveal == Templates.Reveal.OnClose
                && CloseRoundOf(state, phase, moment) is { Refusal: null } closing
            )
                happened.AddRange(closing.Events);
        }
        var because = PlainText.ReadOptional(c.NoAgreementsBecause, Limits.ShortTextLength);
        if (!because.Ok)
            return because.Refusal!;
        if (because.Value is null && !state.Agreements().Any(agreement => agreement.Confirmed))
            return RefusalCode.ReasonMissing;
        happened.AddRange(Noted(state, moment));
        happened.Add(new DialogueClosed(moment.Now, because.Value));
        return happened;
    }

    private static Ruling Park(DialogueState state, ParkQuestion c, By by, Moment moment)
    {
        var text = PlainText.Read(c.Text, Limits.ShortTextLength);
        if (!text.Ok)
            return text.Refusal!;
        var phase = state.CurrentPhase?.Id ?? new PhaseId("");
        var perspective =
            state.CurrentPhase?.Template.Attribution == Templates.Attribution.Anonymous
                ? null
                : state.Shown(state.Seat(by.Seat)?.Perspective, moment);
        return new QuestionParked(new Item(moment.NewItemId(state), phase, ItemKind.Question, text.Value!, Perspective: perspective));
    }

    private static Ruling Edit(DialogueState state, EditItem c, By by)
    {
        if (Own(state, c.Item, by, out var held) is { } refused)
            return refused;
        var text = PlainText.Read(c.Text);
        if (!text.Ok)
            return text.Refusal!;
        if (held.HiddenBecause is not null)
            return new DialogueEvent[]
            {
                new RewordingWritten(held.Holder!.Value, c.Item, text.Value!),
                new RewordingOffered(c.Item, text.Value!),
            };
        return Items.Written(Reworded(held, text.Value!), held.Holder!.Value, show: held.Revealed);
    }

    /// <summary>The item in other words. Those are another claim: what was checked were the old ones.</summary>
    private static Item Reworded(HeldItem held, string text) =>
        held.Checked ? held.Item with { Text = text, Certainty = Certainty.ToCheck, Source = null } : held.Item with { Text = text };

    private static Ruling Withdraw(DialogueState state, WithdrawItem c, By by)
    {
        if (Own(state, c.Item, by, out var held) is { } refused)
            return refused;
        return held.Revealed ? new ItemWithdrawn(c.Item) : new ItemErased(held.Holder!.Value, c.Item);
    }

    private static RefusalCode? Own(DialogueState state, ItemId id, By by, out HeldItem held)
    {
        if (!state.Items.TryGetValue(id, out held!) || held.Withdrawn)
            return RefusalCode.NoSuchItem;
        var shared = state.Phase(held.Item.Phase) is { Kind.CapturedByGuides: true } && (by.Role & Role.Guides) != 0;
        if (held.Holder is null || (held.Holder != by.Seat && !shared))
            return held.Revealed ? RefusalCode.NotYours : RefusalCode.NoSuchItem;
        if (!state.IsCurrent(held.Item.Phase))
            return RefusalCode.PhaseNotOpen;
        return state.Phase(held.Item.Phase)!.RoundOpen ? null : RefusalCode.RoundClosed;
    }

    private static HeldItem? Hidden(DialogueState state, ItemId id) =>
        state.Items.TryGetValue(id, out var held) && held is { Revealed: true, Withdrawn: false, HiddenBecause: not null } ? held : null;

    private static Ruling Judge(DialogueState state, JudgeRewording c, By by)
    {
        if (Hidden(state, c.Item) is not { Offered: { } words, Holder: { } holder } held)
            return RefusalCode.NoSuchItem;
        return c.Approved
            ? new DialogueEvent[] { new ItemsRevealed(held.Item.Phase, [Reworded(held, words)]), new ItemUnhidden(c.Item, by.Seat) }
            : new DialogueEvent[] { new RewordingDropped(holder, c.Item), new RewordingOffered(c.Item, null) };
    }

    private static Ruling Check(DialogueState state, CheckFact c, By by)
    {
        if (!state.Items.TryGetValue(c.Item, out var held) || !held.IsShown || held.Item.Kind != ItemKind.Fact)
            return RefusalCode.NoSuchItem;
        var source = PlainText.Read(c.Source, Limits.ShortTextLength, RefusalCode.SourceMissing);
        return source.Ok ? new FactChecked(c.Item, c.Certainty, source.Value!, by.Seat!.Value) : source.Refusal!;
    }

    private static Ruling Hide(DialogueState state, HideItem c, By by)
    {
        if (!state.Items.TryGetValue(c.Item, out var held) || !held.IsShown)
            return RefusalCode.NoSuchItem;
        var reason = PlainText.Read(c.Reason, Limits.ShortTextLength, RefusalCode.ReasonMissing);
        return reason.Ok ? new ItemHidden(c.Item, reason.Value!, by.Seat) : reason.Refusal!;
    }
}

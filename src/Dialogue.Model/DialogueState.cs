using System.Collections.Immutable;
using Dialogue.Activities;
using Dialogue.Templates;

namespace Dialogue;

/// <summary>A dialogue as the sum of its events. Immutable: a rendering or a decision keeps the state it began with.</summary>
public sealed record DialogueState
{
    public static DialogueState Empty { get; } = new();

    public Stage Stage { get; init; } = Stage.None;
    public string Title { get; init; } = "";
    public string Language { get; init; } = "nl";

    /// <summary>IANA name of the zone in which its dates are dates; null is that of the Netherlands.</summary>
    public string? TimeZone { get; init; }
    public CaseBrief? Case { get; init; }
    public SessionTemplate? Template { get; init; }
    public ImmutableArray<Persona> Personas { get; init; } = [];

    /// <summary>The cards that the dialogue was prepared with: suggestions, until a facilitator makes them their own.</summary>
    public ImmutableArray<Persona> Examples { get; init; } = [];

    /// <summary>What was agreed beforehand, without people; null until it is recorded.</summary>
    public IntakeTerms? Terms { get; init; }

    /// <summary>What was agreed beforehand, with the people as they are known now; null until it is recorded.</summary>
    public Intake? Intake => Terms?.With(People);

    public string? OverrideReason { get; init; }
    public ImmutableArray<PhaseState> Phases { get; init; } = [];
    public int Current { get; init; } = -1;
    public DateTimeOffset? PausedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? NoAgreementsBecause { get; init; }
    public ImmutableSortedDictionary<int, Seat> Seats { get; init; } = ImmutableSortedDictionary<int, Seat>.Empty;

    /// <summary>
    /// By what name each seat goes: not from the log but from the table of names. A seat whose name is forgotten is not in it.
    /// </summary>
    public ImmutableDictionary<SeatId, string> Names { get; init; } = ImmutableDictionary<SeatId, string>.Empty;

    /// <summary>Who is named in the intake, in agreements and in risks: not from the log, as <see cref="Names"/>.</summary>
    public ImmutableDictionary<PersonKey, NamedPerson> People { get; init; } = ImmutableDictionary<PersonKey, NamedPerson>.Empty;

    /// <summary>The place of the card that each seat was dealt, counted from 0.</summary>
    public ImmutableDictionary<SeatId, int> Dealt { get; init; } = ImmutableDictionary<SeatId, int>.Empty;

    /// <summary>How often the holder of a seat went on on another device; a device of before sees nothing more.</summary>
    public ImmutableDictionary<SeatId, int> Moves { get; init; } = ImmutableDictionary<SeatId, int>.Empty;

    /// <summary>Newcomers wait until a guide lets them in.</summary>
    public bool DoorIsLocked { get; init; }

    /// <summary>Who waits at the door, by number.</summary>
    public ImmutableSortedDictionary<int, Newcomer> Newcomers { get; init; } = ImmutableSortedDictionary<int, Newcomer>.Empty;

    /// <summary>The number of the last who ever had to wait.</summary>
    public int LastNewcomer { get; init; }

    /// <summary>What those who wait said of themselves: not from the log, as <see cref="Names"/>.</summary>
    public ImmutableDictionary<int, NewcomerPerson> WaitingPeople { get; init; } = ImmutableDictionary<int, NewcomerPerson>.Empty;

    /// <summary>How often each seat was there when a phase began or the dialogue ended.</summary>
    public ImmutableDictionary<SeatId, int> TimesPresent { get; init; } = ImmutableDictionary<SeatId, int>.Empty;

    /// <summary>The seats that were there the last time that was noted.</summary>
    public ImmutableHashSet<SeatId> LastPresent { get; init; } = [];

    /// <summary>
    /// Whether somebody really took part: there when at least two phases began, or at the end. Where presence was never noted every seat
    /// counts that was not removed.
    /// </summary>
    public bool TookPart(Seat seat) =>
        !seat.Removed && (TimesPresent.IsEmpty || TimesPresent.GetValueOrDefault(seat.Id) >= 2 || LastPresent.Contains(seat.Id));

    public ImmutableDictionary<ItemId, HeldItem> Items { get; init; } = ImmutableDictionary<ItemId, HeldItem>.Empty;

    /// <summary>What each seat wrote in each phase, in the order of writing; also what it took back.</summary>
    public ImmutableDictionary<(SeatId, PhaseId), ImmutableList<ItemId>> Written { get; init; } =
        ImmutableDictionary<(SeatId, PhaseId), ImmutableList<ItemId>>.Empty;
    public ImmutableList<ItemId> Parked { get; init; } = [];
    public ImmutableList<SeatId> Hands { get; init; } = [];
    public ItemId? Spotlight { get; init; }

    /// <summary>The date of a moment where this dialogue is held.</summary>
    public DateOnly Today(Moment moment) => FollowUp.LocalMoment.DateOf(moment.Now, FollowUp.LocalMoment.Zone(TimeZone));

    public PhaseState? CurrentPhase => Current >= 0 ? Phases[Current] : null;

    public PhaseState? Phase(PhaseId id) => Phases.FirstOrDefault(phase => phase.Id == id);

    public int IndexOf(PhaseId id) => Phases.IndexOf(Phases.FirstOrDefault(phase => phase.Id == id)!);

    public Seat? Seat(SeatId? id) => id is { } seat && Seats.TryGetValue(seat.Value, out var found) ? found : null;

    public bool IsCurrent(PhaseId id) => CurrentPhase?.Id == id;

    /// <summary>Seats at the table that are taken, whether or not anybody is there now.</summary>
    public int SeatsAtTable => AtTable(null).Count();

    /// <summary>The seats of people at the table who are here now: on their number anonymity rests. Observers do not count.</summary>
    /// <param name="present">See <see cref="Moment.Present"/>.</param>
    public IEnumerable<Seat> AtTable(IReadOnlySet<SeatId>? present) =>
        Seats.Values.Where(seat => !seat.Left && (seat.Role & Role.Table) != 0 && present?.Contains(seat.Id) != false);

    /// <summary>The name that somebody chose, or null when there is none (any more).</summary>
    public string? NameOf(SeatId? seat) => seat is { } id ? Names.GetValueOrDefault(id) : null;

    /// <summary>Who is named in this part, or null when nobody is (any more).</summary>
    public NamedPerson? Person(PersonKey key) => People.GetValueOrDefault(key);

    public int Voices => Seats.Values.Count(seat => seat.HasVoice);

    /// <summary>What everybody may see of one phase, in the order of showing.</summary>
    public IEnumerable<Item> ShownIn(PhaseId phase) =>
        (Phase(phase)?.Shown ?? []).Select(id => Items[id]).Where(held => held.IsShown).Select(held => held.Item);

    /// <summary>What a seat wrote in one phase, shown or not.</summary>
    public IEnumerable<HeldItem> HeldBy(SeatId? seat, PhaseId phase) =>
        seat is not { } holder ? [] : WrittenBy(holder, phase).Select(id => Items[id]).Where(held => !held.Withdrawn);

    public ImmutableList<ItemId> WrittenBy(SeatId seat, PhaseId phase) => Written.GetValueOrDefault((seat, phase)) ?? [];

    /// <summary>The card dealt to a seat; null when the method deals none. With fewer cards than when it was dealt, counted on.</summary>
    public Persona? PersonaOf(SeatId? seat) =>
        seat is { } id && Personas.Length > 0 && Dealt.TryGetValue(id, out var place) ? Personas[place % Personas.Length] : null;

    /// <summary>The same dialogue, knowing this of a person besides.</summary>
    public DialogueState Knowing(IEnumerable<PersonFact> facts) =>
        facts.Aggregate(
            this,
            static (state, fact) =>
                fact switch
                {
                    NameTold { Name: { } name } told => state with { Names = state.Names.SetItem(told.Seat, name) },
                    NameTold told => state with { Names = state.Names.Remove(told.Seat) },
                    NewcomerTold { Person: { } person } told => state with
                    {
                        WaitingPeople = state.WaitingPeople.SetItem(told.Newcomer, person),
                    },
                    PersonTold { Person: { } person } told => state with { People = state.People.SetItem(told.Key, person) },
                    PersonTold told => state with { People = state.People.Remove(told.Key) },
                    NewcomerTold told => state with { WaitingPeople = state.WaitingPeople.Remove(told.Newcomer) },
                    _ => state,
                }
        );

    public DialogueState WithPhase(PhaseId id, Func<PhaseState, PhaseState> change)
    {
        var index = IndexOf(id);
        if (index < 0)
            return this;
        var after = change(Phases[index]);
        return after.Equals(Phases[index]) ? this : this with { Phases = Phases.SetItem(index, after) };
    }

    /// <summary>
    /// The state after one more event. Total: it never refuses and never throws; an event that makes no sense here changes nothing.
    /// </summary>
    public DialogueState Fold(DialogueEvent happened) =>
        happened switch
        {
            ActivityEvent e => Phase(e.Phase) is { } phase ? phase.Kind.Fold(this, phase, e) : this,
            DialoguePrepared when Stage != Stage.None => this,
            DialoguePrepared e => this with
            {
                Stage = Stage.Preparing,
                Title = e.Title,
                Language = e.Language,
                TimeZone = e.TimeZone,
                Case = e.Case,
                Template = e.Template,
                Phases =
                [
                    .. e.Template.Phases.Where(phase => ActivityCatalogue.Find(phase.Activity) is not null).Select(PhaseState.Planned),
                ],
            },
            IntakeRecorded e => this with { Terms = e.Intake },
            FactsRecorded e => this with { Case = Case is null ? null : Case with { Facts = e.Facts } },
            ScriptRecorded e => WithScripts(e.Scripts),
            CardsRecorded e => this with { Personas = [.. e.Cards], Examples = Examples.IsEmpty ? [.. e.Cards] : Examples },
            LobbyOpened e => this with { Stage = Stage.Lobby, OverrideReason = e.OverrideReason },
            SeatTaken e => this with { Seats = Seats.SetItem(e.Seat.Value, new Seat(e.Seat, "", e.Role)) },
            PerspectiveTold e => WithSeat(e.Seat, seat => seat with { Perspective = e.Perspective, Senior = e.Senior }),
            CardDealt e => this with { Dealt = Dealt.SetItem(e.Seat, e.Place) },
            RoleGiven e => WithSeat(e.Seat, seat => seat with { Role = e.Role }),
            SeatLeft e => WithSeat(e.Seat, seat => seat with { Left = true }) with { Hands = Hands.Remove(e.Seat) },
            SeatRemoved e => WithSeat(e.Seat, seat => seat with { Left = true, Removed = true }) with { Hands = Hands.Remove(e.Seat) },
            SeatReturned e => WithSeat(e.Seat, seat => seat with { Left = false, Removed = false }),
            SeatMoved e => this with { Moves = Moves.SetItem(e.Seat, Moves.GetValueOrDefault(e.Seat) + 1) },
            NewcomerWaits e => this with
            {
                Newcomers = Newcomers.SetItem(e.Newcomer, new Newcomer(e.Newcomer, e.Former)),
                LastNewcomer = Math.Max(LastNewcomer, e.Newcomer),
            },
            NewcomerLetIn e => this with { Newcomers = Newcomers.Remove(e.Newcomer) },
            NewcomerTurnedAway e => this with { Newcomers = Newcomers.Remove(e.Newcomer) },
            PresenceNoted e => this with
            {
                LastPresent = [.. e.Seats],
                TimesPresent = e
                    .Seats.Distinct()
                    .Aggregate(TimesPresent, (times, seat) => times.SetItem(seat, times.GetValueOrDefault(seat) + 1)),
            },
            DoorLocked => this with { DoorIsLocked = true },
            DoorUnlocked => this with { DoorIsLocked = false },
            PhaseStarted e => Start(e),
            RoundClosed e => WithPhase(e.Phase, phase => phase with { RoundOpen = false }),
            RoundReopened e => WithPhase(e.Phase, phase => phase with { RoundOpen = true }),
            PhaseExtended e => WithPhase(
                e.Phase,
                phase => phase with { Deadline = Later(phase.Deadline, TimeSpan.FromMinutes(e.Minutes)) }
            ),
            DialoguePaused e => this with { Stage = Stage.Paused, PausedAt = e.At },
            DialogueResumed e => Resume(e.At),
            DialogueClosed e => this with
            {
                Stage = Stage.Closed,
                ClosedAt = e.At,
                NoAgreementsBecause = e.NoAgreementsBecause,
                Spotlight = null,
                Hands = [],
                Newcomers = Newcomers.Clear(),
            },
            ReadyMarked e => WithPhase(
                e.Phase,
                phase => phase with { Ready = e.Ready ? phase.Ready.Add(e.Seat) : phase.Ready.Remove(e.Seat) }
            ),
            HandRaised e => this with { Hands = e.Up ? (Hands.Contains(e.Seat) ? Hands : Hands.Add(e.Seat)) : Hands.Remove(e.Seat) },
            ItemWritten e => Write(e),
            ItemsRevealed e => Show(e),
            ItemErased e => Items.TryGetValue(e.Item, out var held)
                ? this with
                {
                    Items = Items.SetItem(e.Item, held with { Withdrawn = true }),
                }
                : this,
            ItemWithdrawn e => Items.TryGetValue(e.Item, out var held)
                ? this with
                {
                    Items = Items.SetItem(e.Item, held with { Withdrawn = true }),
                }
                : this,
            ItemHidden e => Items.TryGetValue(e.Item, out var held)
                ? this with
                {
                    Items = Items.SetItem(e.Item, held with { HiddenBecause = e.Reason }),
                }
                : this,
            ItemUnhidden e => WithItem(e.Item, held => held with { HiddenBecause = null, Offered = null }),
            RewordingWritten e => WithItem(e.Item, held => held with { Offered = e.Text }),
            RewordingOffered e => WithItem(e.Item, held => held with { Offered = e.Text }),
            RewordingDropped e => WithItem(e.Item, held => held with { Offered = null }),
            FactChecked e => WithItem(
                e.Item,
                held => held with { Item = held.Item with { Certainty = e.Certainty, Source = e.Source }, Checked = true }
            ),
            ItemSpotlit e => this with { Spotlight = e.Item },
            QuestionParked e => this with
            {
                Items = Items.SetItem(e.Item.Id, new HeldItem(e.Item, Holder: null, Revealed: true)),
                Parked = Parked.Add(e.Item.Id),
            },
            _ => this,
        };

    private DialogueState WithSeat(SeatId id, Func<Seat, Seat> change) =>
        Seats.TryGetValue(id.Value, out var seat) ? this with { Seats = Seats.SetItem(id.Value, change(seat)) } : this;

    private DialogueState WithScripts(IReadOnlyDictionary<string, Text> scripts) =>
        this with
        {
            Template = Template is null ? null : Template.WithScripts(scripts),
            Phases = [.. Phases.Select(phase => phase with { Template = phase.Template.WithScript(scripts) })],
        };

    public DialogueState Fold(IEnumerable<DialogueEvent> happened) => happened.Aggregate(this, (state, e) => state.Fold(e));

    private DialogueState WithItem(ItemId id, Func<HeldItem, HeldItem> change) =>
        Items.TryGetValue(id, out var held) ? this with { Items = Items.SetItem(id, change(held)) } : this;

    private DialogueState Start(PhaseStarted e)
    {
        var index = IndexOf(e.To);
        if (index < 0)
            return this;
        var left = e.From is { } id ? WithPhase(id, phase => phase with { Status = PhaseStatus.Done }) : this;
        var to = left.Phases[index];
        return left with
        {
            Stage = Stage.Running,
            Current = index,
            PausedAt = null,
            StartedAt = StartedAt ?? e.At,
            Spotlight = null,
            Phases = left.Phases.SetItem(
                index,
                to with
                {
                    Status = PhaseStatus.Open,
                    OpenedAt = e.At,
                    Deadline = Later(e.At, TimeSpan.FromMinutes(to.Template.Minutes)),
                    // Coming back to a phase never takes away what was closed: a guide reopens a round when that is meant.
                    RoundOpen = to.Status == PhaseStatus.Planned || to.RoundOpen,
                }
            ),
        };
    }

    private DialogueState Resume(DateTimeOffset at)
    {
        var paused = PausedAt is { } since ? at - since : TimeSpan.Zero;
        var running = this with { Stage = Current < 0 ? Stage.Lobby : Stage.Running, PausedAt = null };
        return CurrentPhase is { } phase ? running.WithPhase(phase.Id, p => p with { Deadline = Later(p.Deadline, paused) }) : running;
    }

    /// <summary>The time moved, or as it was when it would fall off the calendar.</summary>
    private static DateTimeOffset? Later(DateTimeOffset? at, TimeSpan by) =>
        at is { } time && (by >= TimeSpan.Zero ? DateTimeOffset.MaxValue - time >= by : time - DateTimeOffset.MinValue >= -by)
            ? time + by
            : at;

    private DialogueState Write(ItemWritten e)
    {
        var known = Items.TryGetValue(e.Item.Id, out var held);
        return this with
        {
            Items = Items.SetItem(e.Item.Id, known ? held! with { Item = e.Item } : new HeldItem(e.Item, e.Seat, Revealed: false)),
            Written = known ? Written : Written.SetItem((e.Seat, e.Item.Phase), WrittenBy(e.Seat, e.Item.Phase).Add(e.Item.Id)),
        };
    }

    private DialogueState Show(ItemsRevealed e)
    {
        var items = Items.ToBuilder();
        foreach (var item in e.Items)
            items[item.Id] = items.TryGetValue(item.Id, out var held)
                ? held with
                {
                    Item = item,
                    Revealed = true,
                    Checked = held.Checked && item.Source is not null,
                }
                : new HeldItem(item, Holder: null, Revealed: true);
        return (this with { Items = items.ToImmutable() }).WithPhase(
            e.Phase,
            phase =>
                phase with
                {
                    Shown = phase.Shown.AddRange(
                        e.Items.Select(item => item.Id).Where(id => !Items.TryGetValue(id, out var before) || !before.Revealed)
                    ),
                }
        );
    }
}

/// <summary>An item with what the dialogue remembers about it.</summary>
/// <param name="Holder">The seat that may edit it; null for what came out of a sealed box.</param>
/// <param name="HiddenBecause">Why a guide took it from the screens; null when it is not hidden.</param>
/// <param name="Offered">Other words for a hidden item, until a guide judged them; null when there are none.</param>
/// <param name="Checked">A guide checked it, and named a source.</param>
public sealed record HeldItem(
    Item Item,
    SeatId? Holder,
    bool Revealed,
    bool Withdrawn = false,
    string? HiddenBecause = null,
    string? Offered = null,
    bool Checked = false
)
{
    public bool IsShown => Revealed && !Withdrawn && HiddenBecause is null;
}

public enum PhaseStatus
{
    Planned,
    Open,
    Done,
}

/// <summary>One phase as it stands.</summary>
public sealed record PhaseState
{
    public required PhaseId Id { get; init; }
    public required PhaseTemplate Template { get; init; }
    public required Activity Kind { get; init; }
    public required ActivityState State { get; init; }
    public PhaseStatus Status { get; init; } = PhaseStatus.Planned;
    public bool RoundOpen { get; init; } = true;
    public DateTimeOffset? OpenedAt { get; init; }
    public DateTimeOffset? Deadline { get; init; }
    public ImmutableHashSet<SeatId> Ready { get; init; } = [];
    public ImmutableList<ItemId> Shown { get; init; } = [];

    /// <summary>Entries go into the sealed box and through no other door.</summary>
    public bool IsSealed => Template.Attribution == Attribution.Anonymous && Kind.CanBeSealed;

    public static PhaseState Planned(PhaseTemplate template)
    {
        var kind = ActivityCatalogue.Find(template.Activity)!;
        return new PhaseState
        {
            Id = new PhaseId(template.Key),
            Template = template,
            Kind = kind,
            State = kind.Begin,
        };
    }
}

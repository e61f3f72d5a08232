using System.Text.Json.Serialization;
using Dialogue.Templates;

namespace Dialogue;

/// <summary>
/// Something that happened in a dialogue. Events are facts, kept for ever; a named one carries a seat, never a person.
/// An event is yours to see or it is not: nothing in it is ever blanked, so whatever only some may see is an event of its own.
/// </summary>
public abstract record DialogueEvent
{
    [JsonIgnore]
    public virtual Audience Audience => Audience.Everyone;
}

/// <summary>Something that happened in one phase; the activity of that phase folds it.</summary>
public abstract record ActivityEvent(PhaseId Phase) : DialogueEvent;

/// <summary>A dialogue is there, with what everybody who comes may know of it.</summary>
/// <param name="Template">The method, without what only facilitators read; that follows in <see cref="ScriptRecorded"/>.</param>
/// <param name="TimeZone">IANA name of the zone in which its dates are dates; null is that of the Netherlands.</param>
public sealed record DialoguePrepared(string Title, string Language, CaseBrief Case, SessionTemplate Template, string? TimeZone = null)
    : DialogueEvent;

/// <summary>What the facilitator says and does in each phase.</summary>
/// <param name="Scripts">By the key of the phase; a phase without a script is not in it.</param>
public sealed record ScriptRecorded(IReadOnlyDictionary<string, Text> Scripts) : DialogueEvent
{
    [JsonIgnore]
    public override Audience Audience => Audience.Guides;
}

/// <summary>What was agreed beforehand. Who is named in it is kept beside the log (<see cref="PersonTold"/>).</summary>
public sealed record IntakeRecorded(IntakeTerms Intake) : DialogueEvent
{
    [JsonIgnore]
    public override Audience Audience => Audience.Guides;
}

/// <summary>What is known of the case before the room begins, whole. The room sees it as items as soon as the case is told.</summary>
public sealed record FactsRecorded(IReadOnlyList<Fact> Facts) : DialogueEvent;

/// <summary>
/// The cards that are dealt in this dialogue, whole: an event of its own, for a participant sees one card and not what stands on the
/// others.
/// </summary>
public sealed record CardsRecorded(IReadOnlyList<Persona> Cards) : DialogueEvent
{
    [JsonIgnore]
    public override Audience Audience => Audience.Guides;
}

public sealed record LobbyOpened(string? OverrideReason, DateTimeOffset At) : DialogueEvent;

/// <summary>
/// Somebody came. The name is not in the log (<see cref="NameTold"/>), and the perspective is an event of its own that not everybody
/// sees, so that nobody can join a name to a perspective.
/// </summary>
public sealed record SeatTaken(SeatId Seat, Role Role) : DialogueEvent;

/// <summary>From which perspective somebody takes part: for guides and for that seat, never for the room.</summary>
/// <param name="Senior">Higher in rank than others at the table.</param>
public sealed record PerspectiveTold(SeatId Seat, string Perspective, bool Senior = false) : DialogueEvent
{
    [JsonIgnore]
    public override Audience Audience => Audience.GuidesAnd(Seat);
}

/// <summary>The card that a seat was dealt, by lot.</summary>
/// <param name="Place">The place of the card among the cards of the dialogue, counted from 0.</param>
public sealed record CardDealt(SeatId Seat, int Place) : DialogueEvent
{
    [JsonIgnore]
    public override Audience Audience => Audience.GuidesAnd(Seat);
}

/// <summary>Somebody goes by another name. The name itself is not in the log.</summary>
public sealed record SeatRenamed(SeatId Seat) : DialogueEvent;

/// <summary>A guide gave somebody another role.</summary>
public sealed record RoleGiven(SeatId Seat, Role Role) : DialogueEvent;

/// <summary>Somebody left. Also for the seat itself, which has no role any more.</summary>
public sealed record SeatLeft(SeatId Seat) : DialogueEvent
{
    [JsonIgnore]
    public override Audience Audience => Audience.EveryoneAnd(Seat);
}

/// <summary>A guide took somebody from the table. The seat itself is told; the reason is in <see cref="RemovalExplained"/>.</summary>
public sealed record SeatRemoved(SeatId Seat) : DialogueEvent
{
    [JsonIgnore]
    public override Audience Audience => Audience.EveryoneAnd(Seat);
}

/// <summary>Why somebody was taken from the table: for the guides and for whom it is about.</summary>
public sealed record RemovalExplained(SeatId Seat, string Reason) : DialogueEvent
{
    [JsonIgnore]
    public override Audience Audience => Audience.GuidesAnd(Seat);
}

/// <summary>Whoever had left or was removed has the same seat again.</summary>
public sealed record SeatReturned(SeatId Seat) : DialogueEvent;

/// <summary>Somebody goes on with their seat on another device; the device that they used before is told, and hears nothing more.</summary>
public sealed record SeatMoved(SeatId Seat) : DialogueEvent
{
    [JsonIgnore]
    public override Audience Audience => Audience.GuidesAnd(Seat);
}

/// <summary>From now on newcomers wait until a guide lets them in. Whoever has a seat always gets in.</summary>
public sealed record DoorLocked : DialogueEvent;

public sealed record DoorUnlocked : DialogueEvent;

public sealed record PhaseStarted(PhaseId To, PhaseId? From, DateTimeOffset At) : DialogueEvent;

public sealed record RoundClosed(PhaseId Phase) : DialogueEvent;

public sealed record RoundReopened(PhaseId Phase) : DialogueEvent;

public sealed record PhaseExtended(PhaseId Phase, int Minutes) : DialogueEvent;

public sealed record DialoguePaused(DateTimeOffset At) : DialogueEvent;

public sealed record DialogueResumed(DateTimeOffset At) : DialogueEvent;

public sealed record DialogueClosed(DateTimeOffset At, string? NoAgreementsBecause) : DialogueEvent;

public sealed record ReadyMarked(SeatId Seat, PhaseId Phase, bool Ready) : DialogueEvent
{
    [JsonIgnore]
    public override Audience Audience => Audience.GuidesAnd(Seat);
}

public sealed record HandRaised(SeatId Seat, bool Up) : DialogueEvent;

/// <summary>Written or reworded, and for now only for its author. Showing it is a second event.</summary>
public sealed record ItemWritten(SeatId Seat, Item Item) : DialogueEvent
{
    [JsonIgnore]
    public override Audience Audience => Audience.Only(Seat);
}

/// <summary>Shown to everybody, new or reworded. What came from a sealed box appears here for the first time, shuffled.</summary>
public sealed record ItemsRevealed(PhaseId Phase, IReadOnlyList<Item> Items) : DialogueEvent;

/// <summary>Taken back by its author before anybody saw it.</summary>
public sealed record ItemErased(SeatId Seat, ItemId Item) : DialogueEvent
{
    [JsonIgnore]
    public override Audience Audience => Audience.Only(Seat);
}

/// <summary>Taken back by its author after it was shown.</summary>
public sealed record ItemWithdrawn(ItemId Item) : DialogueEvent;

/// <summary>Taken from the screens by a guide, with a reason that everybody can read.</summary>
/// <param name="By">The seat of the guide who did it.</param>
public sealed record ItemHidden(ItemId Item, string Reason, SeatId? By = null) : DialogueEvent;

/// <summary>A guide shows it again.</summary>
/// <param name="By">The seat of the guide who did it.</param>
public sealed record ItemUnhidden(ItemId Item, SeatId? By = null) : DialogueEvent;

/// <summary>New words for a hidden item, as its author wrote them; for the author alone.</summary>
public sealed record RewordingWritten(SeatId Seat, ItemId Item, string Text) : DialogueEvent
{
    [JsonIgnore]
    public override Audience Audience => Audience.Only(Seat);
}

/// <summary>New words for a hidden item, as guides see them: without whose they are.</summary>
/// <param name="Text">Null when a guide did not take them.</param>
public sealed record RewordingOffered(ItemId Item, string? Text) : DialogueEvent
{
    [JsonIgnore]
    public override Audience Audience => Audience.Guides;
}

/// <summary>A guide did not take the offered words; the item stays hidden.</summary>
public sealed record RewordingDropped(SeatId Seat, ItemId Item) : DialogueEvent
{
    [JsonIgnore]
    public override Audience Audience => Audience.Only(Seat);
}

/// <summary>A guide checked a fact.</summary>
/// <param name="By">The seat of the guide who did it.</param>
public sealed record FactChecked(ItemId Item, Certainty Certainty, string Source, SeatId By) : DialogueEvent;

public sealed record ItemSpotlit(ItemId? Item) : DialogueEvent;

public sealed record QuestionParked(Item Item) : DialogueEvent;

/// <summary>Something brought in: words, what kind of thing they are, and as much of its origin as the phase allows.</summary>
/// <param name="Perspective">Key of the perspective, unless the phase is anonymous.</param>
/// <param name="By">The seat, only in a named phase.</param>
/// <param name="Persona">Key of the card in whose shoes it was said.</param>
/// <param name="Certainty">Only for a fact: what nobody checked is to be checked.</param>
/// <param name="Source">Only for a fact: where it comes from; null when nobody said.</param>
public sealed record Item(
    ItemId Id,
    PhaseId Phase,
    ItemKind Kind,
    string Text,
    string? Bucket = null,
    string? Perspective = null,
    SeatId? By = null,
    Certainty? Certainty = null,
    string? Persona = null,
    string? Source = null
);

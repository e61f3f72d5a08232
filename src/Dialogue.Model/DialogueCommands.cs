using Dialogue.Templates;

namespace Dialogue;

/// <summary>What somebody wants. A command says nothing of who wants it: the server knows that from its own tables.</summary>
public abstract record DialogueCommand;

/// <summary>A wish about one phase; the activity of that phase decides about it.</summary>
public abstract record ActivityCommand(PhaseId Phase) : DialogueCommand;

/// <param name="TimeZone">IANA name of the zone in which the dates of this dialogue are dates; null is Europe/Amsterdam.</param>
public sealed record PrepareDialogue(
    string Title,
    string Language,
    CaseBrief Case,
    SessionTemplate Template,
    IReadOnlyList<Persona> Personas,
    string? TimeZone = null
) : DialogueCommand;

public sealed record RecordIntake(Intake Intake) : DialogueCommand;

/// <summary>What is prepared for the room: the facts and the cards, each list as it is from now on; null leaves a list as it was.</summary>
public sealed record RecordMaterial(IReadOnlyList<Fact>? Facts = null, IReadOnlyList<Persona>? Cards = null) : DialogueCommand;

/// <param name="OverrideReason">Opens the lobby although the intake is not complete; kept in the record.</param>
public sealed record OpenLobby(string? OverrideReason = null) : DialogueCommand;

public sealed record TakeSeat(string Name, string Perspective, Role Role, bool Senior = false) : DialogueCommand;

public sealed record RenameSeat(string Name) : DialogueCommand;

public sealed record LeaveSeat : DialogueCommand;

/// <summary>Gives a seat back to whoever had it before they left or were removed.</summary>
public sealed record ReturnSeat(SeatId Seat) : DialogueCommand;

/// <summary>Goes on with the same seat on another device.</summary>
public sealed record MoveSeat(SeatId Seat) : DialogueCommand;

/// <summary>Forgets by what name somebody took part. What they brought in stays.</summary>
public sealed record ForgetName(SeatId Seat) : DialogueCommand;

/// <summary>Newcomers wait from now on; see <see cref="DoorLocked"/>.</summary>
public sealed record LockDoor : DialogueCommand;

public sealed record UnlockDoor : DialogueCommand;

/// <summary>Removes somebody, or gives another role (co-facilitator, observer ...).</summary>
public sealed record GiveRole(SeatId Seat, Role Role) : DialogueCommand;

public sealed record RemoveSeat(SeatId Seat, string Reason) : DialogueCommand;

/// <summary>
/// Forward or back. <paramref name="From"/> is the phase that the guide saw as current; if it no longer is, the answer is <see
/// cref="RefusalCode.AlreadyAdvanced"/>.
/// </summary>
public sealed record StartPhase(PhaseId To, PhaseId? From) : DialogueCommand;

/// <summary>Ends the writing or weighing in a blind round and shows what came of it.</summary>
public sealed record CloseRound(PhaseId Phase) : ActivityCommand(Phase);

/// <summary>Opens a closed round again; what was shown stays shown.</summary>
public sealed record ReopenRound(PhaseId Phase) : ActivityCommand(Phase);

/// <param name="Minutes">-30..60; the clock is advice, so this changes a number on the screens and nothing else.</param>
public sealed record ExtendPhase(PhaseId Phase, int Minutes) : ActivityCommand(Phase);

public sealed record PauseDialogue : DialogueCommand;

public sealed record ResumeDialogue : DialogueCommand;

/// <param name="NoAgreementsBecause">Required when nothing was agreed: 'no action, because' is a good outcome too.</param>
public sealed record CloseDialogue(string? NoAgreementsBecause = null) : DialogueCommand;

public sealed record MarkReady(PhaseId Phase, bool Ready) : ActivityCommand(Phase);

public sealed record RaiseHand(bool Up) : DialogueCommand;

public sealed record LowerHand(SeatId Seat) : DialogueCommand;

public sealed record ParkQuestion(string Text) : DialogueCommand;

/// <summary>
/// Rewords one's own item, until its round closes. When the item is hidden the new words are offered to the guides and shown to nobody else
/// until one of them approves.
/// </summary>
public sealed record EditItem(ItemId Item, string Text) : DialogueCommand;

public sealed record WithdrawItem(ItemId Item) : DialogueCommand;

/// <summary>Takes an item from the screens with a reason that everybody can read; the author stays unknown.</summary>
public sealed record HideItem(ItemId Item, string Reason) : DialogueCommand;

/// <summary>Shows a hidden item again, in the words that it had.</summary>
public sealed record UnhideItem(ItemId Item) : DialogueCommand;

/// <summary>Shows a hidden item again in the words that its author offered; or, when not approved, drops those words.</summary>
public sealed record JudgeRewording(ItemId Item, bool Approved) : DialogueCommand;

/// <summary>A guide checked a fact: how sure it is from now on, and where that comes from.</summary>
/// <param name="Source">Required; where somebody can look.</param>
public sealed record CheckFact(ItemId Item, Certainty Certainty, string Source) : DialogueCommand;

/// <summary>Puts one item large on all screens, or none.</summary>
public sealed record SpotlightItem(ItemId? Item) : DialogueCommand;

/// <summary>The case as the room sees it, copied at preparing: later edits of the case do not change what was shown.</summary>
public sealed record CaseBrief(CaseId Id, string Title, string Story, string Domain, IReadOnlyList<Fact> Facts);

/// <summary>Something that is known of the case, or known to be unsure.</summary>
/// <param name="Source">Where it comes from; null when nobody said.</param>
public sealed record Fact(string Text, Certainty Certainty, string? Source = null);

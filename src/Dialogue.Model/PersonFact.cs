namespace Dialogue;

/// <summary>
/// What a decision makes known about a person. It is no event: the log is kept for ever and holds no person. A fact is written to a table
/// of its own in the transaction of the events that came with it, is joined to the seat when a screen is drawn, and can be erased without
/// touching the log.
/// </summary>
public abstract record PersonFact;

/// <summary>The name that somebody chose to go by; null when it is forgotten.</summary>
public sealed record NameTold(SeatId Seat, string? Name) : PersonFact;

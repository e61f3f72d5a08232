namespace Dialogue;

/// <summary>
/// Somebody who waits at a locked door until a guide lets them in. Has no seat, sees nothing of the dialogue, and is known by a number; the
/// name that they gave is kept outside the log (<see cref="NewcomerTold"/>).
/// </summary>
/// <param name="Number">Counts up within one dialogue, from 1.</param>
/// <param name="Former">The seat that they had before they left or were removed; null for whoever was never in.</param>
public sealed record Newcomer(int Number, SeatId? Former);

/// <summary>Under what name and from which perspective somebody wants to come in; null when that is forgotten.</summary>
public sealed record NewcomerTold(int Newcomer, NewcomerPerson? Person) : PersonFact;

/// <param name="Perspective">Key of a perspective of the template, or empty.</param>
public sealed record NewcomerPerson(string Name, string Perspective);

/// <summary>Wants to come in and has to wait: the door is locked, a guide removed them before, or too many come at once.</summary>
/// <param name="Former">The seat that they had before, when that is known.</param>
/// <param name="Crowded">More came within a minute than a room takes in (<see cref="Limits.NewcomersPerMinute"/>).</param>
public sealed record Knock(string Name, string Perspective, SeatId? Former = null, bool Crowded = false) : DialogueCommand;

/// <summary>Lets in somebody who waits: with a seat of their own, or the one that they had before.</summary>
public sealed record LetIn(int Newcomer) : DialogueCommand;

/// <summary>Somebody who waits does not come in.</summary>
public sealed record TurnAway(int Newcomer) : DialogueCommand;

public sealed record NewcomerWaits(int Newcomer, SeatId? Former = null) : DialogueEvent
{
    [System.Text.Json.Serialization.JsonIgnore]
    public override Audience Audience => Audience.Guides;
}

public sealed record NewcomerLetIn(int Newcomer, SeatId Seat) : DialogueEvent
{
    [System.Text.Json.Serialization.JsonIgnore]
    public override Audience Audience => Audience.Guides;
}

public sealed record NewcomerTurnedAway(int Newcomer) : DialogueEvent
{
    [System.Text.Json.Serialization.JsonIgnore]
    public override Audience Audience => Audience.Guides;
}

/// <summary>Which seats were there when a phase began or the dialogue ended: from it follows how many people took part.</summary>
public sealed record PresenceNoted(IReadOnlyList<SeatId> Seats) : DialogueEvent
{
    [System.Text.Json.Serialization.JsonIgnore]
    public override Audience Audience => Audience.Guides;
}

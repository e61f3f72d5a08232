namespace Dialogue;

/// <summary>A dialogue as the sum of its events.</summary>
public sealed record DialogueState;

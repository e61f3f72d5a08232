namespace Dialogue;

/// <summary>Something that happened in a dialogue. Events are facts, kept for ever, and never hold a person.</summary>
public abstract record DialogueEvent;

namespace Dialogue.Dialogues.Pages;

/// <summary>Marker for the words of the ordinary pages of dialogues.</summary>
public sealed class Words;

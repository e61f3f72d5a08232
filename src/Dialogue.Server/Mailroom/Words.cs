namespace Dialogue.Mailroom;

/// <summary>The words of the page that shows the letters of a demonstration.</summary>
public sealed class Words;

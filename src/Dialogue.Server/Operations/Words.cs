namespace Dialogue.Operations;

/// <summary>The words of the page that tests a connection.</summary>
public sealed class Words;

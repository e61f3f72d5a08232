namespace Dialogue.Cases;

/// <summary>Marker for the words of this module.</summary>
public sealed class Words;

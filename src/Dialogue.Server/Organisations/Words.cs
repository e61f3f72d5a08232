namespace Dialogue.Organisations;

/// <summary>The words of the screens of administrators.</summary>
public sealed class Words;

namespace Dialogue.Access;

/// <summary>The words of signing in: <c>Words.resx</c> (Dutch) and <c>Words.en.resx</c> beside this file.</summary>
public sealed class Words;

namespace Dialogue.Look;

/// <summary>The words of the frame around all pages: <c>Words.resx</c> (Dutch) and <c>Words.en.resx</c> beside this file.</summary>
public sealed class Words;

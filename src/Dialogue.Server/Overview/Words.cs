namespace Dialogue.Overview;

/// <summary>
/// The words of the page of today and of the overview: <c>Words.resx</c> (Dutch) and <c>Words.en.resx</c> beside this file.
/// </summary>
public sealed class Words;

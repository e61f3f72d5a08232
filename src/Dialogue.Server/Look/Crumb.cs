namespace Dialogue.Look;

/// <summary>A page above the one that is shown.</summary>
/// <param name="Address">Its path.</param>
/// <param name="Words">Its name, in the language of the reader.</param>
public sealed record Crumb(string Address, string Words);

/// <summary>One of the pages that belong together: a plain link.</summary>
/// <param name="Here">Whether this is the page that is shown.</param>
/// <param name="Icon">The id of a drawing; null for none.</param>
public sealed record Tab(string Address, string Words, bool Here, string? Icon = null);

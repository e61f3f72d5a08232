namespace Dialogue.Anonymous;

/// <summary>
/// What lies in a sealed box: a payload and nothing else. No type in this folder can hold a seat, a name, a moment or an order;
/// a test walks all that can be reached from here.
/// </summary>
public abstract record SealedEntry;

/// <summary>Words for an anonymous round of contributing.</summary>
public sealed record SealedItem(ItemKind Kind, string Text, string? Bucket = null) : SealedEntry;

/// <summary>A look back on the conversation: 1 to 5 for each question, and perhaps a sentence.</summary>
public sealed record SealedReflection(IReadOnlyDictionary<string, int> Answers, string? Text = null) : SealedEntry;

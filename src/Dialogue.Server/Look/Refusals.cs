using Microsoft.Extensions.Localization;

namespace Dialogue.Look;

/// <summary>Marker for <c>Refusals.resx</c>: one entry for each <see cref="RefusalCode"/>, in both languages.</summary>
public sealed class Refusals;

/// <summary>
/// Says a refusal in words. The facts of a refusal fill the places in braces: <c>{limit}</c>, <c>{min}</c>, <c>{problem}</c>.
/// When a fact is lacking the words under <c>Code.Plain</c> are used, which need none.
/// </summary>
public sealed class RefusalWords(IStringLocalizer<Refusals> words)
{
    public string Say(Answer.Refused refused) => Say(refused.Code, refused.Facts);

    public string Say(RefusalCode code, IReadOnlyDictionary<string, string>? facts = null)
    {
        var plain = words[code + ".Plain"];
        if (!plain.ResourceNotFound && !Needed(words[code.ToString()]).All(fact => facts?.ContainsKey(fact) == true))
        {
            return plain.Value;
        }

        var text = words[code.ToString()].Value;
        foreach (var fact in Needed(text))
        {
            text = text.Replace("{" + fact + "}", facts?.GetValueOrDefault(fact) ?? "", StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>
    /// For whoever fills the places later: the words with their places, and the words for when a fact is lacking, if they differ.
    /// </summary>
    public string WithPlaces(RefusalCode code) => words[code.ToString()].Value;

    public string? PlainOf(RefusalCode code) => words[code + ".Plain"] is { ResourceNotFound: false } plain ? plain.Value : null;

    private static IEnumerable<string> Needed(string text) => text.Split('{').Skip(1).Select(part => part.Split('}')[0]);
}

using Microsoft.Extensions.Localization;

namespace Dialogue.Look;

/// <summary>Marker for <c>Refusals.resx</c>: one entry for each <see cref="RefusalCode"/>, in both languages.</summary>
public sealed class Refusals;

/// <summary>Says a refusal in words. The facts of a refusal fill the places in braces: <c>{limit}</c>, <c>{name}</c>.</summary>
public sealed class RefusalWords(IStringLocalizer<Refusals> words)
{
    public string Say(Answer.Refused refused)
    {
        var found = words[refused.Code.ToString()];
        var text = found.ResourceNotFound ? words[nameof(RefusalCode.Malformed)].Value : found.Value;
        foreach (var (name, value) in refused.Facts ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            text = text.Replace("{" + name + "}", value, StringComparison.Ordinal);
        }

        return text;
    }
}

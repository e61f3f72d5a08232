using System.Globalization;
using System.Resources;

namespace Dialogue.Outcomes;

/// <summary>The words of this module: on pages by <c>IStringLocalizer&lt;Words&gt;</c>, in letters by <see cref="In"/>.</summary>
public sealed class Words
{
    private static readonly ResourceManager Resources = new("Dialogue.Outcomes.Words", typeof(Words).Assembly);

    internal delegate string Say(string key, params object[] facts);

    private Words() { }

    /// <summary>How words are said in a letter, which has no request and no reader's cookie.</summary>
    internal static Say In(CultureInfo culture) =>
        (key, facts) => Resources.GetString(key, culture) is { } words ? string.Format(culture, words, facts) : key;
}

using System.Globalization;
using System.Resources;

namespace Dialogue.FollowUp;

/// <summary>
/// The words of follow-up: <c>IStringLocalizer&lt;Words&gt;</c> on pages, <see cref="In"/> in letters, which have no request and no
/// reader's cookie.
/// </summary>
public sealed class Words
{
    private static readonly ResourceManager Resources = new("Dialogue.FollowUp.Words", typeof(Words).Assembly);

    public delegate string Sayer(string key, params object[] facts);

    private Words() { }

    public static CultureInfo CultureOf(string language) => CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "nl-NL");

    public static Sayer In(CultureInfo culture) =>
        (key, facts) => Resources.GetString(key, culture) is { } words ? string.Format(culture, words, facts) : key;
}

using System.Globalization;
using System.Resources;

namespace Dialogue.Access;

/// <summary>
/// The words of signing in and of one's own account: <c>Words.resx</c> (Dutch) and <c>Words.en.resx</c> beside this file. Pages use
/// <c>IStringLocalizer&lt;Words&gt;</c>; mails, which have no request, use <see cref="In"/>.
/// </summary>
public sealed class Words
{
    private static readonly ResourceManager Resources = new("Dialogue.Access.Words", typeof(Words).Assembly);

    public delegate string Sayer(string key, params object[] facts);

    private Words() { }

    public static Sayer In(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "nl-NL");
        return (key, facts) => Resources.GetString(key, culture) is { } words ? string.Format(culture, words, facts) : key;
    }
}

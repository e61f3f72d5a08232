using Microsoft.Extensions.Localization;

namespace Dialogue.Look;

public static class Plural
{
    /// <summary>
    /// "1 vraag" or "4 vragen": takes <c>key.One</c> or <c>key.Many</c>, with the number as <c>{0}</c> and
    /// <paramref name="more"/> as <c>{1}</c> and on. Zero is many, in Dutch and in English.
    /// </summary>
    public static string Count<T>(this IStringLocalizer<T> words, string key, int count, params object[] more) =>
        words[count == 1 ? key + ".One" : key + ".Many", [count, .. more]];
}

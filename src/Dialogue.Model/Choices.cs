using System.Text.Json;

namespace Dialogue;

/// <summary>
/// How one of several is written where people or files choose: in templates, in forms, in columns of tables and as the end of the name of
/// its words, always in camel case (<c>toCheck</c>). There is no second spelling.
/// </summary>
public static class Choices
{
    /// <summary>The word of a choice, such as <c>toCheck</c>.</summary>
    public static string Word<T>(this T choice)
        where T : struct, Enum => Of<T>.Words[choice];

    /// <summary>The choice with this word; null when there is none, or no word.</summary>
    public static T? Read<T>(string? word)
        where T : struct, Enum => word is not null && Of<T>.ByWord.TryGetValue(word, out var choice) ? choice : null;

    /// <summary>All choices, in the order in which they are offered.</summary>
    public static IReadOnlyList<T> All<T>()
        where T : struct, Enum => Of<T>.All;

    private static class Of<T>
        where T : struct, Enum
    {
        public static readonly T[] All = Enum.GetValues<T>();
        public static readonly Dictionary<T, string> Words = All.ToDictionary(
            choice => choice,
            choice => JsonNamingPolicy.CamelCase.ConvertName(choice.ToString())
        );
        public static readonly Dictionary<string, T> ByWord = Words.ToDictionary(
            pair => pair.Value,
            pair => pair.Key,
            StringComparer.Ordinal
        );
    }
}

using System.Text.RegularExpressions;

namespace Dialogue.Cases;

/// <summary>
/// Looks for what may point at a citizen: numbers like a citizen service number, e-mail addresses, telephone numbers, dates of birth. It
/// asks and never forbids, for it is wrong now and then in both directions.
/// </summary>
public static partial class PersonalDetails
{
    /// <summary>What was found, as kind (<c>bsn</c>, <c>email</c>, <c>phone</c>, <c>birthDate</c>) and the words themselves.</summary>
    public static IReadOnlyList<Suspected> In(params string?[] texts)
    {
        var found = new List<Suspected>();
        foreach (var text in texts.OfType<string>())
        {
            found.AddRange(Emails().Matches(text).Select(match => new Suspected("email", match.Value)));
            found.AddRange(
                NineDigits().Matches(text).Where(match => IsCitizenNumber(match.Value)).Select(match => new Suspected("bsn", match.Value))
            );
            found.AddRange(Phones().Matches(text).Select(match => new Suspected("phone", match.Value.Trim())));
            found.AddRange(Dates().Matches(text).Select(match => new Suspected("birthDate", match.Value)));
        }

        // The same digits can look like two things: the first kind is told.
        return [.. found.DistinctBy(one => one.Words)];
    }

    /// <summary>The eleven test: the check that a citizen service number passes and one in eleven other numbers does too.</summary>
    private static bool IsCitizenNumber(string text)
    {
        var digits = text.Where(char.IsAsciiDigit).Select(digit => digit - '0').ToArray();
        if (digits.Length != 9 || digits.All(digit => digit == 0))
            return false;
        var sum = 0;
        for (var place = 0; place < 8; place++)
            sum += digits[place] * (9 - place);
        return (sum - digits[8]) % 11 == 0;
    }

    [GeneratedRegex(@"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Emails();

    [GeneratedRegex(
        @"\b\d{4}[. ]?\d{2}[. ]?\d{3}\b|\b\d{3}[. ]\d{3}[. ]\d{3}\b",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex NineDigits();

    [GeneratedRegex(@"(?:\+31|\b0031|\b0)[ -]?\(?[1-9](?:[ -]?\d){8}\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Phones();

    [GeneratedRegex(
        @"\b(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|1[0-2]|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|"
            + @"november|december)[-/. ](?:19|20)\d{2}\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex Dates();
}

public sealed record Suspected(string Kind, string Words);

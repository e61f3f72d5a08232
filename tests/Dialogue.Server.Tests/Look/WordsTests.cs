using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dialogue.Architecture;

namespace Dialogue.Look;

/// <summary>The words on the screen, both languages, read from the sources.</summary>
public sealed partial class WordsTests
{
    private const int Longest = 20;

    /// <summary>A sentence that may be longer, by file and key, and why.</summary>
    private static readonly Dictionary<string, string> MayBeLonger = new(StringComparer.Ordinal) { };

    private static readonly string Server = Repository.PathOf("src", "Dialogue.Server");

    private static string[] DutchFiles { get; } =
    [
        .. Directory
            .EnumerateFiles(Server, "*.resx", SearchOption.AllDirectories)
            .Where(file =>
                !file.EndsWith(".en.resx", StringComparison.Ordinal)
                && !file.Contains("/obj/", StringComparison.Ordinal)
                && !file.Contains("/bin/", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Dutch { get; } = [.. DutchFiles.Select(file => Path.GetRelativePath(Server, file))];

    private static Dictionary<string, string> Read(string file) =>
        XDocument
            .Load(Path.Combine(Server, file))
            .Root!.Elements("data")
            .ToDictionary(entry => entry.Attribute("name")!.Value, entry => entry.Element("value")!.Value, StringComparer.Ordinal);

    private static string English(string file) => Path.ChangeExtension(file, null) + ".en.resx";

    private static string Places(string text) =>
        string.Join(' ', Place().Matches(text).Select(place => place.Value).Distinct().Order(StringComparer.Ordinal));

    private static string One(string key, string text) =>
        key.EndsWith(".One", StringComparison.Ordinal) ? text.Replace("{0}", "", StringComparison.Ordinal) : text;

    private static IEnumerable<string> LongSentences(string text, int longest = Longest) =>
        SentenceEnd().Split(text).Where(sentence => Word().Count(sentence) > longest);

    [Fact]
    public void There_are_words_in_every_module_with_a_screen() => DutchFiles.Length.ShouldBeGreaterThanOrEqualTo(9);

    [Theory, MemberData(nameof(Dutch))]
    public void Both_languages_have_the_same_words_with_the_same_places(string file)
    {
        var (dutch, english) = (Read(file), Read(English(file)));
        dutch.ShouldNotBeEmpty();
        english.Keys.Order(StringComparer.Ordinal).ShouldBe(dutch.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, text) in dutch)
        {
            // Words for exactly one may say "one" and leave the number out.
            Places(One(key, english[key])).ShouldBe(Places(One(key, text)), $"{file} {key}");
            text.ShouldNotBeNullOrWhiteSpace(key);
            english[key].ShouldNotBeNullOrWhiteSpace(key);
        }
    }

    [Fact]
    public void Every_refusal_has_words_and_none_is_left_over()
    {
        var words = Read(Path.Combine("Look", "Refusals.resx")).Keys.ToHashSet(StringComparer.Ordinal);
        Enum.GetNames<RefusalCode>().Where(code => !words.Contains(code)).ShouldBeEmpty();
        words.Select(key => key.Split('.')[0]).Distinct(StringComparer.Ordinal).Except(Enum.GetNames<RefusalCode>()).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Dutch))]
    public void Dutch_is_written_for_everybody(string file)
    {
        foreach (var (key, text) in Read(file))
        {
            if (!MayBeLonger.ContainsKey($"{file} {key}"))
                LongSentences(text).ShouldBeEmpty($"{file} {key}");
            Stiff().IsMatch(text).ShouldBeFalse($"{file} {key}: {text}");
            Familiar().IsMatch(text).ShouldBeFalse($"{file} {key}: {text}");
        }
    }

    [Fact]
    public void The_check_sees_a_long_sentence_a_stiff_word_and_a_second_form_of_address()
    {
        LongSentences(string.Join(' ', Enumerable.Repeat("woord", 20)) + ".").ShouldBeEmpty();
        LongSentences("Kort. " + string.Join(' ', Enumerable.Repeat("woord", 21)) + ".").Count().ShouldBe(1);
        Stiff().IsMatch("Bel ons indien nodig").ShouldBeTrue();
        Familiar().IsMatch("Wat kun Je nu doen?").ShouldBeTrue();
        Familiar().IsMatch("een vraagje van uzelf").ShouldBeFalse();
        Places("{0} van {limit}").ShouldNotBe(Places("{limit}"));
    }

    /// <summary>
    /// In resources a sentence has at most 20 words. What a facilitator reads aloud or keeps at hand may be a little longer. Length is only
    /// one sign of plain language: a short sentence can be hard, and no test sees that.
    /// </summary>
    [Fact]
    public void Templates_and_values_address_people_in_one_way_in_sentences_of_at_most_25_words()
    {
        var texts = ScreenTexts
            .All.Where(text => text.Language == "nl" && !text.Where.Contains("/Words ", StringComparison.Ordinal))
            .ToList();
        texts.Count.ShouldBeGreaterThan(500);
        texts.Where(text => Familiar().IsMatch(text.Words)).ShouldBeEmpty();
        texts
            .Where(text => LongSentences(text.Words, 25).Any() && !text.Where.EndsWith("origin", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [GeneratedRegex(@"\{[A-Za-z0-9]+(:[^}]*)?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Place();

    [GeneratedRegex(@"(?<=[.!?:])\s+|\n")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"[\w{}'’\-]+")]
    private static partial Regex Word();

    [GeneratedRegex(
        @"\b(indien|middels|betreffende|faciliteren|stakeholders?|teneinde|derhalve|conform)\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Stiff();

    [GeneratedRegex(@"\b(je|jij|jou|jouw|jullie)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Familiar();
}

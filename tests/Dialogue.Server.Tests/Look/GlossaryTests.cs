using System.Text.RegularExpressions;
using Dialogue.Architecture;

namespace Dialogue.Look;

/// <summary>
/// One thing has one word: the table "Words on screens" in <c>docs/glossary.md</c> names for each term the words to avoid, and none of
/// those stands in a text of the product.
/// </summary>
[Trait("Finding", "C5")]
public sealed class GlossaryTests
{
    /// <summary>Where a word to avoid means something else. By language, word and place; the reason beside it.</summary>
    private static readonly Dictionary<(string Language, string Word, string Where), string> MayStand = new()
    {
        [("nl", "deze stap", "Dialogues/Pages/Words SaveStep")] = "preparing a dialogue has steps of its own",
        [("en", "this step", "Dialogues/Pages/Words SaveStep")] = "preparing a dialogue has steps of its own",
        [("nl", "volgende stap", "Dialogues/Pages/Words DialoguesLead")] = "what to do next with a dialogue, not a phase of it",
        [("en", "next step", "Dialogues/Pages/Words DialoguesLead")] = "what to do next with a dialogue, not a phase of it",
        [("en", "each step", "kafka-check/kafka-check.phases[7]/waarden.script")] = "the steps of the data through the chain",
        [("nl", "als het tegenzit", "values robustness")] = "what the value means, not a plan",
        [("en", "letter", "Dialogues/Room/Words Commit.EvidenceHint")] = "a letter on paper, as evidence",
        [("en", "entry", "FollowUp/Words EvidenceKind.RegisterEntry")] = "an entry in a register of algorithms",
        [("en", "task", "Dialogues/Room/Words Skip.Task")] = "what the group is asked to do now",
    };

    /// <summary>A row of the table: a term in both languages with the words to avoid in each.</summary>
    public sealed record Term(string Dutch, string English, string[] AvoidDutch, string[] AvoidEnglish)
    {
        public override string ToString() => Dutch;
    }

    private static IReadOnlyList<Term> Terms { get; } = [.. Read(File.ReadLines(Repository.PathOf("docs", "glossary.md")))];

    private static IEnumerable<Term> Read(IEnumerable<string> lines) =>
        lines
            .SkipWhile(line => !line.StartsWith("## Words on screens", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal))
            .Skip(1)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new Term(cells[1], cells[2], List(cells[3]), List(cells[4])));

    private static string[] List(string cell) => cell.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool Has(string text, string word) =>
        Regex.IsMatch(
            text,
            $@"(?<![\w-]){Regex.Escape(word)}(?![\w-])",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1)
        );

    private static IEnumerable<string> Faults(IEnumerable<ScreenText> texts, IReadOnlyList<Term> terms) =>
        from text in texts
        from term in terms
        from word in text.Language == "nl" ? term.AvoidDutch : term.AvoidEnglish
        where Has(text.Words, word) && !MayStand.ContainsKey((text.Language, word, text.Where))
        select $"{text.Language} {text.Where}: '{word}' (say '{(text.Language == "nl" ? term.Dutch : term.English)}'): {text.Words}";

    [Fact]
    public void No_text_has_a_word_that_the_glossary_avoids()
    {
        Terms.Count.ShouldBeGreaterThan(25);
        Terms.Sum(term => term.AvoidDutch.Length + term.AvoidEnglish.Length).ShouldBeGreaterThan(80);
        ScreenTexts.All.Count.ShouldBeGreaterThan(3_000);
        Faults(ScreenTexts.All, Terms).ShouldBeEmpty();
    }

    [Fact]
    public void An_exception_that_is_no_longer_needed_goes()
    {
        foreach (var ((language, word, where), reason) in MayStand)
        {
            reason.ShouldNotBeNullOrWhiteSpace();
            ScreenTexts
                .All.Where(text => text.Language == language && text.Where == where)
                .ShouldContain(text => Has(text.Words, word), $"{language} {where} {word}");
        }
    }

    [Fact]
    public void A_term_is_one_word_and_no_other_term_avoids_it()
    {
        Terms.Select(term => term.Dutch).ShouldBeUnique();
        foreach (var term in Terms)
        {
            term.Dutch.ShouldNotContain(',');
            Terms.SelectMany(other => other.AvoidDutch).ShouldNotContain(term.Dutch);
            Terms.SelectMany(other => other.AvoidEnglish).ShouldNotContain(term.English);
        }
    }

    [Fact]
    public void The_check_sees_a_word_that_is_planted_and_leaves_longer_words_alone()
    {
        var terms = Read(["## Words on screens", "| Dutch | English | a | b |", "| vak | column | bak, lege bak | bin |", "## Next"])
            .ToList();
        terms.ShouldHaveSingleItem().AvoidDutch.ShouldBe(["bak", "lege bak"]);
        ScreenText Say(string language, string words) => new(language, "planted", words);
        Faults([Say("nl", "Zet het in een Bak."), Say("en", "Put it in the bin.")], terms).Count().ShouldBe(2);
        Faults([Say("nl", "De bakker heeft een zandbak, en een vak."), Say("en", "a cabinet; bak is Dutch")], terms).ShouldBeEmpty();
    }
}

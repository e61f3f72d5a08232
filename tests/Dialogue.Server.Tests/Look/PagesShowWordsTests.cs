using System.Net;
using System.Text.RegularExpressions;
using Dialogue.Cases;
using Dialogue.Dialogues;
using Dialogue.FollowUp;
using Dialogue.Operations;
using Dialogue.Operations.Demo;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Look;

/// <summary>
/// The pages of the whole demo are read in both languages: no key of a resource, no name of an enum and no code word stands in what a
/// reader sees.
/// </summary>
[Trait("Finding", "D3")]
public sealed partial class PagesShowWordsTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    /// <summary>Keys with a dot (<c>Effect.Partly</c>) and keys of several words (<c>NothingFound</c>).</summary>
    private static readonly HashSet<string> Keys = ScreenTexts
        .All.Where(text => text.Where.Contains(".", StringComparison.Ordinal) || text.Where.Contains("/", StringComparison.Ordinal))
        .Select(text => text.Where.Split(' ')[^1])
        .Where(key => key.Contains('.', StringComparison.Ordinal) || Humps().Count(key) > 1)
        .ToHashSet(StringComparer.Ordinal);

    private static readonly HashSet<string> Dutch = ScreenTexts
        .All.Where(text => text.Language == "nl")
        .SelectMany(text => Token().Matches(text.Words).Select(match => match.Value))
        .ToHashSet(StringComparer.Ordinal);

    private static readonly HashSet<string> Names = typeof(DialogueState)
        .Assembly.GetTypes()
        .Concat(typeof(Program).Assembly.GetTypes())
        .Where(type => type.IsEnum && type.Namespace?.StartsWith("Dialogue", StringComparison.Ordinal) == true)
        .SelectMany(Enum.GetNames)
        .Except(["Manager", "Dossier"]) // Dutch words too: the job of a person of the demo, and what it wrote
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>What stands in a page that a reader would not understand.</summary>
    private static IEnumerable<string> CodeWords(string html, string language)
    {
        var shown = WebUtility.HtmlDecode(Tags().Replace(Unseen().Replace(html, " "), " "));
        return Token()
            .Matches(shown)
            .Select(match => match.Value)
            .Where(token =>
                Keys.Contains(token)
                || (Humps().Count(token) > 1 && Names.Contains(token))
                || (language == "nl" && Names.Contains(token) && !Dutch.Contains(token))
                || MissingKey().IsMatch(token)
            )
            .Distinct(StringComparer.Ordinal);
    }

    private async Task<List<string>> Addresses()
    {
        await server.Get<DemoCases>().Seed(Stop);
        await using var db = await server.Database();
        var addresses = new List<string>
        {
            "/",
            "/vragen",
            "/vragen/nieuw",
            "/dialogen",
            "/opvolging",
            "/uitleg",
            "/privacy",
            "/beheer/templates",
        };
        foreach (var one in await db.Set<CaseRow>().Select(row => row.Id).ToListAsync(Stop))
            addresses.AddRange([$"/vragen/{one}", $"/vragen/{one}/wijzigen", $"/dialogen/nieuw?vraag={one}"]);
        foreach (var one in await db.Set<DialogueRow>().Select(row => new { row.Id, row.Code }).ToListAsync(Stop))
            addresses.AddRange([$"/dialogen/{one.Id}/voorbereiden", $"/dialogen/{one.Id}/uitkomst", $"/ruimte/{one.Code}/regie"]);
        foreach (var one in await db.Set<AgreedActionRow>().Select(row => row.Id).ToListAsync(Stop))
            addresses.Add($"/opvolging/{one}");
        return addresses;
    }

    [Theory, InlineData("nl"), InlineData("en")]
    public async Task No_page_of_the_demo_shows_a_key_or_a_code_word(string language)
    {
        var addresses = await Addresses();
        var read = 0;
        var found = new List<string>();
        foreach (var person in (string[])[DemoOrganisation.Facilitator.Email, DemoOrganisation.Manager.Email])
        {
            using var browser = await server.SignedIn(person);
            foreach (var address in addresses)
            {
                using var answer = await browser.GetAsync(
                    $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}culture={language}",
                    Stop
                );
                if (answer.StatusCode != HttpStatusCode.OK)
                    continue;
                read++;
                found.AddRange(CodeWords(await answer.Content.ReadAsStringAsync(Stop), language).Select(word => $"{address}: {word}"));
            }
        }
        read.ShouldBeGreaterThan(30);
        found.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void The_check_sees_a_key_an_enum_and_a_code_word_that_are_planted()
    {
        CodeWords("<p>Effect.Partly</p><script>State.Closed</script>", "nl").ShouldBe(["Effect.Partly"]);
        CodeWords("<p class=\"NothingFound\">NotFeasible: te duur</p>", "nl").ShouldBe(["NotFeasible"]);
        CodeWords("<p>Partly: er mist iets</p>", "nl").ShouldBe(["Partly"]);
        CodeWords("<p>NothingFound</p>", "en").ShouldBe(["NothingFound"]);
        CodeWords("<p>Het is gesloten. Zie www.voorbeeld.nl of mail naar A.Jansen@dwb.voorbeeld.</p>", "nl").ShouldBeEmpty();
    }

    [GeneratedRegex("<(script|style|template)\\b.*?</\\1>|<!--.*?-->|<input[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Unseen();

    [GeneratedRegex("<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tags();

    [GeneratedRegex(@"[A-Za-z][A-Za-z-]*(\.[A-Za-z]+)*", RegexOptions.ExplicitCapture)]
    private static partial Regex Token();

    [GeneratedRegex("[A-Z][a-z]+")]
    private static partial Regex Humps();

    /// <summary>A key that no resource has looks like this too: a capital, a dot, a capital.</summary>
    [GeneratedRegex(@"^[A-Z][a-z]+[A-Za-z]*\.[A-Z][A-Za-z]+$")]
    private static partial Regex MissingKey();
}

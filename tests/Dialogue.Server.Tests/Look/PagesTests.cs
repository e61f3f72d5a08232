using System.Net;
using System.Text.RegularExpressions;
using Dialogue.Architecture;
using Dialogue.Operations;

namespace Dialogue.Look;

/// <summary>
/// The pages as they leave the server: nothing inline and nothing from elsewhere, so that the policy in the headers costs nothing.
/// </summary>
public sealed partial class PagesTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly string[] Open =
    [
        "/",
        "/inloggen",
        "/meedoen/234-567-89A",
        "/uitleg",
        "/privacy",
        "/toegankelijkheid",
        "/bestaat-niet",
    ];
    private static readonly string[] ForStaff = ["/vandaag", "/vragen", "/vragen/nieuw", "/dialogen", "/opvolging"];

    private static IEnumerable<string> Inline(string html) => InlineCode().Matches(html).Select(match => match.Value);

    private static IEnumerable<string> Elsewhere(string html) => Loaded().Matches(html).Select(match => match.Groups["from"].Value);

    private static void Check(string path, string html)
    {
        html.ShouldContain("<html");
        Inline(html).ShouldBeEmpty(path);
        Elsewhere(html).ShouldBeEmpty(path);
    }

    [Fact]
    public async Task Pages_have_nothing_inline_and_load_nothing_from_elsewhere()
    {
        using var http = server.Browser();
        foreach (var path in Open)
            Check(
                path,
                await (await http.GetAsync(path, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(
                    TestContext.Current.CancellationToken
                )
            );
    }

    [Theory, InlineData("nl"), InlineData("en")]
    public async Task So_do_pages_for_staff(string language)
    {
        using var http = await server.SignedIn(DemoOrganisation.Facilitator.Email);
        foreach (var path in ForStaff)
        {
            var answer = await http.GetAsync($"{path}?culture={language}", TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            html.ShouldContain($"lang=\"{language}\"");
            Check(path, html);
        }
    }

    [Fact]
    public void The_check_sees_inline_code_and_a_file_from_elsewhere()
    {
        Inline("<p style=\"color:red\">").Count().ShouldBe(1);
        Inline("<script>alert(1)</script>").Count().ShouldBe(1);
        Inline("<script src=\"/js/a.js\"></script><style>p{}</style>").Count().ShouldBe(1);
        Inline("<button type=\"submit\" onclick=\"x()\">").Count().ShouldBe(1);
        Inline("<a href=\"javascript:x()\">").Count().ShouldBe(1);
        Inline("<p>once upon a time = style</p>").ShouldBeEmpty();
        Elsewhere("<img src=\"https://else.where/a.png\"><link rel=\"stylesheet\" href=\"//cdn/a.css\">").Count().ShouldBe(2);
        Elsewhere("<a href=\"https://else.where/\">there</a>").ShouldBeEmpty();
    }

    [Fact]
    public void Scripts_and_styles_name_no_other_address()
    {
        var root = Repository.PathOf("src", "Dialogue.Server", "wwwroot");
        var ours = Directory
            .GetFiles(Path.Combine(root, "js"), "*.js")
            .Concat(Directory.GetFiles(Path.Combine(root, "css"), "*.css"))
            .ToArray();
        ours.Length.ShouldBeGreaterThan(10);
        foreach (var file in ours)
            OtherAddress().Matches(File.ReadAllText(file)).Select(match => match.Value).ShouldBeEmpty(Path.GetFileName(file));
        // What came with the libraries: styles load nothing; the hub's script names addresses in its messages and comments only.
        foreach (var file in Directory.GetFiles(Path.Combine(root, "lib"), "*.css", SearchOption.AllDirectories))
            Regex.Matches(File.ReadAllText(file), @"@import|url\(\s*[""']?(https?:)?//").ShouldBeEmpty(Path.GetFileName(file));
    }

    [GeneratedRegex(
        """<script(?![^>]*\ssrc=)[^>]*>|<style\b|<[a-z][^>]*\s(style|on[a-z]+)\s*=|(href|src|action)\s*=\s*["']?\s*javascript:""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex InlineCode();

    [GeneratedRegex(
        """<(script|img|link|iframe|source|video|audio|object|embed|form)\b[^>]*\s(src|href|data|action|srcset)\s*=\s*["'](?<from>(https?:)?//[^"']*)""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Loaded();

    [GeneratedRegex("""(https?|wss?):(//)|["'(]//[a-z]|@import""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex OtherAddress();
}

using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Dialogue.Dialogues;
using Dialogue.Operations;

namespace Dialogue.Access;

/// <summary>What every answer carries, and what a request must look like before anybody looks at it.</summary>
public sealed class HttpTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/inloggen", 200)]
    [InlineData("/bestaat-niet", 404)]
    [InlineData("/vragen", 302)]
    [InlineData("/health/live", 200)]
    [InlineData("/api/v1/me", 401)]
    [InlineData("/api/v1/bestaat-niet", 404)]
    [InlineData("/api/v1/actions/0d1a1090-0000-7000-8000-000000000099", 401)]
    public async Task Every_answer_has_the_headers_that_protect(string path, int status)
    {
        using var http = server.Browser();
        var answer = await http.GetAsync(path, Stop);
        ((int)answer.StatusCode).ShouldBe(status);
        string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join("|", values) : "";
        var policy = Header("Content-Security-Policy");
        foreach (
            var part in new[]
            {
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "connect-src 'self'",
                "form-action 'self'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
                "object-src 'none'",
            }
        )
            policy.ShouldContain(part);
        foreach (var part in new[] { "unsafe-", "https:", "http:", "*", "127.0.0.1" })
            policy.ShouldNotContain(part);
        Header("X-Content-Type-Options").ShouldBe("nosniff");
        Header("Referrer-Policy").ShouldBe("no-referrer");
        Header("Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        Header("Cross-Origin-Resource-Policy").ShouldBe("same-origin");
        Header("Permissions-Policy").ShouldContain("microphone=()");
        answer.Headers.Contains("Server").ShouldBeFalse();
        answer.Headers.Contains("X-Powered-By").ShouldBeFalse();
    }

    [Fact]
    public async Task A_picture_that_is_opened_by_itself_loads_and_runs_nothing()
    {
        using var http = server.Browser();
        var answer = await http.GetAsync("/icon.svg", Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; frame-ancestors 'none'"]);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    /// <summary>They are governed by the policies of the page, and the same in every language, so that a cache may keep one.</summary>
    [Theory]
    [InlineData("/css/tokens.css")]
    [InlineData("/js/room.js")]
    public async Task Parts_of_a_page_carry_what_protects_them_and_no_more(string path)
    {
        using var http = server.Browser();
        var answer = await http.GetAsync(path, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["same-origin"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        answer.Headers.Contains("Content-Security-Policy").ShouldBeFalse();
        answer.Headers.Vary.ShouldNotContain("Cookie");
        answer.Content.Headers.ContentLanguage.ShouldBeEmpty();
    }

    /// <summary>A body that cannot be read answers as an error and carries the same headers.</summary>
    [Fact]
    public async Task An_error_has_them_too()
    {
        using var http = server.Browser();
        var answer = await http.PostAsync("/api/v1/sign-in", new StringContent("{", null, "application/json"), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.Contains("Content-Security-Policy").ShouldBeTrue();
    }

    public static TheoryData<string, string?, bool, bool> Origins()
    {
        var rows = new TheoryData<string, string?, bool, bool>();
        foreach (var path in new[] { "/hubs/dialogue/negotiate?negotiateVersion=1", "/api/v1/sign-out" })
        {
            rows.Add(path, "own", true, true);
            rows.Add(path, "own", false, true);
            rows.Add(path, null, true, false);
            rows.Add(path, null, false, true);
            foreach (var cookie in new[] { true, false })
            {
                rows.Add(path, "null", cookie, false);
                rows.Add(path, "https://evil.example", cookie, false);
                rows.Add(path, "http://evil.localhost", cookie, false);
            }
        }
        return rows;
    }

    [Theory, MemberData(nameof(Origins))]
    public async Task Another_site_cannot_use_our_visitor(string path, string? origin, bool cookie, bool mayPass)
    {
        using var http = server.Browser(withOrigin: false, keepCookies: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (origin is not null)
            request.Headers.Add("Origin", origin == "own" ? server.Origin() : origin);
        if (cookie)
            request.Headers.Add("Cookie", "staff=whatever");
        var status = (await http.SendAsync(request, Stop)).StatusCode;
        (status != HttpStatusCode.Forbidden).ShouldBe(mayPass, status.ToString());
        if (mayPass)
            ((int)status).ShouldBeLessThan(300);
    }

    [Fact]
    public async Task Cookies_cannot_be_read_by_scripts_nor_sent_from_elsewhere()
    {
        using var http = server.Browser(keepCookies: false);
        var answers = new[]
        {
            await http.PostAsJsonAsync(
                "/api/v1/sign-in",
                new { email = DemoOrganisation.Facilitator.Email, password = DemoOrganisation.Password },
                Stop
            ),
            await http.GetAsync("/inloggen?culture=en&theme=dark", Stop),
        };
        var cookies = answers.SelectMany(answer => answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : []).ToArray();
        cookies.Select(cookie => cookie.Split('=')[0]).Order(StringComparer.Ordinal).ShouldBe(["form", "language", "staff", "theme"]);
        foreach (var cookie in cookies)
        {
            cookie.ShouldContain("httponly", Case.Insensitive);
            cookie.ShouldMatch("(?i)samesite=(lax|strict)");
            cookie.ShouldContain("path=/", Case.Insensitive);
            cookie.ShouldNotContain("domain=", Case.Insensitive);
        }
    }

    [Theory, InlineData("/inloggen"), InlineData("/uitloggen")]
    public async Task A_form_without_the_token_of_a_page_of_ours_is_refused(string path)
    {
        using var http = server.Browser();
        using var form = new FormUrlEncodedContent([new("_handler", "sign-in"), new("Form.Email", "x"), new("Form.Password", "y")]);
        (await http.PostAsync(path, form, Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public void Join_codes_are_uniform_and_have_no_look_alikes()
    {
        foreach (var alike in "ILOU01")
            JoinCode.Alphabet.ShouldNotContain(alike);
        var counts = new int[JoinCode.Length, JoinCode.Alphabet.Length];
        const int Many = 100_000;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Many; i++)
        {
            var code = JoinCode.New();
            JoinCode.IsWellFormed(code).ShouldBeTrue();
            seen.Add(code);
            for (var place = 0; place < code.Length; place++)
                counts[place, JoinCode.Alphabet.IndexOf(code[place], StringComparison.Ordinal)]++;
        }
        seen.Count.ShouldBe(Many);
        var expected = (double)Many / JoinCode.Alphabet.Length;
        for (var place = 0; place < JoinCode.Length; place++)
        {
            var chiSquare = Enumerable
                .Range(0, JoinCode.Alphabet.Length)
                .Sum(letter => Math.Pow(counts[place, letter] - expected, 2) / expected);
            // 29 degrees of freedom: beyond 80 happens by chance less than once in a million times.
            chiSquare.ShouldBeLessThan(80, string.Create(CultureInfo.InvariantCulture, $"place {place}"));
        }
    }
}

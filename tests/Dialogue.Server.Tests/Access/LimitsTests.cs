using System.Net;
using System.Net.Http.Json;
using Dialogue.Operations;
using Microsoft.Extensions.Time.Testing;

namespace Dialogue.Access;

/// <summary>Guessing is slow, and costs nobody else anything.</summary>
public sealed class LimitsTests
{
    private static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Three_hundred_wrong_codes_a_minute_is_all_an_address_may_try()
    {
        var time = new FakeTimeProvider(Noon);
        var wrong = new WrongCodes(time);
        for (var i = 0; i < WrongCodes.PerAddress; i++)
        {
            wrong.MayTry("a").ShouldBeTrue();
            wrong.Count("a");
        }
        wrong.MayTry("a").ShouldBeFalse();
        wrong.MayTry("b").ShouldBeTrue();
        time.Advance(TimeSpan.FromMinutes(1));
        wrong.MayTry("a").ShouldBeTrue();
    }

    [Fact]
    public void Many_addresses_together_have_a_limit_too()
    {
        var wrong = new WrongCodes(new FakeTimeProvider(Noon));
        for (var i = 0; i < WrongCodes.Everywhere; i++)
            wrong.Count($"address {i}");
        // Whoever made few mistakes is still listened to: others cannot shut a whole installation (B7).
        wrong.MayTry("a new one").ShouldBeTrue();
        for (var i = 0; i < WrongCodes.FewMistakes; i++)
            wrong.Count("a guesser");
        wrong.MayTry("a guesser").ShouldBeFalse();
    }

    [Fact]
    public void Right_codes_cost_nothing()
    {
        var wrong = new WrongCodes(new FakeTimeProvider(Noon));
        for (var i = 0; i < 1000; i++)
            wrong.MayTry("a").ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_guesses_codes_over_HTTP_is_told_to_wait()
    {
        await using var server = new RunningServer();
        using var http = server.Browser(keepCookies: false);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < (WrongCodes.PerAddress * 2) + 20 && !statuses.Contains(HttpStatusCode.TooManyRequests); i++)
            statuses.Add(
                (
                    await http.PostAsJsonAsync(
                        "/api/v1/join",
                        new
                        {
                            code = "234567892",
                            name = "x",
                            perspective = "",
                            language = "nl",
                        },
                        TestContext.Current.CancellationToken
                    )
                ).StatusCode
            );
        // The window is a minute of the clock: a test that runs over its edge gets twice as many.
        statuses.Count(status => status == HttpStatusCode.NotFound).ShouldBeInRange(WrongCodes.PerAddress, WrongCodes.PerAddress * 2);
        statuses[^1].ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Whoever_guesses_passwords_is_told_to_wait_and_learns_nothing_before()
    {
        await using var server = new RunningServer();
        using var http = server.Browser(keepCookies: false);
        async Task<(HttpStatusCode, string)> Try(string email)
        {
            var answer = await http.PostAsJsonAsync(
                "/api/v1/sign-in",
                new { email, password = "verkeerd wachtwoord" },
                TestContext.Current.CancellationToken
            );
            var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return (answer.StatusCode, System.Text.RegularExpressions.Regex.Replace(body, "\"traceId\":\"[^\"]*\"", ""));
        }
        var known = await Try(DemoOrganisation.Facilitator.Email);
        known.Item1.ShouldBe(HttpStatusCode.Unauthorized);
        (await Try("niemand@dwb.voorbeeld")).ShouldBe(known);
        var attempts = server.Get<SignInAttempts>();
        while (attempts.Take("127.0.0.1") | attempts.Take("::1") | attempts.Take("::ffff:127.0.0.1")) { }
        (await Try(DemoOrganisation.Facilitator.Email)).Item1.ShouldBe(HttpStatusCode.TooManyRequests);
    }
}

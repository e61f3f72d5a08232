using System.Net;
using System.Net.Http.Json;
using Dialogue.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Dialogue.Access;

/// <summary>Guessing gets slower for whoever guesses, and for nobody else.</summary>
public sealed class SignInDelaysTests
{
    private static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("Finding", "B8")]
    public void Each_wrong_try_waits_longer_up_to_a_quarter_of_an_hour_and_is_forgotten_in_an_hour()
    {
        var time = new FakeTimeProvider(Noon);
        var delays = new SignInDelays(time);
        for (var i = 1; i < SignInDelays.Free; i++)
            delays.Wrong("a", "x").ShouldBe(TimeSpan.Zero);
        delays.Wrong("a", "x").ShouldBe(SignInDelays.First);
        delays.Wrong("a", "x").ShouldBe(SignInDelays.First * 2);
        delays.Wrong("a", "x").ShouldBe(SignInDelays.First * 4);
        for (var i = 0; i < 20; i++)
            delays.Wrong("a", "x");
        delays.Left("a", "x").ShouldBe(SignInDelays.Longest);
        delays.Left("b", "x").ShouldBe(TimeSpan.Zero);
        delays.Left("a", "y").ShouldBe(TimeSpan.Zero);
        time.Advance(TimeSpan.FromMinutes(61));
        delays.Wrong("a", "x").ShouldBe(TimeSpan.Zero);
        delays.Right("a", "x");
        delays.Left("a", "x").ShouldBe(TimeSpan.Zero);
    }

    [Fact, Trait("Finding", "B8")]
    public async Task A_stranger_cannot_lock_out_somebody_who_signs_in_from_elsewhere()
    {
        await using var server = new RunningServer();
        await using var scope = server.Services.CreateAsyncScope();
        var delays = server.Get<SignInDelays>();
        // What four hundred wrong passwords from another address leave behind.
        for (var i = 0; i < 400; i++)
            delays.Wrong("203.0.113.7", DemoOrganisation.Facilitator.Email.ToUpperInvariant());
        delays.Left("203.0.113.7", DemoOrganisation.Facilitator.Email.ToUpperInvariant()).ShouldBeGreaterThan(TimeSpan.FromMinutes(14));
        (await server.SignedIn(DemoOrganisation.Facilitator.Email)).Dispose();
    }

    [Fact, Trait("Finding", "B8")]
    public async Task Whoever_guesses_is_told_to_wait_for_an_account_that_exists_and_for_one_that_does_not()
    {
        await using var server = new RunningServer();
        using var http = server.Browser(keepCookies: false);
        foreach (var email in new[] { DemoOrganisation.Manager.Email, "niemand@dwb.voorbeeld" })
        {
            async Task<HttpResponseMessage> Try() =>
                await http.PostAsJsonAsync("/api/v1/sign-in", new { email, password = "verkeerd wachtwoord" }, Stop);
            for (var i = 0; i < SignInDelays.Free; i++)
                (await Try()).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            var waits = await Try();
            waits.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            waits.Headers.RetryAfter.ShouldNotBeNull();
        }
        // Another account at the same address is untouched.
        (await server.SignedIn(DemoOrganisation.Facilitator.Email)).Dispose();
    }

    [Fact, Trait("Finding", "K8")]
    public void A_stranger_who_guesses_the_set_up_code_takes_it_from_nobody()
    {
        var time = new FakeTimeProvider(Noon);
        using var lines = new LoggedLines();
        using var loggers = new Microsoft.Extensions.Logging.LoggerFactory([lines]);
        var security = new SecurityLog(loggers);
        var setup = new SetupCode(time, null!, new SignInDelays(time), security, NullLogger<SetupCode>.Instance);
        var code = setup.Renew();
        for (var i = 0; i < 100; i++)
            setup.Use("WRONGWRONGWR", "203.0.113.7").ShouldBeFalse();
        setup.Left("203.0.113.7").ShouldBeGreaterThan(TimeSpan.Zero);
        setup.Use(code, "203.0.113.7").ShouldBeFalse("even the right one waits there");
        setup.Use(code, "198.51.100.1").ShouldBeTrue();
        setup.Use(code, "198.51.100.1").ShouldBeFalse("once");
        var written = lines.Take();
        written.ShouldContain(line => line.Contains("Wrong set-up code from 203.0.113.7", StringComparison.Ordinal));
        written.ShouldAllBe(line =>
            !line.Contains(code, StringComparison.Ordinal) && !line.Contains("WRONGWRONG", StringComparison.Ordinal)
        );
    }

    [Fact, Trait("Finding", "K8")]
    public async Task The_security_log_says_who_and_what_and_holds_no_name_address_or_password()
    {
        using var lines = new LoggedLines();
        await using var server = new RunningServer(lines, ("Logging:LogLevel:Dialogue.Security", "Information"));
        using var http = server.Browser();
        await http.PostAsJsonAsync(
            "/api/v1/sign-in",
            new { email = DemoOrganisation.Manager.Email, password = "geheim geheim geheim" },
            Stop
        );
        using var signedIn = await server.SignedIn(DemoOrganisation.Manager.Email);
        await signedIn.PostAsync("/api/v1/sign-out", null, Stop);
        var security = lines.Take().Where(line => line.StartsWith(SecurityLog.Category, StringComparison.Ordinal)).ToArray();
        foreach (var what in new[] { "Sign-in refused", "Signed in", "Signed out" })
            security.ShouldContain(line =>
                line.Contains(what, StringComparison.Ordinal)
                && line.Contains(DemoOrganisation.Manager.Id.ToString(), StringComparison.Ordinal)
            );
        foreach (var secret in new[] { "geheim", "Margriet", "margriet", "dwb.voorbeeld", DemoOrganisation.Password })
            security.ShouldAllBe(line => !line.Contains(secret, StringComparison.Ordinal));
    }
}

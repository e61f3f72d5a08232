using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dialogue.Mailroom;
using Dialogue.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dialogue.Access;

/// <summary>What somebody does with their own account: password, devices, language, two steps; and coming back after signing in.</summary>
public sealed partial class OwnAccountTests : IAsyncDisposable
{
    private const string NewPassword = "blauwe fiets in de regen";
    private static readonly DemoOrganisation.Person Who = DemoOrganisation.CoachLead;
    private readonly RunningServer server = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static async Task<HttpResponseMessage> Post(HttpClient http, string path, string handler, params (string, string)[] fields) =>
        await PostFrom(http, await http.GetStringAsync(path, Stop), path, handler, fields);

    private static async Task<HttpResponseMessage> PostFrom(
        HttpClient http,
        string page,
        string path,
        string handler,
        params (string, string)[] fields
    )
    {
        using var form = new FormUrlEncodedContent([
            new("_handler", handler),
            new("form", Browsers.FormToken(page)),
            .. fields.Select(field => KeyValuePair.Create(field.Item1, field.Item2)),
        ]);
        return await http.PostAsync(path, form, Stop);
    }

    [GeneratedRegex("<code class=\"utrecht-code\">(?<text>[^<]+)</code>")]
    private static partial Regex Codes();

    /// <summary>Types the password to begin; the page with the key, and where it is.</summary>
    private static async Task<(string Page, string Body)> Begin(HttpClient http)
    {
        var begun = await Post(http, "/account/tweede-stap", "begin", ("BeginForm.Password", DemoOrganisation.Password));
        begun.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = new Uri(http.BaseAddress!, begun.Headers.Location!).PathAndQuery;
        return (page, await http.GetStringAsync(page, Stop));
    }

    private async Task<string[]> Subjects(string to)
    {
        await using var db = await server.Database();
        return await db.Set<OutboxRow>().Where(row => row.To == to).Select(row => row.Subject).ToArrayAsync(Stop);
    }

    [Fact]
    public async Task Another_password_asks_for_the_old_one_and_signs_out_the_other_devices()
    {
        using var here = await server.SignedIn(Who.Email);
        using var there = await server.SignedIn(Who.Email);
        (string, string)[] Fields(string current, string wanted) =>
            [("PasswordForm.Current", current), ("PasswordForm.New", wanted), ("PasswordForm.Again", wanted)];
        (await Post(here, "/account", "change-password", Fields("verkeerd wachtwoord", NewPassword))).StatusCode.ShouldBe(
            HttpStatusCode.UnprocessableEntity
        );
        (await Post(here, "/account", "change-password", Fields(DemoOrganisation.Password, "kort"))).StatusCode.ShouldBe(
            HttpStatusCode.UnprocessableEntity
        );
        (await Post(here, "/account", "change-password", Fields(DemoOrganisation.Password, NewPassword))).StatusCode.ShouldBe(
            HttpStatusCode.Redirect
        );
        (await here.GetAsync("/api/v1/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await there.GetAsync("/api/v1/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.SignedIn(Who.Email, NewPassword)).Dispose();
        (await Subjects(Who.Email)).ShouldContain("Uw wachtwoord is gewijzigd");
    }

    [Fact]
    public async Task Sessions_are_listed_in_plain_words_and_end_one_by_one()
    {
        using var here = await server.SignedIn(Who.Email);
        using var there = server.Browser();
        there.DefaultRequestHeaders.Add("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0");
        await there.PostAsJsonAsync("/api/v1/sign-in", new { email = Who.Email, password = DemoOrganisation.Password }, Stop);
        var page = await here.GetStringAsync("/account", Stop);
        page.ShouldContain("Firefox, Windows");
        page.ShouldNotContain("Gecko");
        page.ShouldContain("dit apparaat");
        var handler = Regex.Match(page, "value=\"(?<name>session-[0-9a-f]{32})\"").Groups["name"].Value;
        (await PostFrom(here, page, "/account", handler)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await there.GetAsync("/api/v1/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await here.GetAsync("/api/v1/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_somebody_else()
    {
        using var mine = await server.SignedIn(Who.Email);
        using var other = await server.SignedIn(DemoOrganisation.Manager.Email);
        await using var scope = server.Services.CreateAsyncScope();
        var sessions = scope.ServiceProvider.GetRequiredService<StaffSessions>();
        var theirs = (await sessions.Of(DemoOrganisation.Manager.Id, Stop)).ShouldHaveSingleItem();
        await sessions.EndOne(Who.Id, theirs.Id, Stop);
        (await other.GetAsync("/api/v1/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_language_of_mails_follows_the_person()
    {
        using var http = await server.SignedIn(Who.Email);
        (await Post(http, "/account", "language", ("LanguageForm.Language", "en"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await Post(
            http,
            "/account",
            "change-password",
            ("PasswordForm.Current", DemoOrganisation.Password),
            ("PasswordForm.New", NewPassword),
            ("PasswordForm.Again", NewPassword)
        );
        (await Subjects(Who.Email)).ShouldContain("Your password was changed");
    }

    [Fact]
    public async Task A_new_address_is_asked_with_the_password_and_the_old_mailbox_hears_of_it()
    {
        using var http = await server.SignedIn(Who.Email);
        const string New = "femke@nieuw.voorbeeld";
        (
            await Post(http, "/account", "change-address", ("AddressForm.Address", New), ("AddressForm.Password", "niet het wachtwoord"))
        ).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Subjects(New)).ShouldBeEmpty();
        (
            await Post(
                http,
                "/account",
                "change-address",
                ("AddressForm.Address", New),
                ("AddressForm.Password", DemoOrganisation.Password)
            )
        ).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Subjects(New)).ShouldBe(["Bevestig uw e-mailadres"]);
        (await Subjects(Who.Email)).ShouldBe(["Iemand wil het e-mailadres van uw account wijzigen"]);
    }

    [Fact]
    public async Task With_a_second_step_a_password_alone_opens_nothing()
    {
        using var http = await server.SignedIn(Who.Email);
        var (page, body) = await Begin(http);
        var key = Codes().Match(body).Groups["text"].Value;
        key.Length.ShouldBeGreaterThan(30, body);
        body.ShouldContain("<svg");
        (await PostFrom(http, body, page, "confirm", ("ConfirmForm.Code", "000000"))).StatusCode.ShouldBe(
            HttpStatusCode.UnprocessableEntity
        );
        // Kept, for the half minute that it stands for may end while this runs.
        var used = AuthenticatorApp.CodeOf(key);
        var on = await PostFrom(http, body, page, "confirm", ("ConfirmForm.Code", used));
        var recovery = Codes().Matches(await on.Content.ReadAsStringAsync(Stop)).Select(match => match.Groups["text"].Value).ToArray();
        recovery.Length.ShouldBe(10);

        // Shown once, and kept as hashes; the key is not readable in the database.
        await using (var db = await server.Database())
        {
            var kept = await db.UserTokens.Select(token => token.Value).ToArrayAsync(Stop);
            kept.ShouldNotBeEmpty();
            foreach (var secret in recovery.Append(key.Replace(" ", "", StringComparison.Ordinal)))
                kept.ShouldAllBe(value => !value!.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }

        using var other = server.Browser();
        async Task<(HttpStatusCode, string)> Api(string? code)
        {
            var answer = await other.PostAsJsonAsync(
                "/api/v1/sign-in",
                new
                {
                    email = Who.Email,
                    password = DemoOrganisation.Password,
                    code,
                },
                Stop
            );
            var text = await answer.Content.ReadAsStringAsync(Stop);
            return (answer.StatusCode, text.Length == 0 ? "" : JsonDocument.Parse(text).RootElement.GetProperty("type").GetString()!);
        }
        (await Api(null)).ShouldBe((HttpStatusCode.Unauthorized, "urn:dialogue:refusal:second-step-needed"));
        (await other.GetAsync("/api/v1/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await other.GetAsync("/account", Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Api(used)).Item1.ShouldBe(HttpStatusCode.Unauthorized, "the code that turned it on was used");
        (await Api(AuthenticatorApp.CodeOf(key, 1))).Item1.ShouldBe(HttpStatusCode.NoContent);

        // On the pages: password, then a recovery code, then back to where one was going. It works once.
        using var third = server.Browser();
        var first = await Post(
            third,
            "/inloggen?terug=%2Fvragen",
            "sign-in",
            ("Form.Email", Who.Email),
            ("Form.Password", DemoOrganisation.Password)
        );
        var second = first.Headers.Location!.OriginalString;
        second.ShouldContain("/inloggen/tweede-stap");
        var back = await Post(third, second, "second-step", ("Form.Code", recovery[0].ToLowerInvariant()));
        back.Headers.Location!.OriginalString.ShouldEndWith("/vragen");
        (await third.GetAsync("/vragen", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Api(recovery[0])).Item1.ShouldBe(HttpStatusCode.Unauthorized);
        (await Subjects(Who.Email)).ShouldContain("De tweede stap van het inloggen staat aan");
    }

    [Fact]
    public async Task Guessing_the_code_of_the_second_step_waits_whatever_address_it_comes_from()
    {
        using var http = await server.SignedIn(Who.Email);
        var (page, body) = await Begin(http);
        var key = Codes().Match(body).Groups["text"].Value;
        await PostFrom(http, body, page, "confirm", ("ConfirmForm.Code", AuthenticatorApp.CodeOf(key)));
        await using var scope = server.Services.CreateAsyncScope();
        var step = scope.ServiceProvider.GetRequiredService<SecondStep>();
        await using var db = await server.Database();
        var account = await db.Users.SingleAsync(a => a.Id == Who.Id, Stop);
        for (var i = 0; i < SignInDelays.Free; i++)
            (await step.Check(account, "000000", $"198.51.100.{i}")).Answer.ShouldBe(SignInAnswer.Wrong);
        (await step.Check(account, AuthenticatorApp.CodeOf(key, 1), "203.0.113.9")).Answer.ShouldBe(SignInAnswer.MustWait);
    }

    [Fact]
    public async Task Where_the_organisation_asks_for_two_steps_nothing_opens_before_they_are_set_up()
    {
        await using var strict = new RunningServer(services => services.AddScoped<ISecondFactorPolicy, Always>());
        using var http = await strict.SignedIn(Who.Email);
        (await http.GetAsync("/vragen", Stop)).Headers.Location!.OriginalString.ShouldEndWith("/account/tweede-stap");
        (await http.GetAsync("/api/v1/cases", Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await http.GetAsync("/account", Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var (page, body) = await Begin(http);
        await PostFrom(
            http,
            body,
            page,
            "confirm",
            ("ConfirmForm.Code", AuthenticatorApp.CodeOf(Codes().Match(body).Groups["text"].Value))
        );
        (await http.GetAsync("/vragen", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var off = await Post(
            http,
            "/account/tweede-stap",
            "manage",
            ("ManageForm.Password", DemoOrganisation.Password),
            ("ManageForm.Act", "TurnOff")
        );
        off.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact, Trait("Finding", "B1")]
    public async Task An_administrator_helps_somebody_who_lost_the_phone_and_not_themselves()
    {
        using var http = await server.SignedIn(Who.Email);
        var (page, body) = await Begin(http);
        await PostFrom(
            http,
            body,
            page,
            "confirm",
            ("ConfirmForm.Code", AuthenticatorApp.CodeOf(Codes().Match(body).Groups["text"].Value))
        );
        var signIn = new { email = Who.Email, password = DemoOrganisation.Password };
        using var other = server.Browser();
        (await other.PostAsJsonAsync("/api/v1/sign-in", signIn, Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        using var administrator = await server.SignedIn(DemoOrganisation.Administrator.Email);
        var onPage = $"/beheer/mensen/{Who.Id}";
        (await administrator.GetStringAsync(onPage, Stop)).ShouldContain("_handler\" value=\"second-factor\"");
        (await Post(administrator, onPage, "second-factor")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await administrator.GetStringAsync(onPage, Stop)).ShouldNotContain("_handler\" value=\"second-factor\"");

        // Signed out where it was signed in; the password is asked for as ever, and the person and the trail know who did it.
        (await http.GetAsync("/api/v1/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await other.PostAsJsonAsync("/api/v1/sign-in", signIn with { password = "verkeerd" }, Stop)).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        (await other.PostAsJsonAsync("/api/v1/sign-in", signIn, Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Subjects(Who.Email)).ShouldContain("De tweede stap van het inloggen staat uit");
        (await administrator.GetStringAsync("/beheer/spoor", Stop)).ShouldContain("Tweede stap uitgezet");

        var own = $"/api/v1/people/{DemoOrganisation.Administrator.Id}/second-factor";
        (await administrator.DeleteAsync(own, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private sealed class Always : ISecondFactorPolicy
    {
        public Task<bool> Required(Guid organisation, CancellationToken stop) => Task.FromResult(true);
    }

    [Theory, Trait("Finding", "G8")]
    [InlineData("/vragen")]
    [InlineData("/opvolging?status=open")]
    [InlineData("/account")]
    [InlineData("/dialogen/0d1a1090-0000-7000-8000-000000000099/uitkomst")]
    [InlineData("/dialogen/0d1a1090-0000-7000-8000-000000000099/voorbereiden")]
    public async Task Who_is_signed_out_signs_in_and_comes_back(string path)
    {
        using var http = server.Browser();
        var away = await http.GetAsync(path, Stop);
        away.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var signIn = new Uri(server.Address, away.Headers.Location!).PathAndQuery;
        signIn.ShouldBe("/inloggen?terug=" + Uri.EscapeDataString(path));
        var back = await Post(
            http,
            signIn,
            "sign-in",
            ("Form.Email", DemoOrganisation.Facilitator.Email),
            ("Form.Password", DemoOrganisation.Password)
        );
        new Uri(server.Address, back.Headers.Location!).PathAndQuery.ShouldBe(path);
    }

    [Theory]
    [InlineData("//elders.example")]
    [InlineData("/\\elders.example")]
    [InlineData("/\t/elders.example")]
    [InlineData("https://elders.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("elders")]
    [InlineData("")]
    [InlineData(null)]
    public void Nobody_is_sent_to_another_site_after_signing_in(string? address) => ReturnAddress.Local(address).ShouldBe("/vandaag");

    [Theory, InlineData("/"), InlineData("/vragen?x=1"), InlineData("/ruimte/234567892/regie")]
    public void An_address_of_ours_is_kept(string address) => ReturnAddress.Local(address).ShouldBe(address);

    [Theory]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1", "Safari, iPhone")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android")]
    [InlineData("curl/8.0", "")]
    [InlineData(null, "")]
    public void A_device_is_named_in_a_few_words(string? agent, string words) => Devices.Of(agent).ShouldBe(words);
}

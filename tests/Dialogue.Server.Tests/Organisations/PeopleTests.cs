using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dialogue.Access;
using Dialogue.Look;
using Dialogue.Mailroom;
using Dialogue.Operations;
using Dialogue.Trail;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations;

/// <summary>Row B1: people come in by invitation, get and lose rights, and leave, without SQL.</summary>
[Trait("Finding", "B1")]
public sealed partial class PeopleTests : IAsyncDisposable
{
    private const string Password = "vier koeien in een sloot";
    private readonly RunningServer server = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private Task<HttpClient> Administrator() => server.SignedIn(DemoOrganisation.Administrator.Email);

    private static async Task<Guid> Id(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Stop));
        return await answer.Content.ReadFromJsonAsync<Guid>(Stop);
    }

    private static async Task<string> Code(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("type").GetString()!.Split(':')[^1];

    private static async Task Done(Task<HttpResponseMessage> answer)
    {
        var given = await answer;
        given.StatusCode.ShouldBe(HttpStatusCode.OK, await given.Content.ReadAsStringAsync(Stop));
    }

    /// <summary>The path of the newest link that was mailed to an address, with the text of that mail.</summary>
    private async Task<(string Path, string Text)> Mailed(string to)
    {
        await using var db = await server.Database();
        var text = await db.Set<OutboxRow>().Where(letter => letter.To == to).OrderByDescending(letter => letter.Id).FirstAsync(Stop);
        // The text of a mail that has left is erased; then it is in the folder.
        var words = text.TextBody.Length > 0 ? text.TextBody : await InFolder(to);
        return (LinkInMail().Match(words).Groups["path"].Value, words);
    }

    private async Task<string> InFolder(string to)
    {
        var files = Directory.GetFiles(server.Get<MailSettings>().Folder, "*.eml").OrderDescending(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var message = await MimeKit.MimeMessage.LoadAsync(file, Stop);
            if (message.To.ToString() == to)
                return message.TextBody!;
        }

        throw new InvalidOperationException("no mail to " + to);
    }

    private async Task ChoosePassword(string to)
    {
        var (path, _) = await Mailed(to);
        using var browser = server.Browser();
        var page = await browser.GetStringAsync(path, Stop);
        var answer = await browser.PostAsync(
            path,
            new FormUrlEncodedContent(PageForm.In(page, path)[0].Filled(("Form.Password", Password), ("Form.Again", Password))),
            Stop
        );
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.Redirect, HttpStatusCode.Found, HttpStatusCode.SeeOther);
    }

    private async Task<(Guid Id, HttpClient Http)> Colleague(HttpClient administrator, string name, params StaffRole[] roles)
    {
        var email = name.ToLowerInvariant() + "@dwb.voorbeeld";
        var id = await Id(
            await administrator.PostAsJsonAsync(
                "/api/v1/people",
                new
                {
                    name,
                    email,
                    roles = roles.Select(role => role.ToString()),
                },
                Stop
            )
        );
        await ChoosePassword(email);
        return (id, await server.SignedIn(email, Password));
    }

    [Fact]
    public async Task Somebody_is_invited_chooses_a_password_and_gets_and_loses_rights_at_once()
    {
        using var http = await Administrator();
        var (id, mia) = await Colleague(http, "Mia", StaffRole.Facilitator);
        using var _ = mia;
        (await mia.GetFromJsonAsync<JsonElement>("/api/v1/me", Stop)).GetProperty("roles")[0].GetString().ShouldBe("Facilitator");
        (await mia.GetAsync("/beheer/mensen", Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await Done(http.PutAsJsonAsync($"/api/v1/people/{id}", new { name = "Mia Zon", roles = new[] { "administrator" } }, Stop));
        (await mia.GetAsync("/beheer/mensen", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Code(await http.PostAsJsonAsync("/api/v1/people", new { name = "x", email = "MIA@dwb.voorbeeld" }, Stop))).ShouldBe(
            "already-account"
        );
        (await Code(await http.PostAsJsonAsync("/api/v1/people", new { name = "x", email = "geen adres" }, Stop))).ShouldBe(
            "address-invalid"
        );
        (await Code(await http.PostAsJsonAsync("/api/v1/people", new { name = " ", email = "x@y.test" }, Stop))).ShouldBe("name-missing");

        await using var db = await server.Database();
        var trail = await db.Set<AuditRow>().Where(row => row.SubjectId == id.ToString()).OrderBy(row => row.At).ToListAsync(Stop);
        trail.Select(row => row.Act).ShouldBe([AuditAct.AccountInvited, AuditAct.RolesChanged, AuditAct.AccountChanged], ignoreOrder: true);
        trail.First(row => row.Act == AuditAct.RolesChanged).Detail.ShouldBe("Facilitator → Administrator");
        string.Join(' ', trail.Select(row => row.Detail)).ShouldNotContain("Mia");
    }

    [Fact]
    public async Task An_invitation_that_is_sent_again_ends_the_one_before()
    {
        using var http = await Administrator();
        var id = await Id(await http.PostAsJsonAsync("/api/v1/people", new { name = "Wout", email = "wout@dwb.voorbeeld" }, Stop));
        var (first, _) = await Mailed("wout@dwb.voorbeeld");
        await Done(http.PostAsync($"/api/v1/people/{id}/invitation", null, Stop));
        using var browser = server.Browser();
        (await browser.GetAsync(first, Stop)).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        await ChoosePassword("wout@dwb.voorbeeld");
        (await Code(await http.PostAsync($"/api/v1/people/{id}/invitation", null, Stop))).ShouldBe("already-answered");
    }

    [Fact]
    public async Task An_address_changes_when_the_mail_to_it_is_confirmed()
    {
        using var http = await Administrator();
        var (id, bo) = await Colleague(http, "Bo");
        bo.Dispose();
        await Done(http.PostAsJsonAsync($"/api/v1/people/{id}/address", new { email = "bo.nieuw@dwb.voorbeeld" }, Stop));
        await using var db = await server.Database();
        (await db.Users.AsNoTracking().SingleAsync(account => account.Id == id, Stop)).Email.ShouldBe("bo@dwb.voorbeeld");
        (await Mailed("bo.nieuw@dwb.voorbeeld")).Path.ShouldStartWith("/account/adres/");
        (
            await Code(await http.PostAsJsonAsync($"/api/v1/people/{id}/address", new { email = DemoOrganisation.Manager.Email }, Stop))
        ).ShouldBe("already-account");
    }

    [Fact]
    public async Task Whoever_stops_cannot_sign_in_and_can_come_back()
    {
        using var http = await Administrator();
        var (id, cas) = await Colleague(http, "Cas");
        using var _ = cas;
        await Done(http.PostAsync($"/api/v1/people/{id}/deactivate", null, Stop));
        (await cas.GetAsync("/api/v1/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var browser = server.Browser();
        (
            await browser.PostAsJsonAsync("/api/v1/sign-in", new { email = "cas@dwb.voorbeeld", password = Password }, Stop)
        ).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await Done(http.PostAsync($"/api/v1/people/{id}/reactivate", null, Stop));
        (await server.SignedIn("cas@dwb.voorbeeld", Password)).Dispose();
    }

    [Fact]
    public async Task The_last_administrator_stays_whatever_is_tried()
    {
        using var http = await Administrator();
        var me = DemoOrganisation.Administrator.Id;
        (await Code(await http.PostAsync($"/api/v1/people/{me}/deactivate", null, Stop))).ShouldBe("last-administrator");
        (
            await Code(await http.PutAsJsonAsync($"/api/v1/people/{me}", new { name = "Wies", roles = Array.Empty<string>() }, Stop))
        ).ShouldBe("last-administrator");
        // Somebody who was only invited cannot sign in yet and does not count.
        await Id(
            await http.PostAsJsonAsync(
                "/api/v1/people",
                new
                {
                    name = "Later",
                    email = "later@dwb.voorbeeld",
                    roles = new[] { "administrator" },
                },
                Stop
            )
        );
        (await Code(await http.PostAsync($"/api/v1/people/{me}/deactivate", null, Stop))).ShouldBe("last-administrator");
        (await http.GetAsync("/beheer", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_two_administrators_who_end_each_other_at_once_one_is_refused()
    {
        using var first = await Administrator();
        var (id, second) = await Colleague(first, "Tweede", StaffRole.Administrator);
        using var _ = second;
        var answers = await Task.WhenAll(
            first.PostAsync($"/api/v1/people/{id}/deactivate", null, Stop),
            second.PostAsync($"/api/v1/people/{DemoOrganisation.Administrator.Id}/deactivate", null, Stop)
        );
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        await using var db = await server.Database();
        (
            await db.Users.CountAsync(
                account =>
                    account.OrganisationId == DemoOrganisation.OrganisationId
                    && account.DeactivatedAt == null
                    && account.Roles == StaffRole.Administrator,
                Stop
            )
        ).ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_holds_a_function_hands_it_on_before_the_account_ends()
    {
        using var http = await Administrator();
        var (id, pia) = await Colleague(http, "Pia");
        pia.Dispose();
        await Done(http.PutAsJsonAsync("/api/v1/functions", new { function = "sponsor", account = id }, Stop));
        (await Code(await http.PostAsync($"/api/v1/people/{id}/deactivate", null, Stop))).ShouldBe("still-held");
        var held = (await http.GetFromJsonAsync<JsonElement>($"/api/v1/people/{id}/held", Stop)).EnumerateArray().ShouldHaveSingleItem();
        held.GetProperty("kind").GetString().ShouldBe("holds-function");
        var key = held.GetProperty("key").GetString()!;
        var to = new Dictionary<string, Guid> { [key] = DemoOrganisation.Manager.Id };
        (await (await http.PostAsJsonAsync($"/api/v1/people/{id}/held", to, Stop)).Content.ReadAsStringAsync(Stop)).ShouldBe("[]");
        await Done(http.PostAsync($"/api/v1/people/{id}/deactivate", null, Stop));
        (await http.GetStringAsync("/api/v1/functions", Stop)).ShouldContain(DemoOrganisation.Manager.Email);
    }

    [Fact]
    public async Task Whoever_guides_a_dialogue_hands_it_to_another_facilitator_before_the_account_ends()
    {
        using var http = await Administrator();
        var (id, gil) = await Colleague(http, "Gil", StaffRole.Facilitator);
        using var _ = gil;
        var question = await gil.PostAsJsonAsync(
            "/api/v1/cases",
            new
            {
                title = "Een vraag van Gil",
                story = "Een verhaal dat lang genoeg is.",
                domain = "other",
                trigger = "signal",
            },
            Stop
        );
        var caseId = (await question.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString();
        var wish = new
        {
            caseId,
            template = "kort-gesprek",
            title = "Een dialoog van Gil",
        };
        var prepared = await gil.PostAsJsonAsync("/api/v1/dialogues", wish, Stop);
        prepared.StatusCode.ShouldBe(HttpStatusCode.OK, await prepared.Content.ReadAsStringAsync(Stop));
        (await Code(await http.PostAsync($"/api/v1/people/{id}/deactivate", null, Stop))).ShouldBe("still-held");
        var held = (await http.GetFromJsonAsync<JsonElement>($"/api/v1/people/{id}/held", Stop)).EnumerateArray().ShouldHaveSingleItem();
        held.GetProperty("title").GetString().ShouldBe("Een dialoog van Gil");
        var key = held.GetProperty("key").GetString()!;
        // Somebody who is no facilitator cannot take it over.
        var manager = new Dictionary<string, Guid> { [key] = DemoOrganisation.Manager.Id };
        (await (await http.PostAsJsonAsync($"/api/v1/people/{id}/held", manager, Stop)).Content.ReadAsStringAsync(Stop)).ShouldContain(key);
        var noor = new Dictionary<string, Guid> { [key] = DemoOrganisation.Facilitator.Id };
        (await (await http.PostAsJsonAsync($"/api/v1/people/{id}/held", noor, Stop)).Content.ReadAsStringAsync(Stop)).ShouldBe("[]");
        await Done(http.PostAsync($"/api/v1/people/{id}/deactivate", null, Stop));
    }

    [Fact]
    public async Task An_installation_holds_several_organisations_and_only_the_first_adds_them()
    {
        using var http = await Administrator();
        var wish = new
        {
            name = "Registratiebureau Personen",
            timeZone = "Europe/Amsterdam",
            language = "nl",
            administratorName = "Rik Baan",
            administratorEmail = "rik@rbp.voorbeeld",
        };
        var made = await Id(await http.PostAsJsonAsync("/api/v1/organisations", wish, Stop));
        (await Code(await http.PostAsJsonAsync("/api/v1/organisations", wish with { administratorEmail = "a@b.test" }, Stop))).ShouldBe(
            "already-organisation"
        );
        await ChoosePassword("rik@rbp.voorbeeld");
        using var rik = await server.SignedIn("rik@rbp.voorbeeld", Password);
        (await rik.GetFromJsonAsync<JsonElement>("/api/v1/organisation", Stop)).GetProperty("id").GetGuid().ShouldBe(made);
        (await rik.GetAsync("/api/v1/organisations", Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await rik.GetAsync("/beheer/installatie", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await rik.GetAsync("/beheer/begin", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Code(await rik.PostAsync($"/api/v1/people/{DemoOrganisation.Manager.Id}/deactivate", null, Stop))).ShouldBe(
            "no-such-account"
        );
        (await rik.GetStringAsync("/api/v1/people", Stop)).ShouldNotContain("dwb.voorbeeld");
        (await http.GetStringAsync("/api/v1/people", Stop)).ShouldNotContain("rbp.voorbeeld");
    }

    [Fact]
    public async Task The_first_steps_can_be_left_and_go_away_when_they_are_done()
    {
        using var http = await Administrator();
        await Id(
            await http.PostAsJsonAsync(
                "/api/v1/organisations",
                new
                {
                    name = "Nieuw Bureau",
                    timeZone = "Europe/Amsterdam",
                    language = "nl",
                    administratorName = "Eva",
                    administratorEmail = "eva@nieuw.voorbeeld",
                },
                Stop
            )
        );
        await ChoosePassword("eva@nieuw.voorbeeld");
        using var eva = await server.SignedIn("eva@nieuw.voorbeeld", Password);
        (await Steps()).ShouldBe("todo todo todo todo");
        var settings = (await eva.GetFromJsonAsync<Dictionary<string, object>>("/api/v1/organisation", Stop))!;
        settings["address"] = "Straat 1";
        foreach (var read in (string[])["id", "hasLogo", "runsInstallation"])
            settings.Remove(read);
        await Done(eva.PutAsJsonAsync("/api/v1/organisation", settings, Stop));
        await Id(await eva.PostAsJsonAsync("/api/v1/people", new { name = "Gijs", email = "gijs@nieuw.voorbeeld" }, Stop));
        var tried = await eva.PostAsync("/api/v1/organisation/mail-test", null, Stop);
        (await tried.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("outcome").GetString().ShouldBe("folder");
        (await Steps()).ShouldBe("done done done todo");

        var finish = PageForm.In(await eva.GetStringAsync("/beheer/begin", Stop), "/beheer/begin").Single(form => form.Name == "finish");
        await eva.PostAsync("/beheer/begin", new FormUrlEncodedContent(finish.Filled()), Stop);
        (await eva.GetAsync("/beheer/begin", Stop)).Headers.Location!.ToString().ShouldEndWith("/beheer");
        (await eva.GetStringAsync("/beheer", Stop)).ShouldNotContain("/beheer/begin");

        async Task<string> Steps() =>
            string.Join(
                ' ',
                StateOfStep()
                    .Matches(await eva.GetStringAsync("/beheer/begin", Stop))
                    .Select(match => match.Groups["state"].Value == "ok" ? "done" : "todo")
            );
    }

    [Theory]
    [InlineData("nl")]
    [InlineData("en")]
    public async Task Every_page_of_administration_opens_in_both_languages(string language)
    {
        using var http = await Administrator();
        var person = DemoOrganisation.Manager.Id;
        string[] pages =
        [
            "/beheer",
            "/beheer/mensen",
            "/beheer/mensen?wie=alle&zoek=sanne",
            $"/beheer/mensen/{person}",
            $"/beheer/mensen/{person}/vertrek",
            "/beheer/eenheden",
            "/beheer/functies",
            "/beheer/functies/vullen?functie=Sponsor",
            "/beheer/partners",
            "/beheer/organisatie",
            "/beheer/installatie",
            "/beheer/spoor",
        ];
        foreach (var path in pages)
        {
            var answer = await http.GetAsync(
                path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "culture=" + language,
                Stop
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            var html = await answer.Content.ReadAsStringAsync(Stop);
            html.ShouldContain($"lang=\"{language}\"");
            UnresolvedWord().Matches(html).Select(match => match.Value).ShouldBeEmpty(path);
        }
    }

    [GeneratedRegex(@"http://[^/\s]+(?<path>/account/\S+)")]
    private static partial Regex LinkInMail();

    [GeneratedRegex("<span class=\"state state--(?<state>ok|open)\"")]
    private static partial Regex StateOfStep();

    /// <summary>The name of a resource that stands on a page because it has no words.</summary>
    [GeneratedRegex(@">(Done|Role|Act|Begin|Person|Function|Unit|Partner|Trail|Days|Day|Level|Held|Zone|Language)\.[A-Za-z./]+<")]
    private static partial Regex UnresolvedWord();
}

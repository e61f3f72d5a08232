using System.Text.RegularExpressions;

namespace Dialogue;

/// <summary>
/// Row B1: from an empty installation to a dialogue that was held, without the demo and without SQL. Mail is read from a real mail server.
/// </summary>
[Trait("Finding", "B1")]
public sealed partial class FirstStartTests(Browsers browsers)
{
    private const string Password = "vier koeien in een sloot";

    [Fact]
    public async Task An_administrator_starts_two_organisations_and_one_of_them_holds_a_dialogue()
    {
        await using var mail = new MailServer();
        using var log = new LoggedLines();
        await using var server = RunningServer.WithOwnLinks(
            log,
            ("Demo", "false"),
            ("Mail:Host", "localhost"),
            ("Mail:Port", mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("Mail:Tls", "false"),
            ("Clock:Every", "00:00:01")
        );
        var home = new Uri($"http://localhost:{server.Address.Port}");
        var code = SetupCode().Match(string.Join('\n', log.Take())).Value;
        log.Listening = false;
        code.ShouldNotBeEmpty();

        // The first page of a server that just started takes its time on a busy machine.
        using (var warm = new HttpClient { BaseAddress = home })
            await warm.GetAsync("/eerste-beheerder");

        // The set-up code makes the first administrator, who is led through the first steps.
        await using var ada = await Arrives("Ada");
        await ada.Go("/eerste-beheerder");
        await ada.Fill("#veld-Form-Code", code);
        await ada.Fill("#veld-Form-Organisation", "Waterschap Zuidland");
        await ada.Fill("#veld-Form-Name", "Ada Beheer");
        await ada.Fill("#veld-Form-Email", "ada@zuidland.test");
        await ada.Fill("#veld-Form-Password", Password);
        await ada["form:has(#veld-Form-Code) button[type=submit]"].ClickAsync();
        await SignIn(ada, "ada@zuidland.test");
        await Expect(ada.Page).ToHaveURLAsync(new Regex("/beheer/begin$"));
        await Expect(ada["h1"]).ToHaveTextAsync("Eerste stappen");
        await ada.IsAccessible("first steps");
        await ada.FitsEachWindow("first steps");
        await ada.Shot("b1-begin");

        // Organisation, mail, colleagues.
        await ada["main a[href='/beheer/organisatie'] >> nth=-1"].ClickAsync();
        await ada.Fill("#veld-Form-Address", "Dijk 1");
        await ada["form:has(#veld-Form-Address) button[type=submit]"].ClickAsync();
        await Expect(ada[".notice--ok"]).ToBeVisibleAsync();
        await ada.IsAccessible("organisation");
        await ada.Go("/beheer/begin");
        await ada.Press("Stuur een mail naar mij");
        await Expect(ada["[data-mail=Sent]"]).ToBeVisibleAsync();
        (await mail.TextTo("ada@zuidland.test")).ShouldContain("test");

        await ada.Go("/beheer/eenheden");
        await ada.Fill("#veld-Form-Name", "Dijkbeheer");
        await ada["form:has(#veld-Form-Name) button[type=submit]"].ClickAsync();
        await Expect(ada["table"]).ToContainTextAsync("Dijkbeheer");
        await ada.IsAccessible("units");

        await Invite("Gerda Gesprek", "gerda@zuidland.test", "Dijkbeheer", "Facilitator");
        await Invite("Mo Manager", "mo@zuidland.test", null, "Manager");
        await ada.IsAccessible("people");
        await ada.FitsEachWindow("people");
        await ada.Shot("b1-mensen");
        await using var gerda = await ByInvitation("Gerda", "gerda@zuidland.test");
        await using var mo = await ByInvitation("Mo", "mo@zuidland.test");

        await ada.Go("/beheer/functies/vullen?functie=Sponsor");
        await ada["#veld-Form-Account"].SelectOptionAsync(new SelectOptionValue { Label = "Mo Manager (mo@zuidland.test)" });
        await ada["form:has(#veld-Form-Account) button[type=submit]"].ClickAsync();
        await Expect(ada["main"]).ToContainTextAsync("Mo Manager (mo@zuidland.test)");
        await ada.IsAccessible("functions");

        // A second organisation in the same installation, with a colleague of its own.
        await ada.Go("/beheer/installatie");
        await ada.IsAccessible("installation");
        await ada.Fill("#veld-Form-Name", "Gemeente Heuvelrand");
        await ada.Fill("#veld-Form-AdministratorName", "Berend Buiten");
        await ada.Fill("#veld-Form-AdministratorEmail", "berend@heuvelrand.test");
        await ada["form:has(#veld-Form-AdministratorName) button[type=submit]"].ClickAsync();
        await Expect(ada["table"]).ToContainTextAsync("Gemeente Heuvelrand");
        await using var berend = await ByInvitation("Berend", "berend@heuvelrand.test");
        await berend.Go("/beheer");
        await Expect(berend["main a[href='/beheer/begin']"]).ToBeVisibleAsync();
        await berend.Go("/beheer/mensen");
        await Expect(berend["table tbody tr"]).ToHaveCountAsync(1);

        // One facilitator holds a short dialogue.
        await using (var table = new Table(browsers, gerda, home))
        {
            await table.Register("Mogen wij de dijk afsluiten?", "Een kort verhaal over een dijk en zijn buren.", "other");
            await table.Choose("kort-gesprek", "nl");
            await gerda.Fill("#veld-Opening-Reason", "proef");
            await gerda["form:has(#veld-Opening-Reason) button[type=submit]"].ClickAsync();
            await table.ReadCode();
            for (var number = 1; number <= 2; number++)
                await table.Joins($"Deelnemer {number}", "burger");
            await table.OpenRoom();
            await table.Next("Waar gaat het over?");
            // Before the last phase, ending is among what is seldom needed.
            await gerda["#controls [data-open=dlg-more]"].ClickAsync();
            await gerda["dialog[open] [data-open=dlg-end]"].ClickAsync();
            await gerda.Fill("#no-agreements", "Het was een proef.");
            await gerda["#f-close button[type=submit]"].ClickAsync();
            await Expect(gerda["#closed a[href$='/uitkomst']"]).ToBeVisibleAsync();

            // Nobody of the other organisation sees anything of it.
            foreach (var path in new[] { "/vragen", "/dialogen", "/opvolging" })
            {
                await berend.Go(path);
                await Expect(berend["body"]).Not.ToContainTextAsync("dijk");
            }

            berend.MaySay = line => line.Contains("404", StringComparison.Ordinal);
            (await berend.Page.GotoAsync($"/dialogen/{table.Dialogue}/uitkomst"))!.Status.ShouldBe(404);
            await mo.Go("/vragen");
            await mo.Sees("Mogen wij de dijk afsluiten?");

            // The first question was the last of the first steps.
            await ada.Go("/beheer/begin");
            await Expect(ada["main li .state--ok"]).ToHaveCountAsync(4);
            await ada.Press("Klaar met de eerste stappen");
            await Expect(ada.Page).ToHaveURLAsync(new Regex("/beheer\\?klaar=Begun$"));
            await ada.Go("/beheer/spoor");
            await ada.Sees("Uitgenodigd");
            await ada.IsAccessible("trail");
            await ada.FitsEachWindow("trail");
        }

        Task<Visitor> Arrives(string name) => Visitor.Arrives(browsers, name, home: home);

        async Task Invite(string name, string email, string? unit, string role)
        {
            await ada.Go("/beheer/mensen");
            await ada.Fill("#veld-Form-Name", name);
            await ada.Fill("#veld-Form-Email", email);
            await ada[$"input[name='Form.Roles'][value={role}]"].CheckAsync();
            if (unit is not null)
                await ada["#veld-Form-Unit"].SelectOptionAsync(new SelectOptionValue { Label = unit });
            await ada["form:has(#veld-Form-Email) button[type=submit]"].ClickAsync();
            await Expect(ada["table"]).ToContainTextAsync(email);
        }

        async Task<Visitor> ByInvitation(string name, string email)
        {
            var link = Link().Match(await mail.TextTo(email, "/account/uitnodiging/")).Value;
            var visitor = await Arrives(name);
            await visitor.Go(link);
            await visitor.Fill("#veld-Form-Password", Password);
            await visitor.Fill("#veld-Form-Again", Password);
            await visitor["form:has(#veld-Form-Again) button[type=submit]"].ClickAsync();
            await SignIn(visitor, email);
            return visitor;
        }

        static async Task SignIn(Visitor visitor, string email)
        {
            await visitor.Fill("#veld-Form-Email", email);
            await visitor.Fill("#veld-Form-Password", Password);
            await visitor["form:has(#veld-Form-Password) button[type=submit]"].ClickAsync();
            await Expect(visitor.Page).Not.ToHaveURLAsync(new Regex("/inloggen"));
        }
    }

    [GeneratedRegex("[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}")]
    private static partial Regex SetupCode();

    [GeneratedRegex(@"http://localhost\S+")]
    private static partial Regex Link();
}

using Dialogue.Access;
using Dialogue.Cases;
using Microsoft.EntityFrameworkCore;

namespace Dialogue;

/// <summary>Findings E and H in a real browser: nothing that people type in a form is lost, with and without a script.</summary>
[Trait("Finding", "E")]
public sealed class FormsTests(Browsers browsers)
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private async Task<Visitor> Guide(int width = 1366, bool script = true)
    {
        var guide = await Visitor.Arrives(browsers, "the writer", width, script: script);
        guide.MaySay = line => line.Contains("status of 4", StringComparison.Ordinal); // pages that say what is wrong
        await guide.Go("/inloggen?culture=nl");
        await guide.Fill("#veld-Form-Email", "noor.achterberg@dwb.voorbeeld");
        await guide.Fill("#veld-Form-Password", "samen-aan-tafel");
        await guide["form:has(#veld-Form-Password) button[type=submit]"].ClickAsync();
        await Expect(guide.Page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/inloggen"));
        return guide;
    }

    [Fact, Trait("Case", "08")]
    public async Task A_draft_survives_the_switch_of_language_and_a_reload_and_goes_when_it_is_saved()
    {
        await using var guide = await Guide();
        var title = $"Een lang verhaal {Guid.NewGuid()}";
        await guide.Go("/vragen/nieuw");
        await guide.Fill("#veld-Form-Title", title);
        await guide.Fill("#veld-Form-Story", "Eerste regel\n\nTweede regel");
        await guide["a[hreflang=en]"].First.ClickAsync();
        await Expect(guide["html"]).ToHaveAttributeAsync("lang", "en");
        await Expect(guide["#veld-Form-Title"]).ToHaveValueAsync(title);
        await Expect(guide["#veld-Form-Story"]).ToHaveValueAsync("Eerste regel\n\nTweede regel");
        await Expect(guide[".form-kept"]).ToContainTextAsync("We put back text that was on this device.");
        await guide.IsAccessible("a form with a draft");
        await guide.Page.ReloadAsync();
        await Expect(guide["#veld-Form-Title"]).ToHaveValueAsync(title);
        await guide["form:has(#veld-Form-Title) button[type=submit]"].ClickAsync();
        await Expect(guide["h1"]).ToHaveTextAsync(title);
        await guide.Go("/vragen/nieuw");
        await Expect(guide["#veld-Form-Title"]).ToHaveValueAsync("");
        await Expect(guide[".form-kept"]).ToHaveCountAsync(0);
        await guide.Go("/vragen/nieuw?culture=nl");
    }

    [Fact]
    public async Task A_draft_goes_at_signing_out()
    {
        await using var guide = await Guide();
        await guide.Go("/vragen/nieuw");
        await guide.Fill("#veld-Form-Story", "Niet voor de volgende");
        (await guide.Page.EvaluateAsync<string>("JSON.stringify(localStorage)")).ShouldContain("Niet voor de volgende");
        await guide.Page.EvaluateAsync("document.querySelector('form[action=\"/uitloggen\"]').requestSubmit()");
        await Expect(guide["a[href='/inloggen']"].First).ToBeVisibleAsync();
        (await guide.Page.EvaluateAsync<string>("JSON.stringify(localStorage)")).ShouldNotContain("Niet voor de volgende");
    }

    [Fact, Trait("Finding", "H")]
    public async Task Faults_have_the_focus_and_lead_to_their_fields()
    {
        await using var guide = await Guide();
        await guide.Go("/vragen/nieuw");
        await guide.Fill("#veld-Form-Title", "Alleen een titel");
        await guide["form:has(#veld-Form-Title) button[type=submit]"].ClickAsync();
        await Expect(guide[".form-summary"]).ToBeFocusedAsync();
        (await guide.Page.TitleAsync()).ShouldStartWith("Fout: ");
        await guide[".form-summary a"].ClickAsync();
        await Expect(guide["#veld-Form-Story"]).ToBeFocusedAsync();
        await guide.IsAccessible("a form with faults");
        await guide.FitsEachWindow("a form with faults");
    }

    [Fact, Trait("Finding", "H")]
    public async Task Without_a_script_the_faults_have_the_focus_too()
    {
        await using var guide = await Guide(script: false);
        await guide.Go("/vragen/nieuw");
        await guide.Fill("#veld-Form-Title", "Alleen een titel");
        await guide["form:has(#veld-Form-Title) button[type=submit]"].First.ClickAsync();
        await Expect(guide[".form-summary"]).ToBeFocusedAsync();
        await Expect(guide["#veld-Form-Title"]).ToHaveValueAsync("Alleen een titel");
        await guide["button[value='culture=en']"].ClickAsync();
        await Expect(guide["html"]).ToHaveAttributeAsync("lang", "en");
        await Expect(guide["#veld-Form-Title"]).ToHaveValueAsync("Alleen een titel");
    }

    [Fact, Trait("Case", "03")]
    public async Task An_impatient_second_click_makes_one_question_and_shows_it()
    {
        await using var guide = await Guide();
        var title = $"Twee keer geklikt {Guid.NewGuid()}";
        await guide.Go("/vragen/nieuw");
        await guide.Fill("#veld-Form-Title", title);
        await guide.Fill("#veld-Form-Story", "Een verhaal");
        await guide["form:has(#veld-Form-Title) button[type=submit]"].DblClickAsync();
        await Expect(guide["h1"]).ToHaveTextAsync(title);
        await using var db = await browsers.Server.Database();
        (await db.Set<CaseRow>().CountAsync(row => row.Title == title, Stop)).ShouldBe(1);
    }

    [Fact]
    public async Task Before_a_session_ends_the_page_says_so_and_a_button_keeps_it()
    {
        await using var guide = await Guide();
        await guide.Page.Clock.InstallAsync();
        await guide.Go("/vragen/nieuw");
        await guide.Fill("#veld-Form-Story", "Ik typ nog");
        await Expect(guide[".session-end"]).ToBeHiddenAsync();
        await guide.Page.Clock.FastForwardAsync("24:30");
        await Expect(guide[".session-end"]).ToContainTextAsync("Over vijf minuten wordt u uitgelogd.");
        await Expect(guide["#veld-Form-Story"]).ToBeFocusedAsync();
        await guide[".session-end button"].ClickAsync();
        await Expect(guide[".session-end"]).ToContainTextAsync("U blijft ingelogd.");
        await Expect(guide["#veld-Form-Story"]).ToHaveValueAsync("Ik typ nog");
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task After_an_ended_session_signing_in_leads_back_to_the_form_with_its_text(bool script)
    {
        await using var guide = await Guide(script: script);
        await guide.Go("/vragen/nieuw");
        await guide.Fill("#veld-Form-Title", "Een half uur getypt");
        await guide.Fill("#veld-Form-Story", "Een half uur getypt");
        await using (var db = await browsers.Server.Database())
        {
            var account = await db.Users.Where(one => one.Email == "noor.achterberg@dwb.voorbeeld").Select(one => one.Id).SingleAsync(Stop);
            await db.Set<StaffSessionRow>().Where(row => row.AccountId == account).ExecuteDeleteAsync(Stop);
        }
        await guide["form:has(#veld-Form-Title) button[type=submit]"].First.ClickAsync();
        await guide.Fill("#veld-Form-Email", "noor.achterberg@dwb.voorbeeld");
        await guide.Fill("#veld-Form-Password", "samen-aan-tafel");
        await guide["form:has(#veld-Form-Password) button[type=submit]"].ClickAsync();
        await Expect(guide["#veld-Form-Story"]).ToHaveValueAsync("Een half uur getypt");
        await Expect(guide[".form-return"]).ToContainTextAsync("er is nog niets bewaard");
    }

    [Fact]
    public async Task With_storage_blocked_the_form_works_and_says_that_nothing_is_kept()
    {
        await using var guide = await Guide();
        await guide.Context.AddInitScriptAsync("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })");
        await guide.Go("/vragen/nieuw");
        await Expect(guide[".form-kept"]).ToContainTextAsync("Uw browser bewaart niets op dit apparaat.");
        await guide.Fill("#veld-Form-Title", "Zonder opslag");
        await guide.Fill("#veld-Form-Story", "Zonder opslag");
        await guide["form:has(#veld-Form-Title) button[type=submit]"].ClickAsync();
        await Expect(guide["h1"]).ToHaveTextAsync("Zonder opslag");
    }

    [Fact, Trait("Case", "06"), Trait("Case", "10")]
    public async Task Preparing_keeps_every_section_and_half_a_date_is_a_fault()
    {
        await using var guide = await Guide();
        await using var table = new Table(browsers, guide);
        await table.Register("Mogen wij dit weten?", "Een verhaal.", "aiOverheid");
        await table.Choose("persoon-geen-groep", "nl");
        await guide.Fill("#veld-Intake-Mandate", "Het bestuur");
        await guide.Fill("#veld-Affected-Rows-0-Name", "Werkzoekenden");
        await guide["#veld-Intake-ReviewDate"].ClickAsync();
        await guide.Page.Keyboard.TypeAsync("1212");
        await guide["button[value=wie]"].ClickAsync();
        await Expect(guide[".form-summary a[href$='#veld-Intake-ReviewDate']"]).ToBeVisibleAsync();
        await Expect(guide["#veld-Intake-Mandate"]).ToHaveValueAsync("Het bestuur");
        await guide.Page.Keyboard.PressAsync("Tab");
        await guide["#veld-Intake-ReviewDate"]
            .FillAsync(
                browsers
                    .Server.Get<TimeProvider>()
                    .GetUtcNow()
                    .AddDays(90)
                    .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
            );
        await guide["button[value=wie]"].ClickAsync();
        await Expect(guide["#wie-raakt-het [role=status]"]).ToContainTextAsync("Bewaard.");
        await Expect(guide["#veld-Intake-Mandate"]).ToHaveValueAsync("Het bestuur");
        await Expect(guide["#veld-Affected-Rows-0-Name"]).ToHaveValueAsync("Werkzoekenden");
        await Expect(guide[".form-kept"]).ToHaveCountAsync(0);
    }
}

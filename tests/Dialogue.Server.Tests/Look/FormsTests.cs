using System.Net;
using System.Text.RegularExpressions;
using Dialogue.Access;
using Dialogue.Cases;
using Dialogue.Dialogues;
using Dialogue.FollowUp;
using Dialogue.Look.Forms;
using Dialogue.Mailroom;
using Dialogue.Operations;
using Dialogue.Operations.Demo;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Look;

/// <summary>
/// Findings E, H and D5, cases 03, 06, 08 and 10: every form of every page keeps what people type, says all that is wrong, is done once,
/// and answers with a page whatever happened meanwhile.
/// </summary>
[Trait("Finding", "E")]
public sealed class FormsTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Typed = "Dit typte ik <b>zelf</b>";
    private const string Shown = "Dit typte ik &lt;b&gt;zelf&lt;/b&gt;";
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private Task<T> As<T>(DemoOrganisation.Person person, MediatR.IRequest<T> wish) => server.Get<DemoDoor>().As(person, wish, Stop);

    private async Task<Guid> Question() =>
        (await As(DemoOrganisation.Facilitator, new RegisterQuestion("Mogen wij dit?", "Een verhaal.", "aiOverheid", "project"))).Value!.Id;

    private async Task<DialogueId> Prepared(string template = "persoon-geen-groep") =>
        (await As(DemoOrganisation.Facilitator, new PrepareFromTemplate(await Question(), template, "Een gesprek", "nl"))).Value;

    private async Task<(Guid Id, string Token)> Offered()
    {
        await using var db = await server.Database();
        var now = server.Get<TimeProvider>().GetUtcNow();
        var today = LocalMoment.DateOf(now, TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam"));
        var ids = await server
            .Get<OfferedActions>()
            .From(
                db,
                Server.Tests.FollowUp.FollowUpBench.From with
                {
                    OrganisationId = DemoOrganisation.OrganisationId,
                    Dialogue = new(Guid.NewGuid()),
                },
                Server.Tests.FollowUp.FollowUpBench.With(
                    [Server.Tests.FollowUp.FollowUpBench.Agreed(1) with { FirstStepDate = today.AddDays(10), DueDate = today.AddDays(30) }],
                    [Server.Tests.FollowUp.FollowUpBench.Contact(1, "eigenaar@partner.test")]
                ),
                now,
                Stop
            );
        var letter = db.ChangeTracker.Entries<OutboxRow>().Single(entry => entry.Entity.To == "eigenaar@partner.test").Entity.TextBody;
        await db.SaveChangesAsync(Stop);
        return (ids[0], Server.Tests.FollowUp.FollowUpBench.TokenIn(letter));
    }

    /// <summary>Each page with a form, and somebody who may see it.</summary>
    private async Task<IReadOnlyList<(string Address, DemoOrganisation.Person? Who)>> Pages()
    {
        var question = await Question();
        var dialogue = await Prepared();
        var opened = await Prepared();
        (await As(DemoOrganisation.Facilitator, new OpenTheLobby(opened, "proef"))).Ok.ShouldBeTrue();
        await using var db = await server.Database();
        var code = await db.Set<DialogueRow>().Where(row => row.Id == opened.Value).Select(row => row.Code).SingleAsync(Stop);
        var (action, token) = await Offered();
        return
        [
            ("/inloggen", null),
            ($"/meedoen/{code}", null),
            ($"/afspraak/{token}", null),
            ("/vragen/nieuw", DemoOrganisation.Facilitator),
            ($"/vragen/{question}/wijzigen", DemoOrganisation.Facilitator),
            ($"/dialogen/nieuw?vraag={question}", DemoOrganisation.Facilitator),
            ($"/dialogen/{dialogue}/voorbereiden", DemoOrganisation.Facilitator),
            ($"/dialogen/{opened}/voorbereiden", DemoOrganisation.Facilitator),
            ($"/opvolging/{action}", DemoOrganisation.Coordinator),
        ];
    }

    private Task<HttpClient> Browser(DemoOrganisation.Person? who) =>
        who is null ? Task.FromResult(server.Browser()) : server.SignedIn(who.Email);

    private static async Task<IReadOnlyList<PageForm>> FormsOf(HttpClient http, string address)
    {
        var answer = await http.GetAsync(address, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        return
        [
            .. PageForm
                .In(await answer.Content.ReadAsStringAsync(Stop), address)
                .Where(form =>
                    form.Action != "/uitloggen" && form.Fields.Count + form.Hidden.Count(one => one.Key == FormPost.WhoField) > 0
                ),
        ];
    }

    /// <summary>The same for a page that may be gone by now.</summary>
    private static async Task<IReadOnlyList<PageForm>> FormsThere(HttpClient http, string address)
    {
        var answer = await http.GetAsync(address, Stop);
        return answer.IsSuccessStatusCode ? PageForm.In(await answer.Content.ReadAsStringAsync(Stop), address) : [];
    }

    private static async Task<PageForm> FormOf(HttpClient http, string address, string name) =>
        (await FormsOf(http, address)).Single(form => form.Name == name);

    private static async Task<(HttpStatusCode Status, string Html, string? Location)> Send(
        HttpClient http,
        string address,
        IEnumerable<KeyValuePair<string, string>> values
    )
    {
        using var content = new FormUrlEncodedContent(values);
        var answer = await http.PostAsync(address, content, Stop);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop), answer.Headers.Location?.OriginalString);
    }

    private static IEnumerable<(string What, string Value)> Rubbish(PageField field)
    {
        if (field.Required && field.Kind != "password")
        {
            yield return ("missing", "");
            yield return ("nothing one can see", "\0\u202e\u200b ");
        }
        if (field is { MaxLength: { } most, Kind: "text" or "textarea" })
            yield return ("too long", new string('é', most + 1));
        if (field.Kind == "date")
        {
            yield return ("six digits of a year", "20277-05-24");
            yield return ("a year of the Romans", "0027-05-24");
            yield return ("a day that is not there", "2027-02-30");
            yield return ("words", "morgen");
        }
        if (field.Kind == "email")
            yield return ("no address", "geen adres");
        if (field.Kind == "select")
            yield return ("no choice", "bestaat-niet");
    }

    [Fact, Trait("Finding", "H"), Trait("Finding", "D5")]
    public async Task Rubbish_in_any_field_of_any_page_is_a_fault_at_that_field_and_stays_on_the_screen()
    {
        var tried = 0;
        foreach (var (address, who) in await Pages())
        {
            using var http = await Browser(who);
            foreach (var form in await FormsOf(http, address))
            {
                foreach (var field in form.Fields.DistinctBy(field => Regex.Replace(field.Name, @"\d+", "0")))
                {
                    foreach (var (what, value) in Rubbish(field))
                    {
                        var where = $"{address} {form.Name} {field.Name}: {what}";
                        var (status, html, _) = await Send(http, address, form.Filled((field.Name, value)));
                        status.ShouldBe(HttpStatusCode.UnprocessableEntity, where);
                        html.ShouldContain("class=\"form-summary\"", Case.Sensitive, where);
                        html.ShouldContain("<title>Fout: ", Case.Sensitive, where);
                        html.ShouldContain("aria-invalid=\"true\"", Case.Sensitive, where);
                        var again = PageForm
                            .In(html, address)
                            .Single(one => one.Name == form.Name && one.Fields.Any(other => other.Name == field.Name));
                        if (field.Kind != "select" && value.Length > 0 && value[0] != '\0')
                            again.Fields.First(one => one.Name == field.Name).Value.ShouldBe(value, where);
                        tried++;
                    }
                }
            }
        }
        tried.ShouldBeGreaterThan(60);
    }

    [Fact, Trait("Finding", "H")]
    public async Task All_faults_are_said_at_once_with_a_link_to_each_field()
    {
        using var http = await Browser(DemoOrganisation.Facilitator);
        var form = await FormOf(http, "/vragen/nieuw", "question");
        var (status, html, _) = await Send(
            http,
            "/vragen/nieuw",
            form.Filled(("Form.Title", ""), ("Form.Story", ""), ("Form.Domain", "x"))
        );
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        html.ShouldContain("3 dingen kloppen nog niet");
        foreach (var id in new[] { "veld-Form-Title", "veld-Form-Story", "veld-Form-Domain" })
        {
            html.ShouldContain($"href=\"/vragen/nieuw#{id}\"");
            Regex.IsMatch(html, $"id=\"{id}\"[^>]*aria-describedby=\"[^\"]*{id}-fout").ShouldBeTrue(id);
        }
        html.ShouldContain("autofocus");
    }

    [Fact, Trait("Case", "10"), Trait("Finding", "D5")]
    public async Task A_date_that_cannot_be_read_never_erases_the_date_that_was_there()
    {
        var dialogue = await Prepared();
        var address = $"/dialogen/{dialogue}/voorbereiden";
        using var http = await Browser(DemoOrganisation.Facilitator);
        var day = server
            .Get<TimeProvider>()
            .GetUtcNow()
            .AddDays(200)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var form = await FormOf(http, address, "prepare");
        (await Send(http, address, form.Filled(("Intake.ReviewDate", day)))).Status.ShouldBe(HttpStatusCode.Redirect);
        foreach (var wrong in new[] { "20277-05-24", "0027-05-24", "2020-01-01" })
        {
            form = await FormOf(http, address, "prepare");
            (await Send(http, address, form.Filled(("Intake.ReviewDate", wrong)))).Status.ShouldBe(
                HttpStatusCode.UnprocessableEntity,
                wrong
            );
        }
        // What Chromium shows and cannot read arrives as nothing; the script tells which field it was.
        form = await FormOf(http, address, "prepare");
        var half = await Send(http, address, form.Filled(("Intake.ReviewDate", ""), (FormPost.UnreadableField, "Intake.ReviewDate")));
        half.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await server.Live.Read(dialogue, stop: Stop))
            .State.Intake!.ReviewDate!.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe(day);
    }

    [Fact, Trait("Case", "06")]
    public async Task Saving_one_section_saves_what_is_typed_in_the_others()
    {
        var dialogue = await Prepared();
        var address = $"/dialogen/{dialogue}/voorbereiden";
        using var http = await Browser(DemoOrganisation.Facilitator);
        var form = await FormOf(http, address, "prepare");
        var sent = await Send(
            http,
            address,
            form.Filled(
                ("Intake.Mandate", "Het bestuur"),
                ("Affected.Rows[0].Name", "Werkzoekenden"),
                ("Facts.Rows[0].Text", "Het model klopt vaak"),
                ("Section", "wie")
            )
        );
        sent.Status.ShouldBe(HttpStatusCode.Redirect);
        sent.Location!.ShouldEndWith("#wie-raakt-het");
        var state = (await server.Live.Read(dialogue, stop: Stop)).State;
        state.Intake!.Mandate.ShouldBe("Het bestuur");
        state.Intake.Affected.Single().Name.ShouldBe("Werkzoekenden");
        state.Case!.Facts.Single().Text.ShouldBe("Het model klopt vaak");
    }

    [Fact]
    public async Task Two_who_prepare_at_once_see_both_texts_and_nothing_is_overwritten_unseen()
    {
        var dialogue = await Prepared();
        var second = DemoDoor.Member(DemoOrganisation.SecondFacilitator).AccountId;
        await server.Get<DemoDoor>().As(DemoOrganisation.Facilitator, new AddToTeam(dialogue, second), Stop);
        var address = $"/dialogen/{dialogue}/voorbereiden";
        using var mine = await Browser(DemoOrganisation.Facilitator);
        using var theirs = await Browser(DemoOrganisation.SecondFacilitator);
        var form = await FormOf(mine, address, "prepare");
        var other = await FormOf(theirs, address, "prepare");
        (await Send(theirs, address, other.Filled(("Intake.Sponsor", "Van hen")))).Status.ShouldBe(HttpStatusCode.Redirect);
        var (status, html, _) = await Send(mine, address, form.Filled(("Intake.Sponsor", "Van mij")));
        status.ShouldBe(HttpStatusCode.Conflict);
        html.ShouldContain("Van hen");
        var again = PageForm.In(html, address).Single(one => one.Name == "prepare");
        again.Fields.Single(field => field.Name == "Intake.Sponsor").Value.ShouldBe("Van mij");
        (await server.Live.Read(dialogue, stop: Stop)).State.Intake!.Sponsor.ShouldBe("Van hen");

        // Who did not touch what the other changed is not in the way; who saves again has chosen.
        var groups = await Send(mine, address, form.Filled(("Affected.Rows[0].Name", "Gemeenten")));
        groups.Status.ShouldBe(HttpStatusCode.Redirect);
        again = await FormOf(mine, address, "prepare");
        (await Send(mine, address, again.Filled(("Intake.Sponsor", "Van mij")))).Status.ShouldBe(HttpStatusCode.Redirect);
        var state = (await server.Live.Read(dialogue, stop: Stop)).State.Intake!;
        (state.Sponsor, state.Affected.Single().Name).ShouldBe(("Van mij", "Gemeenten"));
    }

    [Fact]
    public async Task A_question_that_somebody_else_worded_meanwhile_shows_both()
    {
        var question = await Question();
        var address = $"/vragen/{question}/wijzigen";
        using var mine = await Browser(DemoOrganisation.Facilitator);
        var form = await FormOf(mine, address, "question");
        (await Send(mine, address, (await FormOf(mine, address, "question")).Filled(("Form.Title", "Van de ander")))).Status.ShouldBe(
            HttpStatusCode.Redirect
        );
        var (status, html, _) = await Send(mine, address, form.Filled(("Form.Title", Typed)));
        status.ShouldBe(HttpStatusCode.Conflict);
        html.ShouldContain(Shown);
        html.ShouldContain("Van de ander");
    }

    [Fact, Trait("Case", "03")]
    public async Task Every_form_sent_twice_is_done_once_and_answered_twice()
    {
        foreach (var (address, who) in await Pages())
        {
            using var http = await Browser(who);
            foreach (var name in (await FormsOf(http, address)).Select(form => form.Name).Distinct().ToArray())
            {
                var drawn = (await FormsThere(http, address)).Where(form => form.Name == name).ToArray();
                if (drawn.Length != 1 || !drawn[0].Hidden.Any(one => one.Key == FormPost.IdField))
                    continue; // done by an earlier form of this page, or may be done twice
                var values = drawn[0]
                    .Filled([.. drawn[0].Fields.Where(field => field.Required).DistinctBy(field => field.Name).Select(Something)]);
                var both = await Task.WhenAll(Send(http, address, values), Send(http, address, values));
                var third = await Send(http, address, values);
                foreach (var one in both.Append(third))
                    ((int)one.Status).ShouldNotBe(400, $"{address} {name}");
                if (both[0].Status == HttpStatusCode.Redirect)
                    both.Append(third).Select(one => one.Location).Distinct().Count().ShouldBe(1, $"{address} {name}");
            }
        }
        await using var db = await server.Database();
        (await db.Set<FormReceiptRow>().CountAsync(Stop)).ShouldBePositive();
    }

    private static (string Name, string Value) Something(PageField field) =>
        (
            field.Name,
            field.Kind switch
            {
                "date" or "select" or "email" => field.Value,
                "radio" => field.Value,
                _ when field.Value.Length > 0 => field.Value,
                _ => "Woorden van iemand",
            }
        );

    [Fact, Trait("Case", "03")]
    public async Task An_impatient_second_click_makes_one_question_and_other_words_make_another()
    {
        using var http = await Browser(DemoOrganisation.Facilitator);
        var title = $"Twee keer geklikt {Guid.NewGuid()}";
        var form = await FormOf(http, "/vragen/nieuw", "question");
        var values = form.Filled(("Form.Title", title), ("Form.Story", "Een verhaal"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Send(http, "/vragen/nieuw", values)));
        answers.Select(answer => answer.Location).Distinct().Single()!.ShouldContain("/vragen/");
        await using var db = await server.Database();
        (await db.Set<CaseRow>().CountAsync(row => row.Title == title, Stop)).ShouldBe(1);

        // Back in the browser, written on, sent again: a new wish under the same id.
        var more = await Send(http, "/vragen/nieuw", form.Filled(("Form.Title", title + " en verder"), ("Form.Story", "Een verhaal")));
        more.Location.ShouldNotBe(answers[0].Location);
        // Of somebody else it is not the answer.
        using var other = await Browser(DemoOrganisation.SecondFacilitator);
        var theirs = await FormOf(other, "/vragen/nieuw", "question");
        theirs.Hidden.RemoveAll(one => one.Key == FormPost.IdField);
        theirs.Hidden.Add(form.Hidden.Single(one => one.Key == FormPost.IdField));
        (await Send(other, "/vragen/nieuw", theirs.Filled(("Form.Title", title), ("Form.Story", "Een verhaal")))).Location.ShouldNotBe(
            answers[0].Location
        );
    }

    [Fact, Trait("Case", "03")]
    public async Task A_form_that_is_no_longer_on_its_page_gives_the_page_with_the_text()
    {
        foreach (var (address, who) in await Pages())
        {
            using var http = await Browser(who);
            var form = (await FormsOf(http, address))[0];
            form.Hidden.RemoveAll(one => one.Key is "_handler" or FormPost.LabelsField);
            var values = form.Filled()
                .Append(new("_handler", "bestaat-niet"))
                .Append(new("Reden", Typed))
                .Append(new(FormPost.LabelsField, "Reden=Waarom"));
            var (status, html, _) = await Send(http, address, values);
            status.ShouldBe(HttpStatusCode.Conflict, address);
            html.ShouldContain("Dit kan nu niet meer", Case.Sensitive, address);
            html.ShouldContain(Shown, Case.Sensitive, address);
            html.ShouldContain("<h1", Case.Sensitive, address);
        }
    }

    [Fact, Trait("Case", "03")]
    public async Task Whoever_declines_what_was_accepted_meanwhile_sees_how_it_stands_and_keeps_the_reason()
    {
        var (_, token) = await Offered();
        var address = $"/afspraak/{token}";
        using var http = server.Browser();
        var page = await FormsOf(http, address);
        var accept = page.Single(form => form.Name == "accept");
        (await Send(http, address, accept.Filled())).Status.ShouldBe(HttpStatusCode.Redirect);
        var (status, html, _) = await Send(http, address, page.Single(form => form.Name == "decline").Filled(("Reason", Typed)));
        status.ShouldBe(HttpStatusCode.Conflict);
        html.ShouldContain(Shown);
        html.ShouldContain("Gepland");
    }

    [Fact]
    public async Task A_token_that_is_too_old_gives_the_page_again_with_the_text_and_does_nothing()
    {
        using var http = await Browser(DemoOrganisation.Facilitator);
        var form = await FormOf(http, "/vragen/nieuw", "question");
        var title = $"{Typed} {Guid.NewGuid()}";
        form.Hidden.RemoveAll(one => one.Key == "form");
        var values = form.Filled(("Form.Title", title), ("Form.Story", "Een verhaal"));
        var (status, html, _) = await Send(http, "/vragen/nieuw", values);
        status.ShouldBe(HttpStatusCode.BadRequest);
        html.ShouldContain(Shown);
        html.ShouldContain("Er is nog niets bewaard");
        await using var db = await server.Database();
        (await db.Set<CaseRow>().AnyAsync(row => row.Title == title, Stop)).ShouldBeFalse();

        // The page that came can be sent, and is done then.
        var again = PageForm.In(html, "/vragen/nieuw").Single(one => one.Name == "question");
        (await Send(http, "/vragen/nieuw", again.Filled())).Status.ShouldBe(HttpStatusCode.Redirect);

        // Another site gets no text of its own onto our pages.
        http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        var strange = await Send(http, "/vragen/nieuw", values);
        strange.Status.ShouldBe(HttpStatusCode.BadRequest);
        strange.Html.ShouldNotContain(Shown);
    }

    [Fact]
    public async Task Text_that_met_an_ended_session_is_back_after_signing_in_and_only_for_who_typed_it()
    {
        foreach (var (person, comesBack) in new[] { (DemoOrganisation.Facilitator, true), (DemoOrganisation.SecondFacilitator, false) })
        {
            using var http = await Browser(DemoOrganisation.Facilitator);
            var form = await FormOf(http, "/vragen/nieuw", "question");
            await using (var db = await server.Database())
                await db.Set<StaffSessionRow>().ExecuteDeleteAsync(Stop);
            var sent = await Send(http, "/vragen/nieuw", form.Filled(("Form.Title", Typed), ("Form.Story", "Een verhaal")));
            sent.Status.ShouldBe(HttpStatusCode.Redirect);
            sent.Location!.ShouldContain("/inloggen?terug=%2Fvragen%2Fnieuw");
            await using (var db = await server.Database())
                System
                    .Text.Encoding.UTF8.GetString(
                        await db.Set<KeptFormRow>().OrderByDescending(row => row.Until).Select(row => row.Typed).FirstAsync(Stop)
                    )
                    .ShouldNotContain("typte");

            var signIn = await FormOf(http, "/inloggen?terug=%2Fvragen%2Fnieuw", "sign-in");
            var signedIn = await Send(
                http,
                "/inloggen?terug=%2Fvragen%2Fnieuw",
                signIn.Hidden.Append(new("Form.Email", person.Email)).Append(new("Form.Password", DemoOrganisation.Password))
            );
            signedIn.Location!.ShouldEndWith("/vragen/nieuw");
            var html = await http.GetStringAsync("/vragen/nieuw", Stop);
            html.Contains(Shown, StringComparison.Ordinal).ShouldBe(comesBack);
            (await http.GetStringAsync("/vragen/nieuw", Stop)).ShouldNotContain(Shown);
        }
    }

    [Theory, Trait("Case", "08"), InlineData("culture=en", "lang=\"en\""), InlineData("theme=dark", "data-theme=\"dark\"")]
    public async Task Without_a_script_language_and_colours_can_be_switched_with_the_text(string wish, string seen)
    {
        using var http = await Browser(DemoOrganisation.Facilitator);
        var page = await http.GetStringAsync("/vragen/nieuw", Stop);
        page.ShouldContain($"name=\"{FormPost.SwitchField}\" value=\"{wish}\"");
        var form = await FormOf(http, "/vragen/nieuw", "question");
        var (status, html, _) = await Send(http, "/vragen/nieuw", form.Filled(("Form.Title", Typed), (FormPost.SwitchField, wish)));
        status.ShouldBe(HttpStatusCode.OK);
        html.ShouldContain(Shown);
        html.ShouldContain(seen);
        (await http.GetStringAsync("/vragen/nieuw", Stop)).ShouldContain(seen);
    }

    [Fact]
    public async Task Receipts_and_kept_text_go_when_their_time_is_over()
    {
        await using var db = await server.Database();
        var now = server.Get<TimeProvider>().GetUtcNow();
        byte[] old = [.. Guid.NewGuid().ToByteArray()],
            fresh = [.. Guid.NewGuid().ToByteArray()];
        db.AddRange(
            new FormReceiptRow { Key = old, At = now - TimeSpan.FromHours(25) },
            new FormReceiptRow { Key = fresh, At = now },
            new KeptFormRow { Key = old, Until = now - TimeSpan.FromMinutes(1) },
            new KeptFormRow { Key = fresh, Until = now + TimeSpan.FromMinutes(1) }
        );
        await db.SaveChangesAsync(Stop);
        await new CleanForms(server.Get<IDbContextFactory<Storage.DialogueDb>>()).DoDue(now, Stop);
        (await db.Set<FormReceiptRow>().AnyAsync(row => row.Key == old, Stop)).ShouldBeFalse();
        (await db.Set<FormReceiptRow>().AnyAsync(row => row.Key == fresh, Stop)).ShouldBeTrue();
        (await db.Set<KeptFormRow>().AnyAsync(row => row.Key == old, Stop)).ShouldBeFalse();
        (await db.Set<KeptFormRow>().AnyAsync(row => row.Key == fresh, Stop)).ShouldBeTrue();
    }
}

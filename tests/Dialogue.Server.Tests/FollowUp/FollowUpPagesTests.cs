using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dialogue.Clock;
using Dialogue.FollowUp;
using Dialogue.Mailroom;
using Dialogue.Operations;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dialogue.Server.Tests.FollowUp;

/// <summary>The pages and the API over HTTP, as people and programs meet them.</summary>
public sealed class FollowUpPagesTests : IAsyncDisposable
{
    private const string OwnerEmail = "eigenaar@partner.test";
    private readonly RunningServer server = new();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private HttpClient Browser()
    {
        var http = new HttpClient(
            new HttpClientHandler
            {
                AllowAutoRedirect = false,
                CookieContainer = new(),
                UseCookies = true,
            }
        )
        {
            BaseAddress = server.Address,
        };
        http.DefaultRequestHeaders.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        return http;
    }

    private async Task<HttpClient> SignedIn(DemoOrganisation.Person person)
    {
        var http = Browser();
        (
            await http.PostAsJsonAsync("/api/v1/sign-in", new { email = person.Email, password = DemoOrganisation.Password })
        ).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return http;
    }

    private async Task<(Guid Id, string Token)> Offer()
    {
        await using var db = await server.Database();
        var now = server.Get<TimeProvider>().GetUtcNow();
        var today = LocalMoment.DateOf(now, TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam"));
        var agreement = FollowUpBench.Agreed(1) with
        {
            Text = "Leg <b>elk</b> besluit uit",
            FirstStepDate = today.AddDays(10),
            DueDate = today.AddDays(30),
        };
        var ids = await server
            .Get<OfferedActions>()
            .From(
                db,
                FollowUpBench.From with
                {
                    OrganisationId = DemoOrganisation.OrganisationId,
                    Dialogue = new(Guid.NewGuid()),
                },
                FollowUpBench.With([agreement], [FollowUpBench.Contact(1, OwnerEmail)]),
                now,
                CancellationToken.None
            );
        var letter = db.ChangeTracker.Entries<OutboxRow>().Single(entry => entry.Entity.To == OwnerEmail).Entity.TextBody;
        await db.SaveChangesAsync();
        return (ids[0], FollowUpBench.TokenIn(letter));
    }

    private static FormUrlEncodedContent Form(string page, string handler, params (string Name, string Value)[] fields)
    {
        var token = Regex
            .Match(page, "name=\"form\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Groups["token"]
            .Value;
        return new([new("form", token), new("_handler", handler), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
    }

    [Fact]
    public async Task An_owner_without_an_account_reads_and_accepts_through_the_personal_link()
    {
        var (id, token) = await Offer();
        using var http = Browser();
        var opened = await http.GetAsync($"/afspraak/{token}");
        opened.StatusCode.ShouldBe(HttpStatusCode.OK);
        opened.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var page = await opened.Content.ReadAsStringAsync();
        page.ShouldContain("De burger krijgt geen uitleg");
        page.ShouldContain("Leg &lt;b&gt;elk&lt;/b&gt; besluit uit");
        page.ShouldContain("Aangeboden");
        page.ShouldNotContain("Laat vervallen");

        var wrong = await http.PostAsync($"/afspraak/{token}", Form(page, "decline", ("Reason", " ")));
        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await wrong.Content.ReadAsStringAsync()).ShouldContain("class=\"form-summary\"");

        var date = DateOnly.FromDateTime(server.Get<TimeProvider>().GetUtcNow().DateTime).AddDays(5).ToString("yyyy-MM-dd");
        var typed = await http.PostAsync(
            $"/afspraak/{token}",
            Form(page, "accept", ("FirstStep", "Mijn eigen woorden"), ("FirstStepDate", "2099-01-01"), ("IfThen", ""))
        );
        typed.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await typed.Content.ReadAsStringAsync()).ShouldContain("Mijn eigen woorden");

        var accepted = await http.PostAsync(
            $"/afspraak/{token}",
            Form(page, "accept", ("FirstStep", "Bel de burger"), ("FirstStepDate", date), ("IfThen", ""))
        );
        accepted.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await using var db = await server.Database();
        (await db.Set<AgreedActionRow>().SingleAsync(row => row.Id == id)).State.ShouldBe(ActionState.Planned);
        (await http.GetAsync("/afspraak/" + new string('x', 43))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_form_without_its_token_does_nothing()
    {
        var (id, token) = await Offer();
        using var http = Browser();
        var answer = await http.PostAsync(
            $"/afspraak/{token}",
            new FormUrlEncodedContent([new("_handler", "decline"), new("Reason", "x")])
        );
        ((int)answer.StatusCode).ShouldBe(400);
        await using var db = await server.Database();
        (await db.Set<AgreedActionRow>().SingleAsync(row => row.Id == id)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_manager_sees_counts_filters_and_the_page_of_an_action()
    {
        var (id, _) = await Offer();
        using var http = await SignedIn(DemoOrganisation.Manager);
        var list = await http.GetStringAsync("/opvolging");
        list.ShouldContain($"/opvolging/{id}");
        (await http.GetStringAsync("/overzicht")).ShouldContain("/opvolging?state=Offered");
        (await http.GetStringAsync("/opvolging?state=Closed")).ShouldNotContain($"/opvolging/{id}");
        (await http.GetStringAsync("/opvolging?culture=en")).ShouldContain("Agreements");
        var csv = await http.GetAsync("/opvolging.csv");
        csv.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        (await csv.Content.ReadAsStringAsync()).ShouldContain("Leg <b>elk</b> besluit uit");

        var page = await http.GetStringAsync($"/opvolging/{id}?culture=nl");
        page.ShouldContain("Laat vervallen");
        page.ShouldNotContain(">Accepteer<");
        var dropped = await http.PostAsync(
            $"/opvolging/{id}",
            Form(page, "drop", ("DropCategory", "OtherSolution"), ("Reason", "Wet is veranderd"))
        );
        dropped.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await http.GetStringAsync($"/opvolging/{id}")).ShouldContain("Op een andere manier opgelost: Wet is veranderd");
        (await http.GetAsync($"/opvolging/{Guid.NewGuid()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Without_signing_in_there_is_no_list()
    {
        using var http = Browser();
        (await http.GetAsync("/opvolging")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await http.GetAsync("/opvolging.csv")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await http.GetAsync("/api/v1/actions")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_program_lists_reads_and_steps_and_a_refusal_is_a_problem_with_a_type()
    {
        var (id, token) = await Offer();
        using var http = await SignedIn(DemoOrganisation.Coordinator);
        var list = await http.GetFromJsonAsync<JsonElement>("/api/v1/actions?state=offered");
        list.GetProperty("actions").EnumerateArray().ShouldContain(action => action.GetProperty("id").GetGuid() == id);
        var one = await http.GetFromJsonAsync<JsonElement>($"/api/v1/actions/{id}");
        one.GetProperty("openSteps").EnumerateArray().Select(step => step.GetString()).ShouldContain("drop");
        one.ToString().ShouldNotContain(OwnerEmail);

        var refused = await http.PostAsJsonAsync($"/api/v1/actions/{id}/steps", new { type = "accept" });
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("type")
            .GetString()
            .ShouldBe("urn:dialogue:refusal:only-owner");
        var malformed = await http.PostAsJsonAsync($"/api/v1/actions/{id}/steps", new { type = "block" });
        (await malformed.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("type")
            .GetString()
            .ShouldBe("urn:dialogue:refusal:malformed");

        using var program = Browser();
        var taken = await program.PostAsJsonAsync($"/api/v1/action-links/{token}/steps", new { type = "decline", reason = "Niet van ons" });
        (await taken.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString().ShouldBe("declined");
        (await program.GetAsync("/api/v1/action-links/onbekend")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task The_post_of_the_demonstration_shows_letters_with_links_that_one_can_follow()
    {
        var (_, token) = await Offer();
        var sender = server.Services.GetServices<IDueWork>().Single(work => work.Name == "send-outbox");
        await sender.DoDue(server.Get<TimeProvider>().GetUtcNow(), CancellationToken.None);
        using var http = Browser();
        var page = "";
        for (var look = 0; look < 20 && !page.Contains(token, StringComparison.Ordinal); look++)
        {
            page = await http.GetStringAsync("/demo/post");
            await Task.Delay(100);
        }
        page.ShouldContain($"href=\"/afspraak/{token}\"");
    }
}

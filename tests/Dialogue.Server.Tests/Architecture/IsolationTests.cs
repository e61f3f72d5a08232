using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Dialogue.Access;
using Dialogue.Cases;
using Dialogue.Dialogues;
using Dialogue.FollowUp;
using Dialogue.Mailroom;
using Dialogue.Operations;
using Dialogue.Operations.Demo;
using Dialogue.Organisations;
using Dialogue.Storage;
using Dialogue.Waiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dialogue.Architecture;

/// <summary>
/// Two organisations on one installation. Whoever has every right in the one asks each page and endpoint for everything that the other has:
/// no word of it comes back and nothing of it changes.
/// </summary>
[Trait("Finding", "B1")]
public sealed partial class IsolationTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Password = "een heel lang wachtwoord";
    private const string Administrator = "beheer@elders.voorbeeld",
        Everything = "alles@elders.voorbeeld";

    /// <summary>What everybody may read, and what shows another way in; no organisation is asked there.</summary>
    private static readonly string[] OfNobody = ["/demo/post", "/inloggen", "/openapi/{documentName}.json", "/verbinding", "/privacy"];

    private static readonly Guid TheirOrganisation = Guid.Parse("0d1a1090-0000-7000-8000-00000000abcd");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_page_or_endpoint_tells_an_administrator_or_manager_a_word_of_another_organisation()
    {
        await Furnish();
        var words = await Words();
        words.Count.ShouldBeGreaterThan(60);
        var addresses = await Addresses();
        addresses.Count.ShouldBeGreaterThan(300);

        // The words are found by who may see them: the check can fail.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var own in (string[])[DemoOrganisation.Manager.Email, DemoOrganisation.Administrator.Email])
        {
            using var http = await server.SignedIn(own);
            foreach (var address in (string[])["/vragen", "/opvolging", "/beheer/mensen", "/beheer/partners", "/beheer/eenheden"])
                seen.UnionWith(Found(words, await Text(await http.GetAsync(address, Stop))));
        }
        seen.Count.ShouldBeGreaterThan(20);

        foreach (var email in (string[])[Everything, Administrator])
        {
            using var http = await server.SignedIn(email, Password);
            var told = new List<string>();
            var answered = 0;
            foreach (var address in addresses)
            {
                using var answer = await http.GetAsync(address, Stop);
                ((int)answer.StatusCode).ShouldBeLessThan(500, address);
                answered += answer.IsSuccessStatusCode ? 1 : 0;
                told.AddRange(Found(words, await Text(answer)).Select(word => $"{address}: {word}"));
            }

            answered.ShouldBeGreaterThan(15, email);
            told.ShouldBeEmpty(email);
        }
    }

    [Fact]
    public async Task Nothing_of_another_organisation_can_be_changed()
    {
        await Furnish();
        await using var db = await server.Database();
        var unit = await db.Set<UnitRow>().Where(row => row.OrganisationId == DemoOrganisation.OrganisationId).FirstAsync(Stop);
        var partner = await db.Set<PartnerRow>().Where(row => row.OrganisationId == DemoOrganisation.OrganisationId).FirstAsync(Stop);
        var contact = await db.Set<PartnerContactRow>().Where(row => row.PartnerId == partner.Id).FirstAsync(Stop);
        var dialogue = await Open(db).FirstAsync(Stop);
        var action = await db.Set<AgreedActionRow>().Where(row => row.State == ActionState.Offered).FirstAsync(Stop);
        var person = DemoOrganisation.CoachLead.Id;
        using var http = await server.SignedIn(Everything, Password);
        var (name, roles, email) = ("Anders", Array.Empty<string>(), "x@elders.voorbeeld");
        var function = "boardMember";
        (string Method, string Path, object? Body)[] acts =
        [
            ("PUT", $"/api/v1/people/{person}", new { name, roles }),
            ("PUT", $"/api/v1/people/{DemoOrganisation.Administrator.Id}", new { name, roles }),
            ("POST", $"/api/v1/people/{person}/address", new { email }),
            ("POST", $"/api/v1/people/{person}/deactivate", null),
            ("POST", $"/api/v1/people/{person}/reactivate", null),
            ("POST", $"/api/v1/people/{person}/invitation", null),
            ("GET", $"/api/v1/people/{person}/held", null),
            (
                "POST",
                $"/api/v1/people/{person}/held",
                new { keys = new[] { $"dialogue-{dialogue:N}-{DemoOrganisation.Facilitator.Id:N}" }, to = DemoOrganisation.Manager.Id }
            ),
            ("POST", "/api/v1/people", new { name, email = DemoOrganisation.CoachLead.Email }),
            (
                "POST",
                "/api/v1/people",
                new
                {
                    name,
                    email,
                    unit = unit.Id,
                }
            ),
            ("PUT", $"/api/v1/units/{unit.Id}", new { name }),
            ("POST", "/api/v1/units", new { name, parent = unit.Id }),
            ("DELETE", $"/api/v1/units/{unit.Id}", null),
            ("PUT", "/api/v1/functions", new { function, account = person }),
            (
                "PUT",
                "/api/v1/functions",
                new
                {
                    function,
                    unit = unit.Id,
                    mailboxName = name,
                    mailboxEmail = email,
                }
            ),
            (
                "PUT",
                $"/api/v1/partners/{partner.Id}",
                new
                {
                    name,
                    timeZone = "UTC",
                    language = "nl",
                }
            ),
            ("DELETE", $"/api/v1/partners/{partner.Id}", null),
            ("POST", $"/api/v1/partners/{partner.Id}/contacts", new { name, email }),
            ("PUT", $"/api/v1/partners/{partner.Id}/contacts/{contact.Id}", new { name, email }),
            ("DELETE", $"/api/v1/partners/{partner.Id}/contacts/{contact.Id}", null),
            (
                "POST",
                "/api/v1/organisations",
                new
                {
                    name,
                    administrator = name,
                    email,
                }
            ),
            ("POST", $"/api/v1/organisations/{DemoOrganisation.OrganisationId}/administrators", new { name, email }),
            ("POST", $"/api/v1/actions/{action.Id}/steps", new { step = "accept" }),
            ("POST", $"/api/v1/dialogues/{dialogue}/open", new { overrideReason = "ik wil het" }),
            ("POST", $"/api/v1/dialogues/{dialogue}/seat", new { }),
            ("POST", $"/api/v1/dialogues/{dialogue}/material", new { facts = Array.Empty<object>(), cards = Array.Empty<object>() }),
        ];
        var before = await Kept();
        foreach (var (method, path, body) in acts)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (body is not null)
                request.Content = JsonContent.Create(body);
            var answer = await http.SendAsync(request, Stop);
            ((int)answer.StatusCode).ShouldBeInRange(400, 499, $"{method} {path}: {await answer.Content.ReadAsStringAsync(Stop)}");
            answer.StatusCode.ShouldNotBe(HttpStatusCode.MethodNotAllowed, path);
        }

        (await Kept()).ShouldBe(before);
    }

    [Fact]
    [Trait("Finding", "D9")]
    public async Task An_administrator_hears_of_letters_of_the_own_organisation_that_do_not_get_through()
    {
        await Furnish(demo: false);
        using var theirs = await server.SignedIn(Administrator, Password);
        using var ours = await server.SignedIn(DemoOrganisation.Administrator.Email);
        (await Text(await ours.GetAsync("/vandaag", Stop))).ShouldNotContain("komt niet aan");
        await StuckLetter(DemoOrganisation.OrganisationId, "weg@partner.voorbeeld");
        (await Text(await ours.GetAsync("/vandaag", Stop))).ShouldContain("Eén mail komt niet aan");
        (await Text(await theirs.GetAsync("/vandaag", Stop))).ShouldNotContain("komt niet aan");

        await StuckLetter(TheirOrganisation, "een@partner.voorbeeld");
        await StuckLetter(TheirOrganisation, "twee@partner.voorbeeld");
        (await Text(await ours.GetAsync("/vandaag", Stop))).ShouldContain("Eén mail komt niet aan");
        (await Text(await theirs.GetAsync("/vandaag", Stop))).ShouldContain("2 mails komen niet aan");
    }

    private async Task StuckLetter(Guid organisation, string to)
    {
        await using var db = await server.Database();
        var letter = Post.Add(db, new Letter(organisation, to, "Onderwerp", "Tekst"), server.Get<TimeProvider>().GetUtcNow());
        (letter.Attempts, letter.DueAt) = (WhatWaits.LetterAttempts, letter.DueAt.AddDays(1));
        await db.SaveChangesAsync(Stop);
    }

    private static async Task<string> Text(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(
            Escaped()
                .Replace(
                    await answer.Content.ReadAsStringAsync(Stop),
                    found => ((char)Convert.ToInt32(found.Groups["code"].Value, 16)).ToString()
                )
        );

    private static IEnumerable<string> Found(IReadOnlySet<string> words, string text) =>
        words.Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Dialogues of the first organisation that are not closed.</summary>
    private static IQueryable<Guid> Open(DialogueDb db) =>
        db.Set<DialogueRow>()
            .Where(row => row.OrganisationId == DemoOrganisation.OrganisationId && row.Stage != Stage.Closed)
            .Select(row => row.Id);

    /// <summary>Everything of the first organisation that an act could change, as one text for each table.</summary>
    private async Task<string> Kept()
    {
        await using var db = await server.Database();
        var text = new StringBuilder();
        await Write(db.Users.Where(row => row.OrganisationId == DemoOrganisation.OrganisationId).OrderBy(row => row.Id));
        await Write(db.Set<OrganisationRow>().OrderBy(row => row.Id));
        await Write(db.Set<UnitRow>().OrderBy(row => row.Id));
        await Write(db.Set<FunctionRow>().OrderBy(row => row.Id));
        await Write(db.Set<PartnerRow>().OrderBy(row => row.Id));
        await Write(db.Set<PartnerContactRow>().OrderBy(row => row.Id));
        await Write(db.Set<DialogueRow>().OrderBy(row => row.Id));
        await Write(db.Set<DialogueTeamRow>().OrderBy(row => row.DialogueId).ThenBy(row => row.AccountId));
        await Write(db.Set<AgreedActionRow>().OrderBy(row => row.Id));
        await Write(db.Set<CaseRow>().OrderBy(row => row.Id));
        return text.ToString();

        async Task Write<T>(IQueryable<T> rows)
            where T : class
        {
            foreach (var row in await rows.AsNoTracking().ToListAsync(Stop))
                text.AppendLine(System.Text.Json.JsonSerializer.Serialize(row));
        }
    }

    /// <summary>Names, addresses and texts that only the first organisation has.</summary>
    private async Task<HashSet<string>> Words()
    {
        await using var db = await server.Database();
        var ours = DemoOrganisation.OrganisationId;
        var all = new List<string?>();
        all.AddRange(await db.Users.Where(one => one.OrganisationId == ours).Select(one => one.Name).ToListAsync(Stop));
        all.AddRange(await db.Users.Where(one => one.OrganisationId == ours).Select(one => one.Email).ToListAsync(Stop));
        all.AddRange(await db.Set<OrganisationRow>().Where(one => one.Id == ours).Select(one => one.Name).ToListAsync(Stop));
        all.AddRange(await db.Set<UnitRow>().Where(one => one.OrganisationId == ours).Select(one => one.Name).ToListAsync(Stop));
        all.AddRange(await db.Set<PartnerRow>().Where(one => one.OrganisationId == ours).Select(one => one.Name).ToListAsync(Stop));
        all.AddRange(await db.Set<PartnerContactRow>().Select(one => one.Email).ToListAsync(Stop));
        all.AddRange(await db.Set<CaseRow>().Where(one => one.OrganisationId == ours).Select(one => one.Title).ToListAsync(Stop));
        all.AddRange(await db.Set<DialogueRow>().Where(one => one.OrganisationId == ours).Select(one => one.Title).ToListAsync(Stop));
        all.AddRange(await db.Set<AgreedActionRow>().Where(one => one.OrganisationId == ours).Select(one => one.Text).ToListAsync(Stop));
        all.AddRange(
            await db.Set<AgreedActionRow>().Where(one => one.OrganisationId == ours).Select(one => one.OwnerName).ToListAsync(Stop)
        );
        return [.. all.OfType<string>().Where(word => word.Length >= 8)];
    }

    /// <summary>Each way to read, filled in with each thing of the first organisation, and some filters of lists.</summary>
    private async Task<List<string>> Addresses()
    {
        await using var db = await server.Database();
        var ours = DemoOrganisation.OrganisationId;
        var ids = new List<Guid> { ours, DemoOrganisation.Administrator.Id, DemoOrganisation.Facilitator.Id };
        ids.AddRange(await db.Set<CaseRow>().Where(one => one.OrganisationId == ours).Select(one => one.Id).Take(3).ToListAsync(Stop));
        ids.AddRange(await db.Set<DialogueRow>().Where(one => one.OrganisationId == ours).Select(one => one.Id).ToListAsync(Stop));
        ids.AddRange(
            await db.Set<AgreedActionRow>().Where(one => one.OrganisationId == ours).Select(one => one.Id).Take(3).ToListAsync(Stop)
        );
        ids.AddRange(await db.Set<UnitRow>().Where(one => one.OrganisationId == ours).Select(one => one.Id).Take(2).ToListAsync(Stop));
        ids.AddRange(await db.Set<PartnerRow>().Where(one => one.OrganisationId == ours).Select(one => one.Id).Take(2).ToListAsync(Stop));
        var codes = await db.Set<DialogueRow>().Where(one => one.Code != null).Select(one => one.Code!).ToListAsync(Stop);
        var addresses = new List<string>();
        foreach (
            var endpoint in server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        )
        {
            var route = "/" + (endpoint.RoutePattern.RawText ?? "").TrimStart('/');
            var reads = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? false;
            // Who has a join code or a link may read by it, whoever it is; those ways in ask no account.
            var byPaper =
                route.Contains("{Token", StringComparison.OrdinalIgnoreCase) || route.StartsWith("/meedoen/", StringComparison.Ordinal);
            if (!reads || byPaper || OfNobody.Contains(route) || EntrancesTests.IsOfTheFramework(endpoint))
                continue;
            if (route.Contains("{Code", StringComparison.Ordinal))
                addresses.AddRange(codes.Select(code => Place().Replace(route, code)));
            else if (route.Contains('{', StringComparison.Ordinal))
                addresses.AddRange(ids.Select(id => Place().Replace(route, id.ToString())));
            else
                addresses.Add(route);
        }

        foreach (var id in ids)
            addresses.AddRange([
                $"/dialogen/nieuw?vraag={id}",
                $"/api/v1/actions?case={id}",
                $"/opvolging?case={id}",
                $"/beheer/spoor?wie={id}",
            ]);
        return [.. addresses.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The demonstration as the first organisation, and a second one with two people.</summary>
    private async Task Furnish(bool demo = true)
    {
        if (demo)
            await server.Get<DemoCases>().Seed(Stop);
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DialogueDb>();
        if (await db.Set<OrganisationRow>().AnyAsync(row => row.Id == TheirOrganisation, Stop))
            return;
        var elsewhere = new OrganisationRow { Id = TheirOrganisation, Name = "Elders" };
        db.Add(elsewhere);
        await db.SaveChangesAsync(Stop);
        await Add(Administrator, StaffRole.Administrator);
        await Add(
            Everything,
            StaffRole.Facilitator | StaffRole.Manager | StaffRole.Coordinator | StaffRole.Administrator | StaffRole.RecordsOfficer
        );

        async Task Add(string email, StaffRole roles) =>
            (
                await scope
                    .ServiceProvider.GetRequiredService<UserManager<Account>>()
                    .CreateAsync(
                        new Account
                        {
                            Id = Guid.NewGuid(),
                            OrganisationId = elsewhere.Id,
                            Name = "Vreemde",
                            Email = email,
                            UserName = email,
                            EmailConfirmed = true,
                            Roles = roles,
                        },
                        Password
                    )
            ).Succeeded.ShouldBeTrue();
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\\u(?<code>[0-9a-fA-F]{4})", RegexOptions.ExplicitCapture)]
    private static partial Regex Escaped();
}

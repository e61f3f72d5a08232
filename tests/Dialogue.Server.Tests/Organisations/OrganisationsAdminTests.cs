using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Organisations.Functions;
using Dialogue.Organisations.Settings;
using Dialogue.Trail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dialogue.Organisations;

/// <summary>Row B1: what an administrator sets up without SQL, and row K8: that it can be read back who did it.</summary>
[Trait("Finding", "B1")]
public sealed class OrganisationsAdminTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<HttpClient> Administrator() => server.SignedIn(DemoOrganisation.Administrator.Email);

    private static async Task<Guid> Id(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Stop));
        return await answer.Content.ReadFromJsonAsync<Guid>(Stop);
    }

    private static async Task<string> Code(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("type").GetString()!.Split(':')[^1];

    private async Task<IReadOnlyList<AuditRow>> Trail()
    {
        await using var db = await server.Database();
        return await db.Set<AuditRow>().AsNoTracking().OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(Stop);
    }

    [Fact]
    public async Task Units_are_a_tree_of_two_levels_with_unique_names()
    {
        using var http = await Administrator();
        var top = await Id(await http.PostAsJsonAsync("/api/v1/units", new { name = "Uitvoering" }, Stop));
        var team = await Id(await http.PostAsJsonAsync("/api/v1/units", new { name = "Team Noord", parent = top }, Stop));
        (await Code(await http.PostAsJsonAsync("/api/v1/units", new { name = "Onder team", parent = team }, Stop))).ShouldBe(
            "unit-too-deep"
        );
        (await Code(await http.PostAsJsonAsync("/api/v1/units", new { name = " team noord " }, Stop))).ShouldBe("already-unit");
        (await Code(await http.PutAsJsonAsync($"/api/v1/units/{top}", new { name = "Uitvoering", parent = top }, Stop))).ShouldBe(
            "unit-too-deep"
        );
        (await Code(await http.DeleteAsync($"/api/v1/units/{top}", Stop))).ShouldBe("unit-in-use");
        (await http.DeleteAsync($"/api/v1/units/{team}", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var units = (await http.GetFromJsonAsync<JsonElement>("/api/v1/units", Stop)).EnumerateArray().ToList();
        units.ShouldContain(unit => unit.GetProperty("id").GetGuid() == top);
        units.ShouldNotContain(unit => unit.GetProperty("id").GetGuid() == team);
    }

    [Fact]
    [Trait("Finding", "D8")]
    public async Task A_function_is_held_by_a_person_or_a_mailbox_and_a_unit_without_one_uses_the_one_above()
    {
        using var http = await Administrator();
        var top = await Id(await http.PostAsJsonAsync("/api/v1/units", new { name = "Toezicht" }, Stop));
        var team = await Id(await http.PostAsJsonAsync("/api/v1/units", new { name = "Team Toezicht Zuid", parent = top }, Stop));
        await Put(new { function = "boardMember", account = DemoOrganisation.Manager.Id });
        (await Holder(NamedFunction.BoardMember, team))!.Email.ShouldBe(DemoOrganisation.Manager.Email);
        await Put(
            new
            {
                function = "boardMember",
                unit = top,
                mailboxName = "Bestuur",
                mailboxEmail = "Bestuur@dwb.voorbeeld",
            }
        );
        (await Holder(NamedFunction.BoardMember, team))!.ShouldBe(new FunctionHolder("Bestuur", "bestuur@dwb.voorbeeld", null));
        (await Holder(NamedFunction.BoardMember, null))!.Account.ShouldBe(DemoOrganisation.Manager.Id);
        await Put(new { function = "boardMember", unit = top });
        (await Holder(NamedFunction.BoardMember, team))!.Account.ShouldBe(DemoOrganisation.Manager.Id);
        (
            await Code(await http.PutAsJsonAsync("/api/v1/functions", new { function = "boardMember", account = Guid.NewGuid() }, Stop))
        ).ShouldBe("no-such-account");
        (
            await Code(
                await http.PutAsJsonAsync(
                    "/api/v1/functions",
                    new
                    {
                        function = "boardMember",
                        mailboxName = "x",
                        mailboxEmail = "geen adres",
                    },
                    Stop
                )
            )
        ).ShouldBe("address-invalid");

        async Task Put(object wish)
        {
            var answer = await http.PutAsJsonAsync("/api/v1/functions", wish, Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Stop));
        }

        async Task<FunctionHolder?> Holder(NamedFunction function, Guid? unit)
        {
            await using var db = await server.Database();
            return (await FunctionHolders.Read(db, [DemoOrganisation.OrganisationId], Stop)).Of(
                DemoOrganisation.OrganisationId,
                function,
                unit
            );
        }
    }

    [Fact]
    public async Task Partner_organisations_have_contacts_a_zone_and_a_language()
    {
        using var http = await Administrator();
        var wish = new
        {
            name = "Openbaar Lichaam Zonneland",
            timeZone = "America/Curacao",
            language = "en",
        };
        var partner = await Id(await http.PostAsJsonAsync("/api/v1/partners", wish, Stop));
        (await Code(await http.PostAsJsonAsync("/api/v1/partners", wish, Stop))).ShouldBe("already-partner");
        (
            await Code(
                await http.PostAsJsonAsync(
                    "/api/v1/partners",
                    new
                    {
                        name = "x",
                        timeZone = "Mars/Noord",
                        language = "nl",
                    },
                    Stop
                )
            )
        ).ShouldBe("zone-unknown");
        var contact = await Id(
            await http.PostAsJsonAsync(
                $"/api/v1/partners/{partner}/contacts",
                new
                {
                    name = "Ann Martina",
                    task = "chain coordinator",
                    email = "ann@zonneland.test",
                },
                Stop
            )
        );
        var read = (await http.GetFromJsonAsync<JsonElement>("/api/v1/partners", Stop))
            .EnumerateArray()
            .Single(one => one.GetProperty("id").GetGuid() == partner);
        read.GetProperty("timeZone").GetString().ShouldBe("America/Curacao");
        read.GetProperty("contacts")[0].GetProperty("email").GetString().ShouldBe("ann@zonneland.test");
        (await http.DeleteAsync($"/api/v1/partners/{partner}/contacts/{contact}", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await http.DeleteAsync($"/api/v1/partners/{partner}", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Code(await http.DeleteAsync($"/api/v1/partners/{partner}", Stop))).ShouldBe("no-such-partner");
    }

    [Fact]
    public async Task Settings_of_an_older_version_are_refused_and_days_must_rise()
    {
        using var http = await Administrator();
        var now = await http.GetFromJsonAsync<JsonElement>("/api/v1/organisation", Stop);
        var wish = now.Deserialize<Dictionary<string, object>>()!;
        // What only reading tells is not part of a change, and an unknown field is refused (K10).
        foreach (var read in (string[])["id", "hasLogo", "runsInstallation"])
            wish.Remove(read);
        wish["address"] = "Postbus 1\n1234 AB Zilverdam";
        (await http.PutAsJsonAsync("/api/v1/organisation", wish, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Code(await http.PutAsJsonAsync("/api/v1/organisation", wish, Stop))).ShouldBe("already-advanced");
        wish["version"] = now.GetProperty("version").GetInt32() + 1;
        wish["lateDaysSponsor"] = 5;
        (await Code(await http.PutAsJsonAsync("/api/v1/organisation", wish, Stop))).ShouldBe("days-out-of-range");
        (await Trail()).ShouldContain(line => line.Act == AuditAct.SettingsChanged && line.Detail == "Address");
    }

    [Fact]
    public async Task A_logo_is_told_by_its_bytes_and_a_picture_that_can_hold_a_program_is_refused()
    {
        using var http = await Administrator();
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0];
        (await Code(await Put("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"u8.ToArray()))).ShouldBe("picture-not-allowed");
        (await Code(await Put([.. png, .. new byte[KeepLogo.Most]]))).ShouldBe("picture-too-large");
        (await Put(png)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var anybody = server.Browser();
        var logo = await anybody.GetAsync($"/organisatie/{DemoOrganisation.OrganisationId}/logo", Stop);
        logo.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        (await logo.Content.ReadAsByteArrayAsync(Stop)).ShouldBe(png);
        (await Put([])).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await anybody.GetAsync($"/organisatie/{DemoOrganisation.OrganisationId}/logo", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        async Task<HttpResponseMessage> Put(byte[] bytes)
        {
            using var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new("image/png");
            return await http.PutAsync("/api/v1/organisation/logo", content, Stop);
        }
    }

    [Fact]
    public async Task The_house_colour_is_one_small_style_sheet_that_everybody_may_read()
    {
        using var http = server.Browser();
        var css = await http.GetAsync($"/organisatie/{DemoOrganisation.OrganisationId}/tokens.css", Stop);
        css.Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
        (await http.GetAsync($"/organisatie/{Guid.NewGuid()}/tokens.css", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        HouseStyle.Css("#7a1f3d").ShouldContain("--brand: #7a1f3d");
    }

    [Theory]
    [InlineData("#0b5c99")]
    [InlineData("#000000")]
    [InlineData("#7a1f3d")]
    [InlineData("#17603a")]
    [InlineData("#4b0082")]
    public void Every_colour_that_is_allowed_can_be_read_in_light_and_in_dark(string accent)
    {
        HouseStyle.Read(accent).Ok.ShouldBeTrue();
        var light = HouseStyle.OnDark(accent);
        foreach (var ground in HouseStyle.DarkGrounds.Append(HouseStyle.OnDarkBrand))
            HouseStyle.Contrast(light, ground).ShouldBeGreaterThanOrEqualTo(4.5, $"{light} on {ground}");
        HouseStyle.Contrast(HouseStyle.Bar(accent), "#ffffff").ShouldBeGreaterThanOrEqualTo(4.5);
    }

    [Theory]
    [InlineData("#ffff00")]
    [InlineData("#8fcbf5")]
    [InlineData("blauw")]
    [InlineData("#12345")]
    [InlineData("#123456; } body { display: none")]
    public void A_colour_that_is_too_light_or_no_colour_is_refused(string accent) =>
        HouseStyle.Read(accent).Refusal!.Code.ShouldBe(RefusalCode.ColourUnreadable);

    [Fact]
    [Trait("Finding", "K8")]
    public async Task What_an_administrator_does_stands_in_the_trail_and_others_may_not_read_it()
    {
        using var http = await Administrator();
        var before = (await Trail()).Count;
        var unit = await Id(await http.PostAsJsonAsync("/api/v1/units", new { name = "Gevolgd" }, Stop));
        var line = (await Trail()).Skip(before).ShouldHaveSingleItem();
        (line.AccountId, line.Act, line.SubjectKind, line.SubjectId, line.OrganisationId).ShouldBe(
            (DemoOrganisation.Administrator.Id, AuditAct.UnitAdded, "unit", unit.ToString(), DemoOrganisation.OrganisationId)
        );

        // What is refused leaves no line.
        await http.PostAsJsonAsync("/api/v1/units", new { name = "Gevolgd" }, Stop);
        (await Trail()).Count.ShouldBe(before + 1);

        var read = await http.GetFromJsonAsync<JsonElement>("/api/v1/audit?act=UnitAdded", Stop);
        read.GetProperty("lines")[0].GetProperty("subjectName").GetString().ShouldBe("Gevolgd");
        using var facilitator = await server.SignedIn(DemoOrganisation.Facilitator.Email);
        (await facilitator.GetAsync("/api/v1/audit", Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await facilitator.GetAsync("/beheer/spoor", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await facilitator.GetAsync("/beheer/spoor.csv", Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        using var records = await server.SignedIn(DemoOrganisation.RecordsOfficer.Email);
        (await records.GetAsync("/beheer/spoor", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var csv = await records.GetStringAsync("/beheer/spoor.csv?soort=UnitAdded", Stop);
        csv.ShouldContain("Gevolgd");
        (await Trail())[^1]
            .ShouldSatisfyAllConditions(
                last => last.Act.ShouldBe(AuditAct.Exported),
                last => last.AccountId.ShouldBe(DemoOrganisation.RecordsOfficer.Id)
            );
    }

    [Fact]
    [Trait("Finding", "K8")]
    public void Nothing_in_the_program_changes_or_deletes_a_line_of_the_trail()
    {
        typeof(AuditRow)
            .GetProperties()
            .Where(property => property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Length == 0)
            .ShouldBeEmpty("every property is init-only");
        var sources = Directory
            .EnumerateFiles(Architecture.Repository.PathOf("src", "Dialogue.Server"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("Migrations", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains("Set<AuditRow>()", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();
        sources.Select(Path.GetFileName).ShouldBe(["ReadTrail.cs", "Audit.cs"]);
        File.ReadAllText(sources[0]).ShouldContain("Set<AuditRow>().AsNoTracking()");
        System.Text.RegularExpressions.Regex.Count(File.ReadAllText(sources[1]), @"Set<AuditRow>\(\)\s*\.AnyAsync").ShouldBe(1);
        System.Text.RegularExpressions.Regex.Count(File.ReadAllText(sources[1]), @"Set<AuditRow>\(\)").ShouldBe(1);
    }

    [Fact]
    public async Task Only_an_administrator_comes_in_and_another_organisation_finds_nothing()
    {
        using var ours = await Administrator();
        var unit = await Id(await ours.PostAsJsonAsync("/api/v1/units", new { name = "Alleen van ons" }, Stop));
        var partner = await Id(
            await ours.PostAsJsonAsync(
                "/api/v1/partners",
                new
                {
                    name = "Alleen onze partner",
                    timeZone = "Europe/Amsterdam",
                    language = "nl",
                },
                Stop
            )
        );
        using var facilitator = await server.SignedIn(DemoOrganisation.Facilitator.Email);
        foreach (var page in new[] { "eenheden", "functies", "partners", "organisatie" })
        {
            (await facilitator.GetAsync("/beheer/" + page, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, page);
            (await ours.GetAsync("/beheer/" + page, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK, page);
        }

        using var theirs = await Elsewhere();
        (await theirs.GetAsync($"/beheer/eenheden/{unit}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await theirs.GetAsync($"/beheer/partners/{partner}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Code(await theirs.PutAsJsonAsync($"/api/v1/units/{unit}", new { name = "Gekaapt" }, Stop))).ShouldBe("no-such-unit");
        (await Code(await theirs.DeleteAsync($"/api/v1/partners/{partner}", Stop))).ShouldBe("no-such-partner");
        (await Code(await theirs.PutAsJsonAsync("/api/v1/functions", new { function = "sponsor", unit }, Stop))).ShouldBe("no-such-unit");
        (
            await Code(
                await theirs.PutAsJsonAsync("/api/v1/functions", new { function = "sponsor", account = DemoOrganisation.Manager.Id }, Stop)
            )
        ).ShouldBe("no-such-account");
        (await theirs.GetStringAsync("/api/v1/audit", Stop)).ShouldNotContain("Alleen van ons");
        (await theirs.GetStringAsync("/api/v1/people", Stop)).ShouldNotContain(DemoOrganisation.Manager.Email);
        (await theirs.GetStringAsync("/api/v1/units", Stop)).ShouldNotContain("Alleen van ons");
        (await theirs.GetStringAsync("/api/v1/partners", Stop)).ShouldBe("[]");
    }

    private async Task<HttpClient> Elsewhere()
    {
        const string email = "beheer@elders.test",
            password = "een heel lang wachtwoord";
        await using (var scope = server.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<Storage.DialogueDb>();
            var elsewhere = new OrganisationRow { Id = Guid.NewGuid(), Name = "Elders" };
            db.Add(elsewhere);
            await db.SaveChangesAsync(Stop);
            (
                await scope
                    .ServiceProvider.GetRequiredService<UserManager<Account>>()
                    .CreateAsync(
                        new Account
                        {
                            Id = Guid.NewGuid(),
                            OrganisationId = elsewhere.Id,
                            Name = "Beheerder elders",
                            Email = email,
                            UserName = email,
                            Roles = StaffRole.Administrator,
                        },
                        password
                    )
            ).Succeeded.ShouldBeTrue();
        }

        return await server.SignedIn(email, password);
    }
}

using System.Net.Http.Json;
using Dialogue.Cases;
using Dialogue.Dialogues;
using Dialogue.Operations;
using Dialogue.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Outcomes;

[Trait("Finding", "D4")]
public sealed class MomentsTests : IClassFixture<RunningServer>
{
    private static readonly DateTimeOffset HalfPastElevenInGreenwich = new(2026, 3, 10, 11, 30, 0, TimeSpan.Zero);
    private readonly RunningServer server;

    public MomentsTests(RunningServer server) => this.server = server;

    /// <summary>Fourteen hours ahead of Greenwich: no server and no test machine stands there by accident.</summary>
    [Fact]
    public async Task Every_page_shows_a_moment_in_the_zone_of_the_organisation()
    {
        var stop = TestContext.Current.CancellationToken;
        var state = OutcomeRecordsTests.State() with { ClosedAt = HalfPastElevenInGreenwich };
        var (id, dialogue) = (Guid.NewGuid(), new DialogueId(Guid.NewGuid()));
        state = state with { Case = state.Case! with { Id = new CaseId(id) } };
        await using (var db = await server.Database())
        {
            (await db.Set<OrganisationRow>().SingleAsync(one => one.Id == DemoOrganisation.OrganisationId, stop)).TimeZone =
                "Pacific/Kiritimati";
            db.Add(
                new CaseRow
                {
                    Id = id,
                    OrganisationId = DemoOrganisation.OrganisationId,
                    Year = 2025,
                    NumberInYear = 7,
                    Title = "Wie krijgt de coach?",
                    Story = "Een model kiest.",
                    RegisteredByName = "Noor",
                    RegisteredAt = HalfPastElevenInGreenwich,
                }
            );
            db.Add(
                new DialogueRow
                {
                    Id = dialogue.Value,
                    OrganisationId = DemoOrganisation.OrganisationId,
                    CaseId = id,
                    Title = state.Title,
                    Template = "proef",
                    Stage = Stage.Closed,
                    PreparedAt = HalfPastElevenInGreenwich,
                    ClosedAt = HalfPastElevenInGreenwich,
                }
            );
            await db.SaveChangesAsync(stop);
            var closed = new DialogueClosed(HalfPastElevenInGreenwich, null);
            await new RecordOutcome().Appended(
                db,
                new Appended(dialogue, state with { Stage = Stage.Running }, state, [closed], 8, HalfPastElevenInGreenwich),
                stop
            );
            await db.SaveChangesAsync(stop);
        }

        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        (
            await client.PostAsJsonAsync(
                "/api/v1/sign-in",
                new { email = DemoOrganisation.Facilitator.Email, password = DemoOrganisation.Password },
                stop
            )
        ).EnsureSuccessStatusCode();
        async Task<string> Page(string address) => await client.GetStringAsync(new Uri(address, UriKind.Relative), stop);

        var report = await Page($"/dialogen/{dialogue}/uitkomst");
        report.ShouldContain("11 maart 2026");
        report.ShouldContain("11 mrt 2026 01:30");
        (await Page($"/vragen/{id}")).ShouldContain("11 maart 2026");
        (await Page("/dialogen")).ShouldContain("11 maart 2026");
        (await Page("/vragen")).ShouldContain("11 mrt 2026");
        foreach (var page in (string[])[report, await Page($"/vragen/{id}"), await Page("/dialogen"), await Page("/vragen")])
            page.ShouldNotContain("10 maart");
        (await Page($"/api/v1/dialogues/{dialogue}/outcome")).ShouldContain("\"timeZone\":\"Pacific/Kiritimati\"");
    }
}

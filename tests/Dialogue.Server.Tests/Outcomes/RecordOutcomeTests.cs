using System.Net.Http.Json;
using Dialogue.Cases;
using Dialogue.Dialogues;
using Dialogue.Operations;
using Dialogue.Operations.Demo;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dialogue.Outcomes;

public sealed class RecordOutcomeTests : IClassFixture<RunningServer>
{
    private static readonly CancellationToken Stop = CancellationToken.None;
    private readonly RunningServer server;

    public RecordOutcomeTests(RunningServer server) => this.server = server;

    [Fact]
    public async Task A_dialogue_that_closes_leaves_records_links_and_its_part_of_the_case()
    {
        var state = OutcomeRecordsTests.State();
        var dialogue = await Card(state);
        await Append(dialogue, state, new DialogueClosed(state.ClosedAt!.Value, null));

        await using var db = await server.Database();
        (await db.Set<OutcomeRow>().CountAsync(row => row.DialogueId == dialogue.Value, Stop)).ShouldBe(1);
        (await db.Set<OutcomeRecordRow>().CountAsync(row => row.DialogueId == dialogue.Value, Stop)).ShouldBeGreaterThan(10);
        (await db.Set<OutcomeLinkRow>().CountAsync(row => row.DialogueId == dialogue.Value, Stop)).ShouldBeGreaterThan(5);

        await using var scope = server.Services.CreateAsyncScope();
        var steps = await ActivatorUtilities
            .CreateInstance<TellOutcomes>(scope.ServiceProvider, new Somebody(DemoDoor.Member(DemoOrganisation.Facilitator)))
            .Tell(state.Case!.Id.Value, Stop);
        var agreement = steps.Single(step => step.Kind == OutcomeKind.Agreement.Word() && step.Dialogue == dialogue.Value);
        agreement.From.ShouldContain(cause => cause.Kind == OutcomeLinks.Because);
        agreement.From.ShouldAllBe(cause => steps.Any(step => step.Id == cause.Step));
    }

    [Fact]
    public async Task Acts_of_power_are_kept_with_their_reasons_and_without_people()
    {
        var state = OutcomeRecordsTests.State() with { Stage = Stage.Running };
        var dialogue = await Card(state);
        await Append(
            dialogue,
            state,
            new ItemHidden(new ItemId(102), "Een naam"),
            new HandRaised(new SeatId(1), true),
            new LobbyOpened("Te laat", DateTimeOffset.UnixEpoch)
        );

        await using var db = await server.Database();
        var acts = await db.Set<GuideActRow>()
            .Where(row => row.DialogueId == dialogue.Value)
            .OrderBy(row => row.Sequence)
            .ToListAsync(Stop);
        acts.Select(act => (act.Sequence, act.Kind, act.Reason)).ShouldBe([(8, "itemHidden", "Een naam"), (10, "openedAnyway", "Te laat")]);
    }

    [Fact]
    public async Task Staff_read_the_report_and_the_whole_case_and_strangers_neither()
    {
        var state = OutcomeRecordsTests.State();
        var id = Guid.NewGuid();
        state = state with { Case = state.Case! with { Id = new CaseId(id) } };
        await using (var db = await server.Database())
        {
            db.Add(
                new CaseRow
                {
                    Id = id,
                    OrganisationId = DemoOrganisation.OrganisationId,
                    Year = 2025,
                    NumberInYear = 1,
                    Title = "Wie krijgt de coach?",
                    Story = "Een model kiest.",
                    RegisteredByName = "Noor",
                }
            );
            await db.SaveChangesAsync(Stop);
        }

        var dialogue = await Card(state);
        await Append(dialogue, state, new DialogueClosed(state.ClosedAt!.Value, null));

        using var client = new HttpClient { BaseAddress = server.Address };
        // Finding G11: whoever is not signed in can sign in and come back; nothing of the outcome is shown before that.
        var stranger = await client.GetAsync(new Uri($"/dialogen/{dialogue}/uitkomst", UriKind.Relative), Stop);
        var back = Uri.EscapeDataString($"/dialogen/{dialogue}/uitkomst");
        stranger.RequestMessage!.RequestUri!.PathAndQuery.ShouldBe($"/inloggen?terug={back}");
        (await stranger.Content.ReadAsStringAsync(Stop)).ShouldNotContain("Ga door als proef");
        (await client.GetAsync(new Uri($"/api/v1/dialogues/{dialogue}/outcome", UriKind.Relative), Stop)).StatusCode.ShouldBe(
            System.Net.HttpStatusCode.NotFound
        );

        client.DefaultRequestHeaders.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        (
            await client.PostAsJsonAsync(
                "/api/v1/sign-in",
                new { email = DemoOrganisation.Facilitator.Email, password = DemoOrganisation.Password },
                Stop
            )
        ).EnsureSuccessStatusCode();
        var report = await client.GetStringAsync(new Uri($"/dialogen/{dialogue}/uitkomst", UriKind.Relative), Stop);
        report.ShouldContain("Ga door als proef");
        report.ShouldContain("Meet eerst");
        report.ShouldContain("Praat eerst tien minuten");
        report.ShouldNotContain("Ank", Case.Sensitive);
        var page = await client.GetStringAsync(new Uri($"/vragen/{id}", UriKind.Relative), Stop);
        page.ShouldContain("Niemand kan zeggen: dit ben ik niet");
        page.ShouldContain("Leidde tot");
        (await client.GetStringAsync(new Uri($"/api/v1/dialogues/{dialogue}/outcome", UriKind.Relative), Stop)).ShouldContain(
            "\"kind\":\"minorityView\""
        );
        if (Environment.GetEnvironmentVariable("KEEP_PAGES") is { } folder)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "uitkomst.html"), report, Stop);
            await File.WriteAllTextAsync(Path.Combine(folder, "zaak.html"), page, Stop);
        }
    }

    private async Task<DialogueId> Card(DialogueState state)
    {
        var dialogue = new DialogueId(Guid.NewGuid());
        await using var db = await server.Database();
        db.Add(
            new DialogueRow
            {
                Id = dialogue.Value,
                OrganisationId = DemoOrganisation.OrganisationId,
                CaseId = state.Case!.Id.Value,
                Title = state.Title,
                Template = "proef",
                Stage = Stage.Closed,
                ClosedAt = state.ClosedAt,
            }
        );
        await db.SaveChangesAsync(Stop);
        return dialogue;
    }

    private async Task Append(DialogueId dialogue, DialogueState after, params DialogueEvent[] events)
    {
        await using var db = await server.Database();
        await new RecordOutcome().Appended(
            db,
            new Appended(dialogue, after with { Stage = Stage.Running }, after, events, 7 + events.Length, DateTimeOffset.UnixEpoch),
            Stop
        );
        await db.SaveChangesAsync(Stop);
    }

    private sealed class Somebody(Access.StaffMember member) : Access.ICurrentStaff
    {
        public Task<Access.StaffMember?> Get(CancellationToken stop = default) => Task.FromResult<Access.StaffMember?>(member);
    }
}

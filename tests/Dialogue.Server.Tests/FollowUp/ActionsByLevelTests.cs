using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dialogue.Dialogues;
using Dialogue.Operations;
using Dialogue.Organisations;
using Dialogue.Server.Tests.FollowUp;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.FollowUp;

/// <summary>What a dialogue for its team only left is not read along by way of its agreed actions.</summary>
public sealed class ActionsByLevelTests : IAsyncDisposable
{
    private readonly RunningServer server = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact, Trait("Finding", "K4")]
    public async Task An_action_of_a_dialogue_for_its_team_only_is_for_that_team_and_for_those_who_oversee()
    {
        using var guide = await server.SignedIn(DemoOrganisation.Facilitator.Email, DemoOrganisation.Password);
        using var other = await server.SignedIn(DemoOrganisation.SecondFacilitator.Email, DemoOrganisation.Password);
        using var colleague = await server.SignedIn(DemoOrganisation.CoachLead.Email, DemoOrganisation.Password);
        using var manager = await server.SignedIn(DemoOrganisation.Manager.Email, DemoOrganisation.Password);
        var (question, dialogue, action) = await Agreed(guide);
        var (onCase, onAction) = ($"/vragen/{question}", $"/opvolging/{action}");

        // For the whole organisation: other facilitators find it at the question.
        (await other.GetStringAsync(onCase, Stop)).ShouldContain(onAction);
        (await other.GetStringAsync("/opvolging", Stop)).ShouldContain(onAction);

        await using (var db = await server.Database())
        {
            (await db.Set<DialogueRow>().SingleAsync(row => row.Id == dialogue.Value, Stop)).Level = DialogueLevel.Team;
            db.Add(
                new DialogueTeamRow
                {
                    DialogueId = dialogue.Value,
                    AccountId = DemoOrganisation.Facilitator.Id,
                    AddedBy = DemoOrganisation.Facilitator.Id,
                }
            );
            await db.SaveChangesAsync(Stop);
        }

        foreach (var outside in new[] { colleague, other })
        {
            (await outside.GetStringAsync(onCase, Stop)).ShouldNotContain(onAction);
            (await outside.GetStringAsync("/opvolging", Stop)).ShouldNotContain(onAction);
            (await outside.GetAsync(onAction, Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        (await guide.GetStringAsync(onCase, Stop)).ShouldContain(onAction);
        (await guide.GetAsync(onAction, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await manager.GetAsync(onAction, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<(string Question, DialogueId Dialogue, Guid Action)> Agreed(HttpClient guide)
    {
        var registered = await guide.PostAsJsonAsync(
            "/api/v1/cases",
            new
            {
                title = "Een vraag van ons",
                story = "Een verhaal dat lang genoeg is.",
                domain = "other",
                trigger = "signal",
            },
            Stop
        );
        var question = (await registered.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString()!;
        var room = await server.Room(TestTemplates.Short, participants: 1);
        await using var db = await server.Database();
        var now = server.Get<TimeProvider>().GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var made = await server
            .Get<OfferedActions>()
            .From(
                db,
                FollowUpBench.From with
                {
                    OrganisationId = DemoOrganisation.OrganisationId,
                    Dialogue = room.Dialogue,
                    Case = new CaseId(Guid.Parse(question)),
                },
                FollowUpBench.With(
                    [FollowUpBench.Agreed(1) with { FirstStepDate = today.AddDays(10), DueDate = today.AddDays(30) }],
                    [FollowUpBench.Contact(1, "een@partner.test")]
                ),
                now,
                Stop
            );
        await db.SaveChangesAsync(Stop);
        return (question, room.Dialogue, made[0]);
    }
}

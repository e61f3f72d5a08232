using System.Net;
using Dialogue.Cases;
using Dialogue.Operations;
using Dialogue.Operations.Demo;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>A dialogue has a team and a level: who guides it, who sees its code, and who reads its outcome (K4).</summary>
public sealed class TeamTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact, Trait("Finding", "K4")]
    public async Task Reading_the_page_of_the_facilitator_seats_nobody_and_joining_is_an_act_of_the_team()
    {
        var (dialogue, code, question) = await Opened();
        using var second = await server.SignedIn(DemoOrganisation.SecondFacilitator.Email);
        var before = (await server.Live.Read(dialogue, stop: Stop)).Number;
        var page = await second.GetAsync($"/ruimte/{code}/regie", Stop);
        page.StatusCode.ShouldBe(HttpStatusCode.Found);
        page.Headers.Location!.ToString().ShouldEndWith($"/dialogen/{dialogue}/meeleiden");
        (await second.GetStringAsync($"/dialogen/{dialogue}/meeleiden", Stop)).ShouldContain("U hoort niet bij het team");
        (await second.PostAsync($"/api/v1/dialogues/{dialogue}/seat", null, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await second.GetStringAsync("/dialogen", Stop)).ShouldNotContain(code);
        (await second.GetStringAsync($"/api/v1/dialogues/{dialogue}", Stop)).ShouldNotContain(code);
        (await second.GetStringAsync("/api/v1/dialogues/", Stop)).ShouldNotContain(code);
        (await second.PostAsync($"/api/v1/dialogues/{dialogue}/open", null, Stop)).IsSuccessStatusCode.ShouldBeFalse();
        (await server.Live.Read(dialogue, stop: Stop)).Number.ShouldBe(before, "nothing happened");

        var door = server.Get<DemoDoor>();
        (await door.As(DemoOrganisation.Manager, new AddToTeam(dialogue, Second), Stop)).ShouldBeOfType<Answer.Refused>();
        (
            await door.As(DemoOrganisation.Facilitator, new AddToTeam(dialogue, DemoDoor.Member(DemoOrganisation.Manager).AccountId), Stop)
        ).ShouldBeOfType<Answer.Refused>("a manager who does not facilitate");
        (await door.As(DemoOrganisation.Facilitator, new AddToTeam(dialogue, Second), Stop)).ShouldBeOfType<Answer.Accepted>();
        (await second.GetStringAsync($"/dialogen/{dialogue}/meeleiden", Stop)).ShouldContain("Doe mee als gespreksleider</button>");
        (await server.Live.Read(dialogue, stop: Stop)).Number.ShouldBe(before, "still nothing happened");
        (await second.PostAsync($"/api/v1/dialogues/{dialogue}/seat", null, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await second.GetAsync($"/ruimte/{code}/regie", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var db = await server.Database();
        (
            await db.Set<Outcomes.GuideActRow>().Where(row => row.DialogueId == dialogue.Value).Select(row => row.Kind).ToListAsync(Stop)
        ).ShouldContain("guideJoined");
        question.ShouldNotBe(Guid.Empty);
    }

    [Fact, Trait("Finding", "K4")]
    public async Task A_dialogue_of_the_level_team_is_seen_by_nobody_else_of_the_organisation()
    {
        var (dialogue, _, question) = await Opened();
        var door = server.Get<DemoDoor>();
        (
            await door.As(DemoOrganisation.SecondFacilitator, new SetLevel(dialogue, DialogueLevel.Team), Stop)
        ).ShouldBeOfType<Answer.Refused>();
        (await door.As(DemoOrganisation.Facilitator, new SetLevel(dialogue, DialogueLevel.Team), Stop)).ShouldBeOfType<Answer.Accepted>();
        (
            await server.Live.Perform(dialogue, null, new CloseDialogue("Alleen gepraat"), new SeatId(1), Role.None)
        ).ShouldBeOfType<Answer.Accepted>();
        string[] pages = [$"/api/v1/dialogues/{dialogue}/outcome", $"/api/v1/dialogues/{dialogue}", $"/dialogen/{dialogue}/uitkomst"];
        foreach (var person in (DemoOrganisation.Person[])[DemoOrganisation.Manager, DemoOrganisation.SecondFacilitator])
        {
            using var other = await server.SignedIn(person.Email);
            foreach (var page in pages)
            {
                using var answer = await other.GetAsync(page, Stop);
                answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, person.Email + page + await answer.Content.ReadAsStringAsync(Stop));
            }
            (await other.GetStringAsync("/dialogen", Stop)).ShouldNotContain(dialogue.ToString());
            (await other.GetStringAsync($"/vragen/{question}", Stop)).ShouldNotContain(dialogue.ToString());
        }
        using var mine = await server.SignedIn(DemoOrganisation.Facilitator.Email);
        foreach (var page in pages)
            (await mine.GetAsync(page, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK, page);
    }

    [Fact, Trait("Finding", "B4")]
    public async Task A_facilitator_who_tries_her_own_guest_link_stays_the_facilitator()
    {
        var (dialogue, code, _) = await Opened();
        using var mine = await server.SignedIn(DemoOrganisation.Facilitator.Email);
        using (
            var answer = await mine.PostAsync(
                "/api/v1/join",
                System.Net.Http.Json.JsonContent.Create(
                    new
                    {
                        code,
                        name = "Proef",
                        perspective = "",
                        language = "nl",
                    }
                ),
                Stop
            )
        )
            answer.EnsureSuccessStatusCode();
        (await mine.GetStringAsync($"/ruimte/{code}/regie", Stop)).ShouldContain("room--facilitator");
        (await mine.GetStringAsync($"/meedoen/{code}", Stop)).ShouldNotContain("name=\"Form.Name\"");
        // The guest seat is left: the cookie counts for nothing.
        var guest = (await server.Live.Read(dialogue, stop: Stop)).State.Seats.Values.Last().Id;
        await server.Live.Perform(dialogue, null, new LeaveSeat(), guest, Role.None);
        (await mine.GetStringAsync($"/ruimte/{code}/regie", Stop)).ShouldContain("room--facilitator");
    }

    private static Guid Second => DemoDoor.Member(DemoOrganisation.SecondFacilitator).AccountId;

    private async Task<(DialogueId Dialogue, string Code, Guid Question)> Opened()
    {
        var door = server.Get<DemoDoor>();
        var question = await door.As(
            DemoOrganisation.Facilitator,
            new RegisterQuestion("Wie krijgt de coach?", "Een model kiest.", "aiOverheid", "project"),
            Stop
        );
        var made = await door.As(
            DemoOrganisation.Facilitator,
            new PrepareFromTemplate(question.Value!.Id, "kort-gesprek", "Een gesprek", "nl"),
            Stop
        );
        made.Refusal.ShouldBeNull();
        var opened = await door.As(DemoOrganisation.Facilitator, new OpenTheLobby(made.Value, "Er is haast"), Stop);
        return (made.Value, opened.Value!.Code, question.Value.Id);
    }
}

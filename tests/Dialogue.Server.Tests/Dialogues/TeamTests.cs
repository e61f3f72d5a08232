using System.Net;
using Dialogue.Cases;
using Dialogue.Operations;
using Dialogue.Operations.Demo;
using Dialogue.Organisations;
using Dialogue.Storage;
using Dialogue.Trail;
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

    [Fact, Trait("Finding", "K4")]
    public async Task A_dialogue_of_the_level_unit_is_seen_by_its_unit_and_the_teams_of_that_unit()
    {
        var (dialogue, _, _) = await Opened();
        var door = server.Get<DemoDoor>();
        var guide = DemoOrganisation.Facilitator;
        (await door.As(guide, new SetLevel(dialogue, DialogueLevel.Unit), Stop))
            .ShouldBeOfType<Answer.Refused>()
            .Code.ShouldBe(RefusalCode.UnitMissing, "the facilitator is of no unit");
        (await door.As(guide, new SetLevel(dialogue, DialogueLevel.Unit, Guid.NewGuid()), Stop))
            .ShouldBeOfType<Answer.Refused>()
            .Code.ShouldBe(RefusalCode.NoSuchUnit);

        // The coach lead is of the team "Werkcoaches" in "Dienstverlening", where the manager is; the data scientist is elsewhere.
        Guid coaches;
        await using (var db = await server.Database())
            coaches = await db.Set<UnitRow>().Where(row => row.Name == "Werkcoaches").Select(row => row.Id).SingleAsync(Stop);
        (await door.As(guide, new SetLevel(dialogue, DialogueLevel.Unit, coaches), Stop)).ShouldBeOfType<Answer.Accepted>();
        foreach (
            var (person, sees) in new[]
            {
                (DemoOrganisation.CoachLead, true),
                (DemoOrganisation.Manager, true),
                (DemoOrganisation.DataScientist, false),
                (DemoOrganisation.SecondFacilitator, false),
                (guide, true),
            }
        )
        {
            using var http = await server.SignedIn(person.Email);
            (await http.GetAsync($"/api/v1/dialogues/{dialogue}", Stop)).StatusCode.ShouldBe(
                sees ? HttpStatusCode.OK : HttpStatusCode.NotFound,
                person.Name
            );
        }

        // A new dialogue has the level of the organisation, and the unit of whoever registered the question.
        await using (var db = await server.Database())
            await db.Set<OrganisationRow>()
                .Where(row => row.Id == DemoOrganisation.OrganisationId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Level, DialogueLevel.Unit), Stop);
        var (next, _, _) = await Opened(DemoOrganisation.DataScientist);
        await using (var db = await server.Database())
        {
            var card = await db.Set<DialogueRow>().SingleAsync(row => row.Id == next.Value, Stop);
            card.Level.ShouldBe(DialogueLevel.Unit);
            (await db.Set<UnitRow>().SingleAsync(row => row.Id == card.UnitId, Stop)).Name.ShouldBe("Modelbeheer");
            await db.Set<OrganisationRow>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Level, DialogueLevel.Organisation), Stop);
        }
    }

    [Fact, Trait("Finding", "K4")]
    public async Task Whoever_is_taken_out_of_the_team_loses_the_seat_and_the_code()
    {
        var (dialogue, code, _) = await Opened();
        var door = server.Get<DemoDoor>();
        var guide = DemoOrganisation.Facilitator;
        var own = DemoDoor.Member(guide).AccountId;
        (await door.As(guide, new RemoveFromTeam(dialogue, own), Stop))
            .ShouldBeOfType<Answer.Refused>()
            .Code.ShouldBe(RefusalCode.LastFacilitator);
        (await door.As(guide, new AddToTeam(dialogue, Second), Stop)).ShouldBeOfType<Answer.Accepted>();
        using var second = await server.SignedIn(DemoOrganisation.SecondFacilitator.Email);
        (await second.PostAsync($"/api/v1/dialogues/{dialogue}/seat", null, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await door.As(DemoOrganisation.Manager, new RemoveFromTeam(dialogue, Second), Stop)).ShouldBeOfType<Answer.Refused>();

        (await door.As(guide, new RemoveFromTeam(dialogue, Second), Stop)).ShouldBeOfType<Answer.Accepted>();
        (await second.GetAsync($"/ruimte/{code}/regie", Stop)).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await second.PostAsync($"/api/v1/dialogues/{dialogue}/seat", null, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await second.GetStringAsync("/dialogen", Stop)).ShouldNotContain(code);

        // Who holds the only seat of a facilitator stays, and the team does not change.
        (await door.As(guide, new AddToTeam(dialogue, Second), Stop)).ShouldBeOfType<Answer.Accepted>();
        (await door.As(DemoOrganisation.SecondFacilitator, new RemoveFromTeam(dialogue, own), Stop))
            .ShouldBeOfType<Answer.Refused>()
            .Code.ShouldBe(RefusalCode.LastFacilitator);
        await using var db = await server.Database();
        (await db.Set<DialogueTeamRow>().CountAsync(row => row.DialogueId == dialogue.Value, Stop)).ShouldBe(2);
        var subject = dialogue.Value.ToString();
        (await db.Set<AuditRow>().CountAsync(row => row.Act == AuditAct.TeamChanged && row.SubjectId == subject, Stop)).ShouldBe(3);
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

    private async Task<(DialogueId Dialogue, string Code, Guid Question)> Opened(DemoOrganisation.Person? asks = null)
    {
        var door = server.Get<DemoDoor>();
        var question = await door.As(
            asks ?? DemoOrganisation.Facilitator,
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

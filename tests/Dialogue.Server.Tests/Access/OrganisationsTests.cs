using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dialogue.Dialogues;
using Dialogue.FollowUp;
using Dialogue.Operations;
using Dialogue.Organisations;
using Dialogue.Server.Tests.FollowUp;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dialogue.Access;

/// <summary>Two organisations on one installation: the one does not exist for the other, whatever rights somebody has at home.</summary>
public sealed class OrganisationsTests : IAsyncDisposable
{
    private const string Stranger = "vreemde@elders.voorbeeld",
        Password = "een heel lang wachtwoord";
    private readonly RunningServer server = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<HttpClient> FromElsewhere()
    {
        await using (var scope = server.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<Storage.DialogueDb>();
            var elsewhere = new OrganisationRow { Id = Guid.NewGuid(), Name = "Elders" };
            db.Add(elsewhere);
            await db.SaveChangesAsync(Stop);
            var made = await scope
                .ServiceProvider.GetRequiredService<UserManager<Account>>()
                .CreateAsync(
                    new Account
                    {
                        Id = Guid.NewGuid(),
                        OrganisationId = elsewhere.Id,
                        Name = "Vreemde",
                        Email = Stranger,
                        UserName = Stranger,
                        EmailConfirmed = true,
                        Roles = StaffRole.Facilitator | StaffRole.Manager | StaffRole.Coordinator | StaffRole.Administrator,
                    },
                    Password
                );
            made.Succeeded.ShouldBeTrue();
        }
        return await server.SignedIn(Stranger, Password);
    }

    [Fact]
    public async Task Staff_of_another_organisation_find_nothing_of_ours()
    {
        using var own = await server.SignedIn(DemoOrganisation.Facilitator.Email);
        var registered = await own.PostAsJsonAsync(
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
        registered.StatusCode.ShouldBe(HttpStatusCode.OK, await registered.Content.ReadAsStringAsync(Stop));
        var question = (await registered.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString();

        var prepared = await own.PostAsJsonAsync(
            "/api/v1/dialogues",
            new
            {
                caseId = question,
                template = "kort-gesprek",
                title = "Een dialoog van ons",
            },
            Stop
        );
        prepared.StatusCode.ShouldBe(HttpStatusCode.OK, await prepared.Content.ReadAsStringAsync(Stop));
        var dialogue = (await prepared.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString();

        Guid action;
        await using (var db = await server.Database())
        {
            var now = server.Get<TimeProvider>().GetUtcNow();
            var today = DateOnly.FromDateTime(now.UtcDateTime);
            action = (
                await server
                    .Get<OfferedActions>()
                    .From(
                        db,
                        FollowUpBench.From with
                        {
                            OrganisationId = DemoOrganisation.OrganisationId,
                            Dialogue = new(Guid.NewGuid()),
                        },
                        FollowUpBench.With(
                            [
                                FollowUpBench.Agreed(1) with
                                {
                                    Text = "Een afspraak van ons",
                                    FirstStepDate = today.AddDays(10),
                                    DueDate = today.AddDays(30),
                                },
                            ],
                            [FollowUpBench.Contact(1, "eigenaar@partner.test")]
                        ),
                        now,
                        Stop
                    )
            )[0];
            await db.SaveChangesAsync(Stop);
        }

        string[] readings =
        [
            $"/api/v1/cases/{question}",
            $"/vragen/{question}",
            $"/vragen/{question}/wijzigen",
            $"/api/v1/dialogues/{dialogue}",
            $"/dialogen/{dialogue}/voorbereiden",
            $"/api/v1/actions/{action}",
            $"/opvolging/{action}",
        ];
        using var manager = await server.SignedIn(DemoOrganisation.Manager.Email);
        (await own.GetAsync(readings[0], Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await own.GetAsync(readings[3], Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await manager.GetAsync(readings[5], Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var stranger = await FromElsewhere();
        foreach (var path in readings)
        {
            var answer = await stranger.GetAsync(path, Stop);
            var text = await answer.Content.ReadAsStringAsync(Stop);
            text.ShouldNotContain("van ons", Case.Insensitive, path);
            ((int)answer.StatusCode).ShouldBeOneOf([404, 422], path);
        }
        foreach (
            var (path, body) in new (string, object)[]
            {
                ($"/api/v1/dialogues/{dialogue}/open", new { overrideReason = "ik wil het" }),
                ($"/api/v1/dialogues/{dialogue}/seat", new { }),
                (
                    "/api/v1/dialogues",
                    new
                    {
                        caseId = question,
                        template = "kort-gesprek",
                        title = "Op de vraag van een ander",
                    }
                ),
            }
        )
        {
            var answer = await stranger.PostAsJsonAsync(path, body, Stop);
            ((int)answer.StatusCode).ShouldBeInRange(400, 499, path);
        }
        foreach (
            var list in new[]
            {
                "/api/v1/cases",
                "/api/v1/dialogues",
                "/api/v1/actions",
                "/opvolging.csv",
                "/vragen",
                "/dialogen",
                "/opvolging",
            }
        )
            (await stranger.GetStringAsync(list, Stop)).ShouldNotContain("van ons", Case.Insensitive, list);
        (await server.Live.Read(DialogueId.Parse(dialogue!, null))).State.Stage.ShouldBe(Stage.Preparing);
    }
}

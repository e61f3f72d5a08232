using System.Net;
using Dialogue.FollowUp;
using Dialogue.Operations;
using Dialogue.Overview;
using Dialogue.Waiting;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dialogue.Server.Tests.Overview;

/// <summary>The page of today as each role meets it, and that the rows asked of the database are all that can wait.</summary>
[Trait("Finding", "G10")]
public sealed class TodayTests : IAsyncDisposable
{
    private readonly RunningServer server = new();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Access.StaffMember Staff(DemoOrganisation.Person person, Guid account) =>
        new(account, DemoOrganisation.OrganisationId, person.Name, person.Email, person.Roles);

    private async Task<string> Page(DemoOrganisation.Person person, string path = "/vandaag", HttpStatusCode status = HttpStatusCode.OK)
    {
        using var http = await server.SignedIn(person.Email);
        var answer = await http.GetAsync(path, Stop);
        answer.StatusCode.ShouldBe(status, path);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private Task<bool> Seeded() => server.Get<Operations.Demo.DemoCases>().Seed(Stop);

    [Fact]
    public async Task Each_role_sees_what_waits_with_the_act_on_the_row_and_one_filled_button()
    {
        await Seeded();
        foreach (var person in DemoOrganisation.Accounts)
        {
            var page = await Page(person);
            page.ShouldContain("id=\"wacht\"");
            page.Split("primary-action").Length.ShouldBeLessThanOrEqualTo(2, person.Name);
        }
        var facilitator = await Page(DemoOrganisation.Facilitator);
        facilitator.ShouldContain("#doen");
        facilitator.ShouldContain("href=\"/dialogen/nieuw?vraag=");
        facilitator.ShouldNotContain("href=\"/overzicht\"");
        var manager = await Page(DemoOrganisation.Manager);
        manager.ShouldContain("#doen");
        manager.ShouldContain("href=\"/overzicht\"");
        manager.ShouldNotContain("href=\"/dialogen/nieuw\"");
        (await Page(DemoOrganisation.Administrator)).ShouldContain("href=\"/beheer\"");
    }

    [Fact]
    public async Task The_overview_is_for_managers_and_coordinators()
    {
        await Seeded();
        (await Page(DemoOrganisation.Manager, "/overzicht")).ShouldContain("/opvolging?state=");
        await Page(DemoOrganisation.Coordinator, "/overzicht");
        await Page(DemoOrganisation.Facilitator, "/overzicht", HttpStatusCode.Forbidden);
        await Page(DemoOrganisation.CoachLead, "/overzicht", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_is_asked_of_the_database_is_all_that_can_wait()
    {
        await Seeded();
        await using var db = await server.Database();
        var rows = await db.Set<AgreedActionRow>().AsNoTracking().ToListAsync(Stop);
        rows.Count.ShouldBeGreaterThan(20);
        // Each in turn in every state, so that no part of the table is empty.
        var states = Enum.GetValues<ActionState>();
        for (var turn = 0; turn < 3; turn++)
        {
            foreach (var (row, index) in rows.Select((row, index) => (row, index)))
            {
                var state = states[(index + (turn * 5)) % states.Length];
                var due = row.DueDate.AddDays(index % 2 == 0 ? -40 : 3);
                await db.Set<AgreedActionRow>()
                    .Where(one => one.Id == row.Id)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(one => one.State, state)
                                .SetProperty(one => one.DueDate, due)
                                .SetProperty(one => one.DateChanges, index % 4),
                        Stop
                    );
            }
            var all = await db.Set<AgreedActionRow>().AsNoTracking().ToListAsync(Stop);
            foreach (var person in DemoOrganisation.Accounts)
            {
                var account = await db.Users.Where(one => one.Email == person.Email).Select(one => one.Id).SingleAsync(Stop);
                var staff = Staff(person, account);
                using var scope = server.Services.CreateScope();
                var today = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ReadToday(staff), Stop);
                var whole = WhatWaits.For(
                    new WaitingReader(new(staff.AccountId, staff.Email), ReadTodayHandler.RolesOf(staff)),
                    new WaitingRows { Actions = [.. all.Select(ReadTodayHandler.Waiting)] },
                    today.Day,
                    new FollowUpPolicy()
                );
                today
                    .Waiting.Where(row => row.Address.StartsWith("/opvolging/", StringComparison.Ordinal))
                    .Select(row => row.Waits)
                    .ShouldBe(whole, $"{person.Name}, turn {turn}");
            }
        }
    }
}

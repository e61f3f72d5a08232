using System.Net;
using System.Net.Http.Json;
using Dialogue.Dialogues;
using Dialogue.Operations;
using Dialogue.Wire;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Dialogue.Access;

/// <summary>The line of somebody who signed in and the session behind it know of each other.</summary>
public sealed class SessionLinesTests : IAsyncDisposable
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2027, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly RunningServer server;
    private readonly CookieContainer cookies = new();
    private readonly HttpClient browser;

    public SessionLinesTests()
    {
        server = RunningServer.By(time);
        browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies })
        {
            BaseAddress = server.Address,
        };
        browser.DefaultRequestHeaders.Add("Origin", server.Origin());
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    /// <summary>Noor, signed in, has a seat by her account and an open line.</summary>
    private async Task<(HubConnection Line, DialogueId Dialogue, Task Closed)> InTheRoom()
    {
        var room = await server.Room(TestTemplates.Short, participants: 1);
        var seat = await Seats.Take(
            server.Live,
            room.Dialogue,
            new TakeSeat("Noor", "", Role.CoFacilitator),
            account: DemoOrganisation.Facilitator.Id
        );
        seat.Ok.ShouldBeTrue();
        await SignIn(browser);
        var line = Line(room.Dialogue);
        var closed = new TaskCompletionSource();
        line.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await line.StartAsync(Stop);
        (await line.InvokeAsync<Batch>("CatchUp", room.Dialogue, 0, Stop)).ShouldNotBeNull();
        return (line, room.Dialogue, closed.Task);
    }

    private async Task SignIn(HttpClient http) =>
        (
            await http.PostAsJsonAsync(
                "/api/v1/sign-in",
                new { email = DemoOrganisation.Facilitator.Email, password = DemoOrganisation.Password },
                Stop
            )
        ).StatusCode.ShouldBe(HttpStatusCode.NoContent);

    private HubConnection Line(DialogueId dialogue) =>
        new HubConnectionBuilder()
            .WithUrl(
                new Uri(server.Address, $"/hubs/dialogue?dialogue={dialogue}&view=events"),
                Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets,
                options =>
                {
                    options.Cookies = cookies;
                    options.Headers["Origin"] = server.Origin();
                }
            )
            .AddJsonProtocol(json => ModelJson.Apply(json.PayloadSerializerOptions))
            .Build();

    private static Task Ends(Task closed) => closed.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

    [Fact, Trait("Finding", "B2")]
    public async Task A_facilitator_who_only_uses_the_room_for_three_hours_is_still_signed_in()
    {
        var (line, dialogue, _) = await InTheRoom();
        await using (line)
        {
            for (var passed = TimeSpan.Zero; passed < TimeSpan.FromHours(3); passed += TimeSpan.FromMinutes(20))
            {
                time.Advance(TimeSpan.FromMinutes(20));
                await line.InvokeAsync<Batch>("CatchUp", dialogue, 0, Stop);
            }

            (await browser.GetAsync("/api/v1/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        // The line is gone, and nobody is there any more.
        time.Advance(StaffSessions.Idle + TimeSpan.FromMinutes(1));
        (await browser.GetAsync("/api/v1/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact, Trait("Finding", "B2")]
    public async Task A_line_keeps_nobody_signed_in_beyond_a_working_day()
    {
        var (line, dialogue, closed) = await InTheRoom();
        await using var _ = line;
        for (var passed = TimeSpan.Zero; passed < StaffSessions.Longest - TimeSpan.FromMinutes(20); passed += TimeSpan.FromMinutes(20))
        {
            time.Advance(TimeSpan.FromMinutes(20));
            await line.InvokeAsync<Batch>("CatchUp", dialogue, 0, Stop);
        }

        time.Advance(TimeSpan.FromMinutes(21));
        await Should.ThrowAsync<Exception>(() => line.InvokeAsync<Batch>("CatchUp", dialogue, 0, Stop));
        await Ends(closed);
    }

    [Fact, Trait("Finding", "B3")]
    public async Task Signing_out_ends_the_open_line_and_it_does_not_come_back()
    {
        var (line, dialogue, closed) = await InTheRoom();
        await using var _ = line;
        (await browser.PostAsync("/api/v1/sign-out", null, Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Ends(closed);
        await using var again = Line(dialogue);
        await Should.ThrowAsync<Exception>(async () =>
        {
            await again.StartAsync(Stop);
            await again.InvokeAsync<Batch>("CatchUp", dialogue, 0, Stop);
        });
    }

    [Fact, Trait("Finding", "B3")]
    public async Task Signing_out_everywhere_on_another_device_ends_the_open_line()
    {
        var (line, _, closed) = await InTheRoom();
        await using var __ = line;
        using var other = server.Browser();
        await SignIn(other);
        var page = await other.GetStringAsync("/account", Stop);
        using var form = new FormUrlEncodedContent([new("_handler", "sessions-all"), new("form", Browsers.FormToken(page))]);
        (await other.PostAsync("/account", form, Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await Ends(closed);
        (await browser.GetAsync("/api/v1/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact, Trait("Finding", "B3")]
    public async Task Other_rights_end_the_open_line_at_once_where_it_is_told_and_at_the_next_heartbeat_elsewhere()
    {
        var (line, dialogue, closed) = await InTheRoom();
        await using (line)
        {
            await using (var scope = server.Services.CreateAsyncScope())
                scope.ServiceProvider.GetRequiredService<StaffSessions>().Tell(DemoOrganisation.Facilitator.Id);
            await Ends(closed);
        }

        await using var second = Line(dialogue);
        await second.StartAsync(Stop);
        await second.InvokeAsync<Batch>("CatchUp", dialogue, 0, Stop);
        await using (var db = await server.Database())
        {
            (await db.Users.SingleAsync(a => a.Id == DemoOrganisation.Facilitator.Id, Stop)).Roles = StaffRole.Staff;
            await db.SaveChangesAsync(Stop);
        }

        time.Advance(StaffLines.LookEvery);
        await Should.ThrowAsync<Exception>(() => second.InvokeAsync<Batch>("CatchUp", dialogue, 0, Stop));
    }

    [Fact]
    public async Task A_line_that_closed_is_no_longer_watched()
    {
        var (line, _, _) = await InTheRoom();
        server.Get<SessionEnds>().Watched.ShouldBe(1);
        await line.DisposeAsync();
        for (var i = 0; i < 100 && server.Get<SessionEnds>().Watched > 0; i++)
            await Task.Delay(50, Stop);
        server.Get<SessionEnds>().Watched.ShouldBe(0);
    }
}

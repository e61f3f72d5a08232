using System.Net;
using System.Net.Http.Json;
using Dialogue.Activities;
using Dialogue.Dialogues;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Dialogue;

/// <summary>What a guest was given for a dialogue ends a day after it: by the clock of the server, whatever the browser keeps.</summary>
public sealed class GuestAfterwardsTests : IAsyncDisposable
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2027, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly RunningServer server;

    public GuestAfterwardsTests() => server = RunningServer.By(time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact, Trait("Finding", "K10")]
    public async Task The_cookie_of_a_guest_opens_nothing_any_more_a_day_after_the_dialogue()
    {
        var room = await server.Room(TestTemplates.Short, participants: 1);
        var code = JoinCode.New();
        await using (var db = await server.Database())
        {
            (await db.Set<DialogueRow>().SingleAsync(row => row.Id == room.Dialogue.Value, Stop)).Code = code;
            await db.SaveChangesAsync(Stop);
        }

        using var guest = server.Browser();
        var joined = await guest.PostAsJsonAsync(
            "/api/v1/join",
            new
            {
                code,
                name = "Bo",
                perspective = "",
                language = "nl",
            },
            Stop
        );
        joined.StatusCode.ShouldBe(HttpStatusCode.OK);
        var cookie = joined.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("seat-", StringComparison.Ordinal));
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain($"max-age={(int)TimeSpan.FromDays(14).TotalSeconds}", Case.Insensitive);
        await room.Start("open");
        (await guest.GetAsync($"/ruimte/{code}", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await room.Guide.Wants(new CloseDialogue("Alleen gepraat"))).ShouldBeOfType<Answer.Accepted>();

        var (seats, outcome) = ($"/api/v1/dialogues/{room.Dialogue}/seats", $"/api/v1/dialogues/{room.Dialogue}/outcome");
        time.Advance(TimeSpan.FromHours(23));
        (await guest.GetAsync(seats, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await guest.GetAsync(outcome, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);

        time.Advance(TimeSpan.FromHours(2));
        (await guest.GetAsync(seats, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await guest.GetAsync(outcome, Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await guest.GetAsync($"/ruimte/{code}", Stop)).StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }
}

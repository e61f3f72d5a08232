using System.Net;
using System.Net.Http.Json;
using Dialogue.Storage;
using Dialogue.Wire;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dialogue.Dialogues;

/// <summary>Names of people at the table are beside the log, never in it (C1).</summary>
public sealed class SeatNamesTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("Finding", "C1")]
    public async Task A_name_is_in_its_own_table_and_in_no_event_of_the_log()
    {
        var room = await server.Room(TestTemplates.Short, 1);
        var seat = await room.Sit("Zwaantje Opdencamp", Role.Participant);
        await seat.Wants(new RenameSeat("Zwaantje O."));
        await using var db = await server.Database();
        (
            await db.Set<EventRow>().Where(row => row.DialogueId == room.Dialogue.Value).Select(row => row.Json).ToListAsync(Stop)
        ).ShouldAllBe(json => !json.Contains("Zwaantje", StringComparison.Ordinal));
        (
            await db.Set<SeatNameRow>().SingleAsync(row => row.DialogueId == room.Dialogue.Value && row.Seat == seat.Seat.Value, Stop)
        ).Name.ShouldBe("Zwaantje O.");
    }

    [Fact, Trait("Finding", "C1")]
    public async Task A_name_that_is_forgotten_is_gone_everywhere_and_the_room_goes_on()
    {
        const string name = "Nergensmeer Tevinden";
        var room = await server.Room(TestTemplates.Short, 1);
        var seat = await room.Sit(name, Role.Participant);
        room.State.NameOf(seat.Seat).ShouldBe(name);
        await using var scope = server.Services.CreateAsyncScope();
        (
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ForgetNameOf(room.Dialogue, seat.Seat), Stop)
        ).ShouldBeOfType<Answer.Accepted>();
        room.State.NameOf(seat.Seat).ShouldBeNull();
        (await seat.Wants(new RenameSeat("Iemand"))).ShouldBeOfType<Answer.Accepted>();
        var path = StorageSetup.SqlitePath(server.Services);
        await Sittings.Eventually(() => !InFile(path, name) && !InFile(path + "-wal", name));
    }

    [Fact, Trait("Finding", "K1")]
    public async Task Names_are_for_who_has_a_seat_and_perspectives_beside_them_for_guides()
    {
        var room = await server.Room(TestTemplates.Short, 2);
        async Task<(HttpStatusCode Status, ReadSeats.SeatsReply? Seats)> Ask(string? token)
        {
            using var http = server.Browser(keepCookies: false);
            if (token is not null)
                http.DefaultRequestHeaders.Authorization = new("Bearer", token);
            var answer = await http.GetAsync($"/api/v1/dialogues/{room.Dialogue}/seats", Stop);
            return (
                answer.StatusCode,
                answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<ReadSeats.SeatsReply>(ModelJson.Lenient, Stop) : null
            );
        }
        (await Ask(null)).Status.ShouldBe(HttpStatusCode.Forbidden);
        var guest = (await Ask(room.People[0].Token)).Seats!.Seats;
        guest.Select(seat => seat.Name).ShouldBe(["Noor", "Deelnemer 1", "Deelnemer 2"]);
        guest.Where(seat => seat.Seat != room.People[0].Seat).ShouldAllBe(seat => seat.Perspective == null);
        (await Ask(room.Guide.Token)).Seats!.Seats.ShouldAllBe(seat => seat.Perspective != null);
        await room.People[1].Wants(new LeaveSeat());
        (await Ask(room.People[1].Token)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public void A_log_of_before_the_first_release_is_known_by_its_first_line()
    {
        EarlierLogs.CanBeRead("""{"$type":"dialogue/prepared.v1","title":"x"}""").ShouldBeFalse();
        EarlierLogs
            .CanBeRead(System.Text.Json.JsonSerializer.Serialize<DialogueEvent>(new DialogueClosed(default, null), ModelJson.Lenient))
            .ShouldBeFalse();
    }

    private static bool InFile(string path, string text)
    {
        if (!File.Exists(path))
            return false;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var all = new MemoryStream();
        file.CopyTo(all);
        return all.ToArray().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
    }
}

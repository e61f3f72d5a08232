using System.Net;
using System.Net.Http.Json;
using Dialogue.Storage;
using Dialogue.Wire;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

public sealed class JoinDialogueTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_joins_again_because_the_answer_was_lost_gets_the_same_seat()
    {
        var (room, code) = await Open();
        using var http = server.Browser(keepCookies: false);
        var wish = new
        {
            code,
            name = "Yusuf",
            perspective = "",
            language = "nl",
            token = Seats.NewToken(),
        };
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => http.PostAsJsonAsync("/api/v1/join", wish, Stop)));
        var joined = await Task.WhenAll(
            answers.Select(answer => answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Joined>(ModelJson.Lenient, Stop))
        );
        joined.Distinct().ShouldHaveSingleItem()!.Token.ShouldBe(wish.token);
        room.State.Names.Values.Count(name => name.StartsWith("Yusuf", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Two_people_with_one_name_are_two_seats()
    {
        var (_, code) = await Open();
        using var http = server.Browser(keepCookies: false);
        var first = await Join(
            http,
            new
            {
                code,
                name = "Ank",
                perspective = "",
                language = "nl",
            }
        );
        var second = await Join(
            http,
            new
            {
                code,
                name = "Ank",
                perspective = "",
                language = "nl",
            }
        );
        (second.Seat, second.Token).ShouldNotBe((first.Seat, first.Token));
    }

    [Fact]
    public async Task A_token_that_is_too_easy_to_guess_is_refused()
    {
        var (room, code) = await Open();
        using var http = server.Browser(keepCookies: false);
        var before = room.State.Seats.Count;
        foreach (var token in (string[])["", "12345", new string('A', 64), new string('g', 64), new string('a', 63)])
            (
                await http.PostAsJsonAsync(
                    "/api/v1/join",
                    new
                    {
                        code,
                        name = "Ank",
                        perspective = "",
                        language = "nl",
                        token,
                    },
                    Stop
                )
            ).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        room.State.Seats.Count.ShouldBe(before);
    }

    private static async Task<Joined> Join(HttpClient http, object wish) =>
        (
            await (await http.PostAsJsonAsync("/api/v1/join", wish, Stop))
                .EnsureSuccessStatusCode()
                .Content.ReadFromJsonAsync<Joined>(ModelJson.Lenient, Stop)
        )!;

    private async Task<(TestRoom Room, string Code)> Open()
    {
        var room = await server.Room(TestTemplates.Short, 0);
        var code = JoinCode.New();
        await using var db = await server.Database();
        await db.Set<DialogueRow>()
            .Where(row => row.Id == room.Dialogue.Value)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Code, code), Stop);
        return (room, code);
    }
}

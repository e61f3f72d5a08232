using System.Net;
using System.Net.Http.Json;
using Dialogue.Access;
using Dialogue.Storage;
using Dialogue.Wire;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dialogue.Dialogues;

/// <summary>Who somebody is in a dialogue: one answer, whatever cookies and accounts a browser has.</summary>
public sealed class SeatsTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("Finding", "B5")]
    public async Task Whoever_was_removed_reads_no_report_and_comes_back_only_when_let_in()
    {
        var (room, code) = await Open(1);
        using var browser = server.Browser();
        var joined = await Joined(await Join(browser, code, "Yusuf"));
        (await room.Guide.Wants(new RemoveSeat(joined.Seat, "Stoort"))).ShouldBeOfType<Answer.Accepted>();

        // The same browser waits, though the door is open, and gets the same seat.
        (await Code(await Join(browser, code, "Yusuf"))).ShouldBe("waiting");
        (await Code(await Join(browser, code, "Yusuf"))).ShouldBe("waiting");
        room.State.Newcomers.ShouldHaveSingleItem().Value.Former.ShouldBe(joined.Seat);
        (await browser.GetAsync($"/ruimte/{code}", Stop)).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await room.Guide.Wants(new LetIn(1))).ShouldBeOfType<Answer.Accepted>();
        room.State.Seat(joined.Seat)!.Left.ShouldBeFalse();
        (await browser.GetAsync($"/ruimte/{code}", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await room.Guide.Wants(new RemoveSeat(joined.Seat, "Weer"))).ShouldBeOfType<Answer.Accepted>();
        (await room.Guide.Wants(new CloseDialogue("Alleen gepraat"))).ShouldBeOfType<Answer.Accepted>();
        (await browser.GetAsync($"/api/v1/dialogues/{room.Dialogue}/outcome", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await As(room.People[0]).GetAsync($"/api/v1/dialogues/{room.Dialogue}/outcome", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact, Trait("Finding", "B5")]
    public async Task A_locked_door_lets_nobody_in_by_themselves_and_forgets_who_waited_when_all_is_over()
    {
        var (room, code) = await Open(0);
        (await room.Guide.Wants(new LockDoor())).ShouldBeOfType<Answer.Accepted>();
        using var first = server.Browser();
        using var second = server.Browser();
        (await Code(await Join(first, code, "Fatima"))).ShouldBe("waiting");
        (await Code(await Join(second, code, "Henk"))).ShouldBe("waiting");
        room.State.WaitingPeople.Values.Select(person => person.Name).ShouldBe(["Fatima", "Henk"], ignoreOrder: true);
        (await room.Guide.Wants(new LetIn(1))).ShouldBeOfType<Answer.Accepted>();
        (await first.GetAsync($"/ruimte/{code}", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        room.State.Names.Values.ShouldContain("Fatima");
        (await room.Guide.Wants(new CloseDialogue("Alleen gepraat"))).ShouldBeOfType<Answer.Accepted>();
        await using var db = await server.Database();
        (await db.Set<NewcomerRow>().AnyAsync(row => row.DialogueId == room.Dialogue.Value, Stop)).ShouldBeFalse();
    }

    [Fact, Trait("Finding", "B5"), Trait("Finding", "K5")]
    public async Task When_more_come_in_a_minute_than_a_dialogue_takes_the_next_one_waits_and_guides_see_it()
    {
        var (room, code) = await Open(0);
        var (other, otherCode) = await Open(0);
        var counts = server.Get<NewcomerCounts>();
        // Counted by the minute of the clock: not across the end of one.
        while (TimeProvider.System.GetUtcNow().Second > 45)
            await Task.Delay(1_000, Stop);
        for (var came = 0; came < Limits.NewcomersPerMinute; came++)
            counts.Take(room.Dialogue).ShouldBeTrue();
        using var late = server.Browser();
        (await Code(await Join(late, code, "Fatima"))).ShouldBe("waiting");
        room.State.WaitingPeople.Values.Select(person => person.Name).ShouldBe(["Fatima"]);
        (await room.Guide.Wants(new LetIn(1))).ShouldBeOfType<Answer.Accepted>();
        (await late.GetAsync($"/ruimte/{code}", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);

        // Another dialogue has its own minute.
        using var elsewhere = server.Browser();
        (await Joined(await Join(elsewhere, otherCode, "Henk"))).Seat.Value.ShouldBePositive();
        other.State.WaitingPeople.ShouldBeEmpty();
    }

    [Fact, Trait("Finding", "B4")]
    public async Task Whoever_left_by_themselves_has_the_same_seat_again_until_the_browser_forgot_it()
    {
        var (room, code) = await Open(0);
        using var browser = server.Browser();
        var joined = await Joined(await Join(browser, code, "Ank"));
        await Act(room, joined.Seat, new LeaveSeat());
        (await browser.GetAsync($"/ruimte/{code}", Stop)).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await Joined(await Join(browser, code, "Ank"))).Seat.ShouldBe(joined.Seat);
        await Act(room, joined.Seat, new LeaveSeat());
        (await browser.GetAsync($"/ruimte/{code}/weg", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var again = await Joined(await Join(browser, code, "Ank"));
        again.Seat.ShouldNotBe(joined.Seat);
        room.State.NameOf(again.Seat).ShouldBe("Ank");
    }

    [Fact, Trait("Finding", "B6")]
    public async Task Going_on_on_another_device_is_the_same_seat_and_ends_the_first()
    {
        var (room, code) = await Open(0);
        using var laptop = server.Browser();
        using var phone = server.Browser();
        var joined = await Joined(await Join(laptop, code, "Jan"));
        var (digits, link) = await Offer(room, joined);
        digits.Length.ShouldBe(6);

        (await GoOn(phone, null, code, "000000" == digits ? "000001" : "000000")).Refusal!.Code.ShouldBe(RefusalCode.HandOverUnknown);
        var moved = await GoOn(phone, null, code, $" {digits[..3]} {digits[3..]}");
        moved.Value!.Seat.ShouldBe(joined.Seat);
        room.State.Seats.Count.ShouldBe(2, "the facilitator and one person");
        (await GoOn(phone, null, code, digits)).Refusal!.Code.ShouldBe(RefusalCode.HandOverUnknown, "once");
        (await GoOn(phone, link, null, null)).Refusal!.Code.ShouldBe(RefusalCode.HandOverUnknown, "once");
        (await laptop.GetAsync($"/ruimte/{code}", Stop)).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await As(moved.Value.Token).GetAsync($"/ruimte/{code}", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact, Trait("Finding", "B6")]
    public async Task The_first_device_is_told_and_its_connection_ends()
    {
        var (room, code) = await Open(1);
        var person = room.People[0];
        var connection = await person.Connect();
        var ended = new TaskCompletionSource();
        connection.Closed += _ =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        var (digits, _) = await Offer(room, new Joined(room.Dialogue, person.Seat, person.Token));
        using var phone = server.Browser();
        (await GoOn(phone, null, code, digits)).Ok.ShouldBeTrue();
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        person.Seen.Select(seen => seen.Event).OfType<SeatMoved>().ShouldHaveSingleItem();
    }

    [Fact, Trait("Finding", "B8")]
    public async Task One_account_has_one_seat_in_a_dialogue_however_often_it_is_asked()
    {
        var room = await server.Room(TestTemplates.Short, 0);
        var account = Guid.CreateVersion7();
        await Seats.Take(server.Live, room.Dialogue, new TakeSeat("Noor", "", Role.CoFacilitator), account);
        (await Seats.Take(server.Live, room.Dialogue, new TakeSeat("Noor", "", Role.CoFacilitator), account)).Ok.ShouldBeFalse();
    }

    [Fact, Trait("Finding", "B8")]
    public async Task The_key_of_a_big_screen_and_the_cookie_of_a_guest_end_with_the_dialogue()
    {
        var room = await server.Room(TestTemplates.Short, 1);
        await room.Start("open");
        (await room.Guide.Wants(new CloseDialogue("Alleen gepraat"))).ShouldBeOfType<Answer.Accepted>();
        var seats = server.Get<Seats>();
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        http.Request.Headers.Authorization = $"Bearer {room.People[0].Token}";
        var key = seats.ScreenKey(room.Dialogue);
        seats.IsScreen(http, room.Dialogue, room.State, key).ShouldBeTrue("the last screen is still shown");
        (await seats.TookPart(http, room.Dialogue, null, Stop)).ShouldBeTrue();
        var old = room.State with { ClosedAt = room.State.ClosedAt - Seats.KeptAfterClosing - TimeSpan.FromMinutes(1) };
        seats.IsScreen(http, room.Dialogue, old, key).ShouldBeFalse();
    }

    private static async Task Act(TestRoom room, SeatId seat, DialogueCommand command) =>
        (await room.As(seat, command)).ShouldBeOfType<Answer.Accepted>();

    private HttpClient As(Person person) => As(person.Token);

    private HttpClient As(string token)
    {
        var http = server.Browser(keepCookies: false);
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return http;
    }

    private static Task<HttpResponseMessage> Join(HttpClient http, string code, string name) =>
        http.PostAsJsonAsync(
            "/api/v1/join",
            new
            {
                code,
                name,
                perspective = "",
                language = "nl",
            },
            Stop
        );

    private static async Task<Joined> Joined(HttpResponseMessage answer) =>
        (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Joined>(ModelJson.Lenient, Stop))!;

    private static async Task<string> Code(HttpResponseMessage answer) =>
        System
            .Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop))
            .RootElement.GetProperty("type")
            .GetString()!
            .Replace("urn:dialogue:refusal:", "", StringComparison.Ordinal);

    /// <summary>What the page of a person's own shows: made by the same use case, as that person.</summary>
    private async Task<(string Digits, string Link)> Offer(TestRoom room, Joined joined)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var accessor = scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Http.IHttpContextAccessor>();
        accessor.HttpContext = new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = scope.ServiceProvider };
        accessor.HttpContext.Request.Headers.Authorization = $"Bearer {joined.Token}";
        var offer = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new OfferHandOver(room.Dialogue), Stop);
        accessor.HttpContext = null;
        offer.Refusal.ShouldBeNull();
        return (offer.Value!.Digits, offer.Value.Link.Split('/')[^1]);
    }

    private async Task<Result<Joined>> GoOn(HttpClient _, string? link, string? code, string? digits)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new GoOnHere(link, code, digits), Stop);
    }

    private async Task<(TestRoom Room, string Code)> Open(int participants)
    {
        var room = await server.Room(TestTemplates.Short, participants);
        var code = JoinCode.New();
        await using var db = await server.Database();
        await db.Set<DialogueRow>()
            .Where(row => row.Id == room.Dialogue.Value)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Code, code), Stop);
        return (room, JoinCode.Shown(code));
    }
}

/// <summary>On a server of its own: what is tried here counts for everybody at this address.</summary>
public sealed class WrongCodesTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("Finding", "B7")]
    public async Task Wrong_codes_of_others_at_the_same_address_keep_nobody_out_who_is_in()
    {
        var (_, code) = await Open();
        using var seated = server.Browser();
        await Joined(await Join(seated, code, "Wies"));
        using var stranger = server.Browser();
        for (var i = 0; i < WrongCodes.PerAddress; i++)
            await Join(stranger, "222-222-222", "x");
        (await Code(await Join(stranger, "222-222-222", "x"))).ShouldBe("too-fast");
        (await seated.GetAsync($"/ruimte/{code}", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await seated.GetAsync($"/meedoen/{code}", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        // A room is not reached by trying codes: without a seat every code gives the same answer.
        (await stranger.GetAsync("/ruimte/333-333-333", Stop))
            .Headers.Location!.ToString()
            .ShouldEndWith("/meedoen/333-333-333");
    }

    [Fact, Trait("Finding", "B7")]
    public void Mistakes_of_many_addresses_together_do_not_lock_out_an_address_that_made_few()
    {
        var wrong = new WrongCodes(TimeProvider.System);
        for (var i = 0; i < WrongCodes.Everywhere; i++)
            wrong.Count($"10.0.{i / 250}.{i % 250}");
        wrong.MayTry("192.0.2.1").ShouldBeTrue();
        for (var i = 0; i < WrongCodes.FewMistakes; i++)
            wrong.Count("192.0.2.2");
        wrong.MayTry("192.0.2.2").ShouldBeFalse();
    }

    private static Task<HttpResponseMessage> Join(HttpClient http, string code, string name) =>
        http.PostAsJsonAsync(
            "/api/v1/join",
            new
            {
                code,
                name,
                perspective = "",
                language = "nl",
            },
            Stop
        );

    private static async Task<Joined> Joined(HttpResponseMessage answer) =>
        (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Joined>(ModelJson.Lenient, Stop))!;

    private static async Task<string> Code(HttpResponseMessage answer) =>
        System
            .Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop))
            .RootElement.GetProperty("type")
            .GetString()!
            .Replace("urn:dialogue:refusal:", "", StringComparison.Ordinal);

    private async Task<(TestRoom Room, string Code)> Open()
    {
        var room = await server.Room(TestTemplates.Short, 0);
        var code = JoinCode.New();
        await using var db = await server.Database();
        await db.Set<DialogueRow>()
            .Where(row => row.Id == room.Dialogue.Value)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Code, code), Stop);
        return (room, JoinCode.Shown(code));
    }
}

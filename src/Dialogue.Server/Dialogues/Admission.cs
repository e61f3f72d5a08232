using Dialogue.Access;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.SignalR;

namespace Dialogue.Dialogues;

/// <summary>
/// Whose connection this is, settled once when it opens: a seat, or a big screen with its key. Calls need none of this any more, so none of
/// it is
/// made for each of them.
/// </summary>
public sealed class Admission(LiveDialogues dialogues, Seats seats, IServiceScopeFactory scopes)
{
    /// <returns>Null for whoever has no seat in the dialogue and no screen of it.</returns>
    public async Task<Connection?> Of(HubCallerContext caller)
    {
        var http = caller.GetHttpContext()!;
        var query = http.Request.Query;
        if (!DialogueId.TryParse(query["dialogue"], null, out var dialogue))
            return null;
        var asScreen = query["as"] == "scherm";
        var seat = asScreen ? null : await SeatOf(caller, http, dialogue);
        var snapshot = await dialogues.Read(dialogue, stop: caller.ConnectionAborted);
        var known = seat is not null
            ? snapshot.State.Seat(seat) is { Left: false }
            : asScreen && seats.IsScreen(http, dialogue, snapshot.State);
        return known
            ? new Connection(
                Lines.Of(caller),
                dialogue,
                seat,
                Role.Projector,
                LanguageOf(http),
                query["view"] == "events" ? ConnectionView.Events : ConnectionView.Html,
                seat is { } id ? snapshot.State.Moves.GetValueOrDefault(id) : 0
            )
            : null;
    }

    private async Task<SeatId?> SeatOf(HubCallerContext caller, HttpContext http, DialogueId dialogue)
    {
        await using var scope = scopes.CreateAsyncScope();
        var staff = await scope.ServiceProvider.GetRequiredService<CurrentStaff>().Of(caller.User!, caller.ConnectionAborted);
        return await seats.Of(http, dialogue, staff, caller.ConnectionAborted);
    }

    private static string LanguageOf(HttpContext http) =>
        Look.Language.Known(http.Features.Get<IRequestCultureFeature>()?.RequestCulture.UICulture.Name) ?? Look.Language.Dutch;
}

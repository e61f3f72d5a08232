using Dialogue.Access;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.SignalR;

namespace Dialogue.Dialogues;

/// <summary>
/// Whose connection this is, settled once when it opens: a seat, or a big screen with its key. Calls need none of this any more, so none of
/// it is made for each of them.
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
        if (seat is null && !asScreen)
            return null;
        var use = dialogues.Open(dialogue);
        Connection? connection = null;
        try
        {
            return connection = await Of(caller, http, use, seat, LanguageOf(http), query["view"] == "events");
        }
        finally
        {
            if (connection is null)
                use.Dispose();
        }
    }

    private async Task<Connection?> Of(HubCallerContext caller, HttpContext http, RoomUse use, SeatId? seat, string language, bool asEvents)
    {
        var snapshot = await use.Room.Read(caller.ConnectionAborted);
        var known =
            snapshot.Number > 0
            && (seat is not null ? snapshot.State.Seat(seat) is { Left: false } : seats.IsScreen(http, use.Room.Id, snapshot.State));
        return known
            ? new Connection(
                Lines.Of(caller),
                use.Room.Id,
                seat,
                Role.Projector,
                language,
                asEvents ? ConnectionView.Events : ConnectionView.Html,
                seat is { } id ? snapshot.State.Moves.GetValueOrDefault(id) : 0
            )
            {
                Use = use,
            }
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

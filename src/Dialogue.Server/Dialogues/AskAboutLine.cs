using Dialogue.Access;
using Dialogue.Operations;
using Microsoft.AspNetCore.Mvc;

namespace Dialogue.Dialogues;

/// <summary>
/// Whether a live connection to this dialogue would be accepted now. A page whose connection is refused or ends at once asks this, so that
/// it can say what is wrong instead of "no network": 204 yes, 401 sign in, 403 no (any more) a participant.
/// </summary>
internal static class AskAboutLine
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/dialogues/{dialogue}/line",
                async (
                    DialogueId dialogue,
                    [FromQuery(Name = "as")] string? role,
                    HttpContext http,
                    Seats seats,
                    ICurrentStaff current,
                    LiveDialogues dialogues
                ) =>
                {
                    http.Response.Headers.CacheControl = "no-store";
                    if (role == "scherm")
                    {
                        var shown = await dialogues.Read(dialogue, stop: http.RequestAborted);
                        return seats.IsScreen(http, dialogue, shown.State) ? Results.NoContent() : Problems.Of(new(RefusalCode.NotAllowed));
                    }
                    var staff = await current.Get(http.RequestAborted);
                    if (await seats.Of(http, dialogue, staff, http.RequestAborted) is not { } seat)
                        return staff is null ? Results.Problem(statusCode: 401) : Problems.Of(new(RefusalCode.NotAllowed));
                    var snapshot = await dialogues.Read(dialogue, stop: http.RequestAborted);
                    return snapshot.State.Seat(seat) is { Left: false } ? Results.NoContent() : Problems.Of(new(RefusalCode.NotAllowed));
                }
            )
            .OpenTo(Visitor.Anyone)
            .WithName("AskAboutLine")
            .WithTags("Dialogues")
            .Produces(204)
            .ProducesProblem(401)
            .ProducesProblem(403);
}

using Dialogue.Access;
using Dialogue.Operations;

namespace Dialogue.Dialogues;

/// <summary>
/// The one-time tickets of a seat for an anonymous phase. Not a traced use case: what is drawn is nobody's business.
/// </summary>
internal static class DrawTickets
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/v1/dialogues/{dialogue}/boxes/{phase}/tickets",
                async (
                    DialogueId dialogue,
                    string phase,
                    HttpContext http,
                    Seats seats,
                    ICurrentStaff staff,
                    LiveDialogues dialogues,
                    SealedBox boxes
                ) =>
                {
                    var member = await staff.Get(http.RequestAborted);
                    if (await seats.Of(http, dialogue, member, http.RequestAborted) is not { } seat)
                        return member is null ? Results.Unauthorized() : Problems.Of(new Answer.Refused(RefusalCode.NotAllowed));
                    var snapshot = await dialogues.Read(dialogue, stop: http.RequestAborted);
                    if (snapshot.State.Seat(seat) is not { Left: false } holder || (holder.Role & Role.Table) == 0)
                        return Problems.Of(new Answer.Refused(RefusalCode.NotAllowed));
                    if (snapshot.State.Phase(new PhaseId(phase)) is not { } box)
                        return Problems.Of(new Answer.Refused(RefusalCode.NoSuchPhase));
                    if (!box.IsSealed)
                        return Problems.Of(new Answer.Refused(RefusalCode.NotSealed));
                    if (!snapshot.State.IsCurrent(box.Id) || !box.RoundOpen)
                        return Problems.Of(new Answer.Refused(RefusalCode.BoxClosed));
                    http.Response.Headers.CacheControl = "no-store";
                    return Results.Ok(new { Tickets = await boxes.Draw(dialogue, snapshot.State, box, seat) });
                }
            )
            .OpenTo(Visitor.Seat)
            .DisableAntiforgery();
}

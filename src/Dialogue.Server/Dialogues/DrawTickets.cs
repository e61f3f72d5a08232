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
                "/api/v1/dialogues/{dialogue}/boxes/{activity}/tickets",
                async (
                    DialogueId dialogue,
                    string activity,
                    HttpContext http,
                    Seats seats,
                    ICurrentStaff staff,
                    LiveDialogues dialogues,
                    SealedBox boxes
                ) =>
                {
                    if (await seats.Of(http, dialogue, await staff.Get(http.RequestAborted), http.RequestAborted) is not { } seat)
                        return Problems.Of(new Answer.Refused(RefusalCode.NotAllowed));
                    var snapshot = await dialogues.Read(dialogue, stop: http.RequestAborted);
                    if (snapshot.State.Seat(seat) is not { Left: false } holder || (holder.Role & Role.Table) == 0)
                        return Problems.Of(new Answer.Refused(RefusalCode.NotAllowed));
                    if (snapshot.State.Phase(new PhaseId(activity)) is not { } phase)
                        return Problems.Of(new Answer.Refused(RefusalCode.NoSuchPhase));
                    if (!phase.IsSealed)
                        return Problems.Of(new Answer.Refused(RefusalCode.NotSealed));
                    if (!snapshot.State.IsCurrent(phase.Id) || !phase.RoundOpen)
                        return Problems.Of(new Answer.Refused(RefusalCode.BoxClosed));
                    http.Response.Headers.CacheControl = "no-store";
                    return Results.Ok(new { Tickets = await boxes.Draw(dialogue, snapshot.State, phase, seat) });
                }
            )
            .OpenTo(Visitor.Seat)
            .DisableAntiforgery();
}

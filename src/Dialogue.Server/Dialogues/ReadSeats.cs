using Dialogue.Access;
using Dialogue.Operations;

namespace Dialogue.Dialogues;

/// <summary>
/// Who takes part and who is named, for whoever has a seat there: names, which are in no event. Only guides see the perspective beside
/// the name, addresses, and who is named in the intake.
/// </summary>
public static class ReadSeats
{
    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/dialogues/{dialogue}/seats",
                async (DialogueId dialogue, HttpContext http, Seats seats, ICurrentStaff staff, LiveDialogues dialogues) =>
                {
                    var seat = await seats.Of(http, dialogue, await staff.Get(http.RequestAborted), http.RequestAborted);
                    var state = seat is null ? DialogueState.Empty : (await dialogues.Read(dialogue, stop: http.RequestAborted)).State;
                    if (state.Seat(seat) is not { Left: false } holder)
                        return Problems.Of(new Answer.Refused(RefusalCode.NotAllowed));
                    var guides = (holder.Role & Role.Guides) != 0;
                    return Results.Ok(
                        new SeatsReply([
                            .. state.Seats.Values.Select(one => new SeatReply(
                                one.Id,
                                state.NameOf(one.Id),
                                one.Role,
                                one.Left,
                                guides || one.Id == holder.Id ? one.Perspective : null
                            )),
                        ])
                        {
                            People =
                            [
                                .. state
                                    .People.Where(one => guides || !Intake.Names(one.Key))
                                    .OrderBy(one => one.Key.Part)
                                    .ThenBy(one => one.Key.Number)
                                    .Select(one => new PersonReply(
                                        one.Key.Part,
                                        one.Key.Number,
                                        one.Value.Name,
                                        guides ? one.Value.Email : null
                                    )),
                            ],
                        }
                    );
                }
            )
            .OpenTo(Visitor.Seat)
            .WithName("ReadSeats")
            .WithTags("Dialogues")
            .Produces<SeatsReply>()
            .ProducesProblem(403);

    public sealed record SeatsReply(IReadOnlyList<SeatReply> Seats)
    {
        /// <summary>Who is named in agreements and risks and, for guides, in the intake.</summary>
        public IReadOnlyList<PersonReply> People { get; init; } = [];
    }

    /// <param name="Number">Of the agreement or the risk, or the place of the group in the intake; 0 otherwise.</param>
    /// <param name="Email">For guides; null for all others, and when there is none.</param>
    public sealed record PersonReply(PersonPart Part, int Number, string Name, string? Email);

    /// <param name="Name">Null when it is forgotten.</param>
    /// <param name="Perspective">Key of the perspective, for guides and of one's own seat; null otherwise.</param>
    public sealed record SeatReply(SeatId Seat, string? Name, Role Role, bool Left, string? Perspective);
}

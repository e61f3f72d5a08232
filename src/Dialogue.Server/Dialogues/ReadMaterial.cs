using Dialogue.Access;
using Dialogue.Cases;
using Dialogue.Operations;
using MediatR;

namespace Dialogue.Dialogues;

/// <summary>What is prepared for a dialogue, for whoever prepares it.</summary>
public sealed record ReadMaterial(DialogueId Dialogue) : IRequest<Result<MaterialReading>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/dialogues/{dialogue}/material",
                async (DialogueId dialogue, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(new ReadMaterial(dialogue), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Facilitator))
            .WithName("ReadMaterial")
            .WithTags("Dialogues")
            .Produces<MaterialReading>()
            .ProducesProblem(401)
            .ProducesProblem(403)
            .ProducesProblem(404);
}

/// <param name="DealsCards">Whether the method deals cards; otherwise there are none.</param>
/// <param name="MayChange">Until the dialogue runs.</param>
/// <param name="Warnings">After a change: what in the words may point at a citizen. They are kept all the same.</param>
public sealed record MaterialReading(
    IReadOnlyList<Fact> Facts,
    IReadOnlyList<MaterialCard> Cards,
    bool DealsCards,
    bool MayChange,
    IReadOnlyList<Suspected> Warnings
)
{
    internal static MaterialReading Of(DialogueState state, IReadOnlyList<Suspected> warnings) =>
        new(
            state.Case?.Facts ?? [],
            [
                .. state.Personas.Select(card => new MaterialCard(
                    card.Name,
                    card.Registered,
                    card.NotRegistered,
                    card.Key,
                    state.IsExample(card)
                )),
            ],
            state.DealsCards(),
            state.Stage is Stage.Preparing or Stage.Lobby,
            warnings
        );
}

/// <param name="Key">Stays with the card when it is changed; a card without a key is new.</param>
/// <param name="Example">As the product came with it; says nothing on the way in.</param>
public sealed record MaterialCard(string Name, string Registered, string NotRegistered, string? Key = null, bool? Example = null);

internal sealed class ReadMaterialHandler(IMediator mediator, ICurrentStaff staff) : IRequestHandler<ReadMaterial, Result<MaterialReading>>
{
    public async Task<Result<MaterialReading>> Handle(ReadMaterial ask, CancellationToken cancellationToken)
    {
        if (await staff.Get(cancellationToken) is not { } member || !member.Is(StaffRole.Facilitator))
            return RefusalCode.NotAllowed;
        var read = await mediator.Send(new ReadDialogue(ask.Dialogue), cancellationToken);
        // The cards are for whoever prepares and guides, not for all who facilitate somewhere.
        return !read.Ok ? read.Refusal!
            : read.Value!.TeamMember ? MaterialReading.Of(read.Value.State, [])
            : RefusalCode.NotAllowed;
    }
}

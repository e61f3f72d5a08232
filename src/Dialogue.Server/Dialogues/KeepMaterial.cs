using Dialogue.Access;
using Dialogue.Cases;
using Dialogue.Operations;
using Dialogue.Templates;
using MediatR;

namespace Dialogue.Dialogues;

/// <summary>A facilitator lays facts and cards ready, each list whole; null leaves a list as it was.</summary>
public sealed record KeepMaterial(DialogueId Dialogue, IReadOnlyList<Fact>? Facts = null, IReadOnlyList<Persona>? Cards = null)
    : IRequest<Result<MaterialReading>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/v1/dialogues/{dialogue}/material",
                async (DialogueId dialogue, Lists lists, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(new KeepMaterial(dialogue, lists.Facts, lists.ToDeal), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Facilitator))
            .WithName("KeepMaterial")
            .WithTags("Dialogues")
            .Produces<MaterialReading>()
            .ProducesProblem(401)
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(422);

    public sealed record Lists(IReadOnlyList<Fact>? Facts = null, IReadOnlyList<MaterialCard>? Cards = null)
    {
        internal IReadOnlyList<Persona>? ToDeal =>
            Cards is null
                ? null
                :
                [
                    .. Cards.Select(card => new Persona(
                        card?.Key ?? "",
                        card?.Name ?? "",
                        card?.Registered ?? "",
                        card?.NotRegistered ?? ""
                    )),
                ];
    }
}

internal sealed class KeepMaterialHandler(IMediator mediator, LiveDialogues dialogues)
    : IRequestHandler<KeepMaterial, Result<MaterialReading>>
{
    public async Task<Result<MaterialReading>> Handle(KeepMaterial ask, CancellationToken cancellationToken)
    {
        if (
            await mediator.Send(new PerformAsOrganiser(ask.Dialogue, new RecordMaterial(ask.Facts, ask.Cards)), cancellationToken)
            is Answer.Refused refused
        )
            return refused;
        var state = (await dialogues.Read(ask.Dialogue, stop: cancellationToken)).State;
        var words = (ask.Facts ?? [])
            .SelectMany(fact => (string?[])[fact.Text, fact.Source])
            .Concat((ask.Cards ?? []).SelectMany(card => (string?[])[card.Name, card.Registered, card.NotRegistered]));
        return MaterialReading.Of(state, PersonalDetails.In([.. words]));
    }
}

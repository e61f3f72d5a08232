using Dialogue.Organisations;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Access;

/// <summary>Who am I, for a program that signed in.</summary>
public sealed record Me : IRequest<Me.Reply?>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/me",
                async (IMediator mediator, CancellationToken stop) =>
                    await mediator.Send(new Me(), stop) is { } me ? Results.Ok(me) : Results.Unauthorized()
            )
            .RequireAuthorization(new StaffOnlyAttribute())
            .WithName("Me")
            .WithTags("Access")
            .Produces<Reply>()
            .ProducesProblem(401);

    public sealed record Reply(Guid Id, string Name, string Email, string Organisation, IReadOnlyList<string> Roles);
}

/// <summary>Has a context of its own: the frame asks this while the page below it asks the database something else.</summary>
internal sealed class MeHandler(ICurrentStaff current, IDbContextFactory<DialogueDb> databases) : IRequestHandler<Me, Me.Reply?>
{
    public async Task<Me.Reply?> Handle(Me request, CancellationToken cancellationToken)
    {
        if (await current.Get(cancellationToken) is not { } staff)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var organisation = await db.Set<OrganisationRow>()
            .Where(o => o.Id == staff.OrganisationId)
            .Select(o => o.Name)
            .SingleAsync(cancellationToken);
        var roles = Enum.GetValues<StaffRole>().Where(role => role != StaffRole.Staff && staff.Is(role)).Select(role => role.ToString());
        return new Me.Reply(staff.AccountId, staff.Name, staff.Email, organisation, [.. roles]);
    }
}

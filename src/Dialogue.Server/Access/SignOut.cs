using Dialogue.Operations;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Dialogue.Access;

/// <summary>Sign out on this device: the session ends in the database, then the cookie goes.</summary>
public sealed record SignOut : IRequest<Unit>
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(
                "/api/v1/sign-out",
                async (IMediator mediator, CancellationToken stop) =>
                {
                    await mediator.Send(new SignOut(), stop);
                    return Results.NoContent();
                }
            )
            .OpenTo(Visitor.Anyone)
            .WithName("SignOut")
            .WithTags("Access")
            .Produces(204);

        app.MapPost(
                "/uitloggen",
                async (IMediator mediator, CancellationToken stop) =>
                {
                    await mediator.Send(new SignOut(), stop);
                    return Results.LocalRedirect("/");
                }
            )
            .OpenTo(Visitor.Anyone)
            .IsForm();
    }
}

internal sealed class SignOutHandler(SignInManager<Account> signIn, StaffSessions sessions, SecurityLog security)
    : IRequestHandler<SignOut, Unit>
{
    public async Task<Unit> Handle(SignOut request, CancellationToken cancellationToken)
    {
        if (await sessions.End(signIn.Context.User, cancellationToken) is { } account)
            security.SignedOut(account, "this device");
        await signIn.Context.SignOutAsync(IdentityConstants.ApplicationScheme);
        return Unit.Value;
    }
}

using Dialogue.Operations;
using Dialogue.Storage;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dialogue.Access;

/// <summary>
/// Sign in with e-mail and password. An unknown account, a wrong password and an account that must wait get one and the same
/// answer, and take the same time, so that nobody learns who works here.
/// </summary>
public sealed record SignIn(string? Email, string? Password, string Address) : IRequest<SignInAnswer>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/v1/sign-in",
                async (Credentials credentials, HttpContext http, IMediator mediator, IStringLocalizer<Words> words) =>
                    await mediator.Send(
                        new SignIn(credentials.Email, credentials.Password, http.CallerAddress()),
                        http.RequestAborted
                    ) switch
                    {
                        SignInAnswer.SignedIn => Results.NoContent(),
                        SignInAnswer.TooOften => Problems.Of(new Answer.Refused(RefusalCode.TooFast)),
                        _ => Results.Problem(
                            statusCode: StatusCodes.Status401Unauthorized,
                            type: "urn:dialogue:refusal:not-signed-in",
                            title: words["SignInWrong"]
                        ),
                    }
            )
            .OpenTo(Visitor.Anyone)
            .WithName("SignIn")
            .WithTags("Access")
            .Produces(204)
            .ProducesProblem(401)
            .ProducesProblem(429);

    public sealed record Credentials(string? Email, string? Password);
}

public enum SignInAnswer
{
    SignedIn,
    Wrong,
    TooOften,
}

internal sealed class SignInHandler(
    SignInManager<Account> signIn,
    UserManager<Account> accounts,
    StaffSessions sessions,
    SignInAttempts attempts,
    DialogueDb db
) : IRequestHandler<SignIn, SignInAnswer>
{
    private static readonly string NobodysHash = new PasswordHasher<Account>().HashPassword(new Account(), "nobody has this password");

    public async Task<SignInAnswer> Handle(SignIn request, CancellationToken cancellationToken)
    {
        if (!attempts.Take(request.Address))
        {
            return SignInAnswer.TooOften;
        }

        var email = accounts.NormalizeEmail(request.Email?.Trim() ?? "");
        var account = await db.Users.SingleOrDefaultAsync(a => a.NormalizedEmail == email, cancellationToken);
        if (account is not { DeactivatedAt: null, PasswordHash: not null })
        {
            accounts.PasswordHasher.VerifyHashedPassword(new Account(), NobodysHash, request.Password ?? "");
            return SignInAnswer.Wrong;
        }

        // CheckPasswordSignIn does not hash when the account must wait; the answer would come noticeably sooner.
        if (await accounts.IsLockedOutAsync(account))
        {
            accounts.PasswordHasher.VerifyHashedPassword(account, NobodysHash, request.Password ?? "");
            return SignInAnswer.Wrong;
        }

        var check = await signIn.CheckPasswordSignInAsync(account, request.Password ?? "", lockoutOnFailure: true);
        if (!check.Succeeded)
        {
            return SignInAnswer.Wrong;
        }

        // What was signed in on this device before ends here: a token that somebody planted never becomes valid.
        await sessions.End(signIn.Context.User, cancellationToken);
        await signIn.SignInWithClaimsAsync(
            account,
            isPersistent: false,
            [await sessions.Start(account.Id, Devices.Of(signIn.Context.Request.Headers.UserAgent), cancellationToken)]
        );
        return SignInAnswer.SignedIn;
    }
}

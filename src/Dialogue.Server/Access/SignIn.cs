using System.Security.Claims;
using Dialogue.Operations;
using Dialogue.Storage;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dialogue.Access;

/// <summary>
/// Sign in with e-mail and password, and with a code where the account asks for a second step. An unknown account, a wrong password and an
/// account that ended get one and the same answer, and take the same time, so that nobody learns who works here. Wrong tries make the same
/// network address wait longer at the same account, and nobody else.
/// </summary>
/// <param name="Address">Where the request comes from, to count tries.</param>
/// <param name="Code">Of the second step, for programs that send all at once; null when it is asked for on a page of its own.</param>
public sealed record SignIn(string? Email, string? Password, string Address, string? Code = null) : IRequest<SignInReply>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/v1/sign-in",
                async (Credentials credentials, HttpContext http, IMediator mediator, IStringLocalizer<Words> words) =>
                {
                    var reply = await mediator.Send(
                        new SignIn(credentials.Email, credentials.Password, http.CallerAddress(), credentials.Code),
                        http.RequestAborted
                    );
                    if (reply.Wait > TimeSpan.Zero)
                        http.Response.Headers.RetryAfter = reply.WaitSeconds;
                    return reply.Answer switch
                    {
                        SignInAnswer.SignedIn => Results.NoContent(),
                        SignInAnswer.TooOften or SignInAnswer.MustWait => Problems.Of(new Answer.Refused(RefusalCode.TooFast)),
                        SignInAnswer.SecondStep => Refused("second-step-needed", words["SecondStepNeeded"]),
                        _ => Refused("not-signed-in", words["SignInWrong"]),
                    };
                }
            )
            .OpenTo(Visitor.Anyone)
            .WithName("SignIn")
            .WithTags("Access")
            .Produces(204)
            .ProducesProblem(401)
            .ProducesProblem(429);

    private static IResult Refused(string code, string words) =>
        Results.Problem(statusCode: StatusCodes.Status401Unauthorized, type: "urn:dialogue:refusal:" + code, title: words);

    /// <param name="Code">Six digits of the authenticator app, or a recovery code; only where the account asks for a second step.</param>
    public sealed record Credentials(string? Email, string? Password, string? Code = null);
}

public enum SignInAnswer
{
    SignedIn,
    Wrong,

    /// <summary>This network address tried too often in this minute, whatever the account.</summary>
    TooOften,

    /// <summary>This network address mistyped too often at this account.</summary>
    MustWait,

    /// <summary>The password is right; a code of the authenticator app is asked for.</summary>
    SecondStep,
}

/// <param name="Wait">How long until the next try counts; zero when at once.</param>
public sealed record SignInReply(SignInAnswer Answer, TimeSpan Wait = default)
{
    public string WaitSeconds => ((int)Math.Ceiling(Wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
}

internal sealed class SignInHandler(
    SignInManager<Account> signIn,
    UserManager<Account> accounts,
    NewSession session,
    SecondStep secondStep,
    SignInAttempts attempts,
    SignInDelays delays,
    SecurityLog security,
    DialogueDb db
) : IRequestHandler<SignIn, SignInReply>
{
    private static readonly string NobodysHash = new NormalisedHasher().HashPassword(new Account(), "nobody has this password");

    public async Task<SignInReply> Handle(SignIn request, CancellationToken cancellationToken)
    {
        if (!attempts.Take(request.Address))
        {
            security.Refused(null, request.Address, "too many tries from one address");
            return new(SignInAnswer.TooOften);
        }

        var email = accounts.NormalizeEmail(request.Email?.Trim() ?? "") ?? "";
        if (delays.Left(request.Address, email) is var left && left > TimeSpan.Zero)
            return new(SignInAnswer.MustWait, left);

        var account = await db.Users.SingleOrDefaultAsync(a => a.NormalizedEmail == email, cancellationToken);
        var known = account is { DeactivatedAt: null, PasswordHash: not null } ? account : null;
        var check = accounts.PasswordHasher.VerifyHashedPassword(
            known ?? new Account(),
            known?.PasswordHash ?? NobodysHash,
            request.Password ?? ""
        );
        if (known is null || check == PasswordVerificationResult.Failed)
            return Wrong(account, request.Address, email);
        delays.Right(request.Address, email);

        if (known.TwoFactorEnabled)
        {
            if (string.IsNullOrWhiteSpace(request.Code))
            {
                // Half signed in: a cookie of its own that opens nothing but the page of the second step.
                var half = new ClaimsIdentity(IdentityConstants.TwoFactorUserIdScheme);
                half.AddClaim(new Claim(ClaimTypes.Name, known.Id.ToString()));
                await signIn.Context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(half));
                return new(SignInAnswer.SecondStep);
            }

            if (await secondStep.Check(known, request.Code, request.Address) is { Answer: not SignInAnswer.SignedIn } refused)
                return refused;
        }

        await session.Begin(
            known,
            strong: known.TwoFactorEnabled,
            known.TwoFactorEnabled ? "password and code" : "password",
            cancellationToken
        );
        return new(SignInAnswer.SignedIn);
    }

    private SignInReply Wrong(Account? account, string source, string email)
    {
        var wait = delays.Wrong(source, email);
        security.Refused(account?.Id, source, account?.DeactivatedAt is null ? "wrong address or password" : "the account ended");
        if (wait > TimeSpan.Zero)
            security.Waits(account?.Id, source, wait);
        return new(SignInAnswer.Wrong, wait);
    }
}

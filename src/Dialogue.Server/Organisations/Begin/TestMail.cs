using System.Net.Sockets;
using Dialogue.Access;
using Dialogue.Mailroom;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Trail;
using MailKit.Net.Smtp;
using MailKit.Security;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MimeKit;

namespace Dialogue.Organisations.Begin;

/// <summary>Sends one mail to the administrator who asks, at once and not through the outbox, and tells what came of it.</summary>
public sealed record TestMail : IRequest<Result<MailTried>>
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/v1/organisation/mail-test",
                async (IMediator mediator, CancellationToken stop) => (await mediator.Send(new TestMail(), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithName("TestMail")
            .WithTags("Organisations")
            .Produces<MailTried>()
            .ProducesProblem(401);
}

public enum MailOutcome
{
    /// <summary>The mail server took it.</summary>
    Sent,

    /// <summary>No mail server is set: it became a file in a folder on the server.</summary>
    Folder,

    /// <summary>Nobody answers at the address of the mail server.</summary>
    NoAnswer,

    /// <summary>No encrypted connection could be made.</summary>
    NotEncrypted,

    /// <summary>The mail server does not accept name and password.</summary>
    NotSignedIn,

    /// <summary>The mail server refuses this mail: its sender or its receiver.</summary>
    Refused,

    Failed,
}

/// <param name="To">Where it was sent.</param>
/// <param name="Detail">What the mail server or the network said, for whoever runs the server; null when it was sent.</param>
public sealed record MailTried(MailOutcome Outcome, string To, string? Detail);

internal sealed class TestMailHandler(
    DialogueDb db,
    ICurrentStaff current,
    IPostalRoute route,
    MailSettings settings,
    IStringLocalizer<Words> words,
    TimeProvider time
) : IRequestHandler<TestMail, Result<MailTried>>
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(20);

    public async Task<Result<MailTried>> Handle(TestMail request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var now = time.GetUtcNow();
        using var message = new MimeMessage
        {
            MessageId = $"{Guid.CreateVersion7(now):N}@dialogue.invalid",
            Date = now,
            Subject = words["MailTest.Subject"],
            Body = new TextPart("plain") { Text = words["MailTest.Text", staff.Name, settings.Link("beheer/begin")] },
        };
        message.From.Add(MailboxAddress.Parse(settings.From));
        message.To.Add(MailboxAddress.Parse(staff.Email));
        message.Headers.Add("Auto-Submitted", "auto-generated");

        var (outcome, detail) = (string.IsNullOrEmpty(settings.Host) ? MailOutcome.Folder : MailOutcome.Sent, (string?)null);
        using var limit = new CancellationTokenSource(Most, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await route.Send(message, stop.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // whatever goes wrong with mail is told to whoever tries it
        catch (Exception problem)
#pragma warning restore CA1031
        {
            detail = $"{problem.GetType().Name}: {problem.Message}";
            outcome = problem switch
            {
                SocketException or OperationCanceledException or TimeoutException or IOException => MailOutcome.NoAnswer,
                SslHandshakeException or NotSupportedException => MailOutcome.NotEncrypted,
                AuthenticationException => MailOutcome.NotSignedIn,
                SmtpCommandException => MailOutcome.Refused,
                _ => MailOutcome.Failed,
            };
        }

        var left = outcome is MailOutcome.Sent or MailOutcome.Folder;
        if (left)
            await db.Set<OrganisationRow>()
                .Where(row => row.Id == staff.OrganisationId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.MailTestedAt, now), cancellationToken);
        Audit.Record(
            db,
            staff.OrganisationId,
            staff.AccountId,
            AuditAct.MailTested,
            new("organisation", staff.OrganisationId),
            now,
            outcome.ToString()
        );
        await db.SaveChangesAsync(cancellationToken);
        return new MailTried(outcome, staff.Email, detail);
    }
}

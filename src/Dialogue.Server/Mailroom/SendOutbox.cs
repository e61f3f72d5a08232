using Dialogue.Clock;
using Dialogue.Storage;
using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Dialogue.Mailroom;

/// <summary>
/// Sends what lies in the outbox. The claim is a conditional update that moves the moment of the next attempt first: when a node
/// dies after it, the letter is simply late. After a failure the wait doubles, up to an hour. A letter that the receiving side refuses for
/// good or that failed for days is given up, visibly: it stays in the outbox with the reason.
/// </summary>
public sealed partial class SendOutbox(
    IDbContextFactory<DialogueDb> databases,
    IPostalRoute route,
    MailSettings settings,
    IEnumerable<ILooksAtLetters> lookers,
    TimeProvider time,
    ILogger<SendOutbox> log
) : IDueWork
{
    private const int AtATime = 50;

    /// <summary>After so many failures in a row the server is down, not the letter bad: try again at the next tick.</summary>
    private const int FailuresInARow = 3;

    /// <summary>About two and a half days.</summary>
    public const int MostAttempts = 64;

    public string Name => "send-outbox";

    public static TimeSpan Wait(int attempts) => TimeSpan.FromMinutes(Math.Min(60, Math.Pow(2, Math.Min(attempts, 10))));

    public async Task<int> DoDue(DateTimeOffset now, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var due = await db.Set<OutboxRow>()
            .Where(row => row.SentAt == null && row.FailedAt == null && row.DroppedAt == null && row.DueAt <= now)
            .OrderBy(row => row.DueAt)
            .ThenBy(row => row.Id)
            .Take(AtATime)
            .ToListAsync(stop);
        var sent = 0;
        var failures = 0;
        foreach (var row in due)
        {
            if (failures == FailuresInARow)
                break;
            try
            {
                // The number of attempts is a concurrency token.
                (row.DueAt, row.Attempts) = (time.GetUtcNow() + Wait(row.Attempts), row.Attempts + 1);
                await db.SaveChangesAsync(stop);
            }
            catch (DbUpdateConcurrencyException)
            {
                db.Entry(row).State = EntityState.Detached;
                continue;
            }

            var permanent = false;
            string? error = null;
            try
            {
                if (await LookAgain(row, stop))
                    await route.Send(Message(row), stop);
                else
                    continue;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                throw;
            }
#pragma warning disable CA1031 // whatever a mail server throws, the letter stays
            catch (Exception problem)
#pragma warning restore CA1031
            {
                error = problem.GetType().Name + ": " + problem.Message;
                permanent = IsPermanent(problem) || !MailboxAddress.TryParse(row.To, out _) || row.Attempts >= MostAttempts;
                if (permanent)
                    GivenUp(log, row.Id, row.Attempts, problem.GetType().Name);
                else
                    NotSent(log, row.Id, row.Attempts, problem.GetType().Name);
            }

            // The letter has left or not: that must be written down, even when the program stops now.
            if (error is null)
            {
                (row.SentAt, row.TextBody, row.LastError) = (time.GetUtcNow(), "", null);
                sent++;
                failures = 0;
            }
            else
            {
                row.LastError = error.Length > 500 ? error[..500] : error;
                row.FailedAt = permanent ? time.GetUtcNow() : null;
                // A letter that is bad says nothing about the server.
                failures += permanent ? 0 : 1;
            }
            await db.SaveChangesAsync(CancellationToken.None);
        }
        return sent;
    }

    /// <summary>The receiving side refuses this letter or its address: trying again changes nothing.</summary>
    private static bool IsPermanent(Exception problem) =>
        problem
            is SmtpCommandException
            {
                ErrorCode: SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted,
                StatusCode: >= (SmtpStatusCode)500,
            };

    /// <returns>False when its reason is gone: then it is noted as dropped, and its text is erased.</returns>
    private async Task<bool> LookAgain(OutboxRow row, CancellationToken stop)
    {
        if (row.Checker is null || lookers.FirstOrDefault(one => one.Name == row.Checker) is not { } looker)
            return true;
        // What the looker reads and writes is apart from the row that is being sent.
        await using var db = await databases.CreateDbContextAsync(stop);
        var now = time.GetUtcNow();
        var written = new Letter(row.OrganisationId, row.To, row.Subject, row.TextBody, row.About);
        var letter = await looker.LookAgain(db, row.Facts ?? "", written, now, stop);
        if (letter is null)
        {
            await db.Set<OutboxRow>()
                .Where(other => other.Id == row.Id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(other => other.DroppedAt, now).SetProperty(other => other.TextBody, ""),
                    CancellationToken.None
                );
            Dropped(log, row.Id, row.Checker);
            return false;
        }

        if (db.ChangeTracker.HasChanges())
            await db.SaveChangesAsync(stop);
        (row.To, row.Subject, row.TextBody) = (letter.To, letter.Subject, letter.Text);
        return true;
    }

    private MimeMessage Message(OutboxRow row)
    {
        var message = new MimeMessage
        {
            MessageId = row.StableMessageId,
            Date = row.CreatedAt,
            Subject = row.Subject,
        };
        message.From.Add(MailboxAddress.Parse(settings.From));
        message.To.Add(MailboxAddress.Parse(row.To));
        // No holiday answers to a machine.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new TextPart("plain") { Text = row.TextBody };
        return message;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Letter {Letter} of {Checker} is not sent any more: its reason is gone.")]
    private static partial void Dropped(ILogger log, Guid letter, string checker);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Letter {Letter} did not leave at attempt {Attempt} ({Problem}); it stays in the outbox."
    )]
    private static partial void NotSent(ILogger log, Guid letter, int attempt, string problem);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Letter {Letter} is given up after attempt {Attempt} ({Problem}); it stays in the outbox with the reason."
    )]
    private static partial void GivenUp(ILogger log, Guid letter, int attempt, string problem);
}

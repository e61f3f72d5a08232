using Dialogue.Clock;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Dialogue.Mailroom;

/// <summary>
/// Sends what lies in the outbox. The claim is a conditional update that moves the moment of the next attempt first: when a node
/// dies after it, the letter is simply late. A letter is never dropped; after a failure the wait doubles, up to an hour.
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

    public string Name => "send-outbox";

    public static TimeSpan Wait(int attempts) => TimeSpan.FromMinutes(Math.Min(60, Math.Pow(2, Math.Min(attempts, 10))));

    public async Task<int> DoDue(DateTimeOffset now, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var due = await db.Set<OutboxRow>()
            .AsNoTracking()
            .Where(row => row.SentAt == null && row.DroppedAt == null && row.DueAt <= now)
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
            var next = time.GetUtcNow() + Wait(row.Attempts);
            var claimed = await db.Set<OutboxRow>()
                .Where(other => other.Id == row.Id && other.SentAt == null && other.DueAt == row.DueAt)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(other => other.DueAt, next).SetProperty(other => other.Attempts, row.Attempts + 1),
                    stop
                );
            if (claimed == 0)
                continue;

            string? error = null;
            try
            {
                if (await LookAgain(db, row, stop))
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
                NotSent(log, row.Id, row.Attempts + 1, problem.GetType().Name);
            }

            // The letter has left or not: that must be written down, even when the program stops now.
            if (error is null)
            {
                var at = time.GetUtcNow();
                await db.Set<OutboxRow>()
                    .Where(other => other.Id == row.Id)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(other => other.SentAt, at)
                                .SetProperty(other => other.TextBody, "")
                                .SetProperty(other => other.LastError, (string?)null),
                        CancellationToken.None
                    );
                sent++;
                failures = 0;
            }
            else
            {
                var words = error.Length > 500 ? error[..500] : error;
                await db.Set<OutboxRow>()
                    .Where(other => other.Id == row.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(other => other.LastError, words), CancellationToken.None);
                failures++;
            }
        }
        return sent;
    }

    /// <returns>False when its reason is gone: then it is noted as dropped, and its text is erased.</returns>
    private async Task<bool> LookAgain(DialogueDb db, OutboxRow row, CancellationToken stop)
    {
        if (row.Checker is null || lookers.FirstOrDefault(one => one.Name == row.Checker) is not { } looker)
            return true;
        var now = time.GetUtcNow();
        var written = new Letter(row.To, row.Subject, row.TextBody, row.About);
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
        {
            await db.SaveChangesAsync(stop);
            db.ChangeTracker.Clear();
        }

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
}

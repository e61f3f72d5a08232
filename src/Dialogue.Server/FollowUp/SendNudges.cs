using Dialogue.Clock;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.FollowUp;

/// <summary>
/// Turns due nudges into letters: everything of one look for one receiver becomes one letter. Claim and letters are one transaction, so
/// each nudge takes effect once, however many nodes look and however long they were down.
/// </summary>
public sealed partial class SendNudges(IDbContextFactory<DialogueDb> databases, ActionLetters letters, ILogger<SendNudges> log) : IDueWork
{
    private const int AtATime = 500;

    /// <summary>A reminder that cannot be made ends after so many attempts: it stays in its table, unsent, with the last error.</summary>
    private const int MostAttempts = 5;

    public string Name => "send-nudges";

    public async Task<int> DoDue(DateTimeOffset now, CancellationToken stop)
    {
        List<NudgeRow> due;
        await using (var db = await databases.CreateDbContextAsync(stop))
            due = await db.Set<NudgeRow>()
                .AsNoTracking()
                .Where(nudge => nudge.SentAt == null && nudge.At <= now && nudge.Attempts < MostAttempts)
                .OrderBy(nudge => nudge.At)
                .ThenBy(nudge => nudge.Id)
                .Take(AtATime)
                .ToListAsync(stop);
        if (due.Count == 0)
            return 0;
        try
        {
            return await Send(due, now, stop);
        }
        catch (Exception e) when (MayBeOneRow(e))
        {
            // One of them stops the others: each alone.
        }
        var sent = 0;
        foreach (var nudge in due)
        {
            try
            {
                sent += await Send([nudge], now, stop);
            }
            catch (Exception e) when (MayBeOneRow(e))
            {
                await NoteFailure(nudge, e, stop);
            }
        }
        return sent;
    }

    /// <summary>Not when the program stops or the database is away: then it is no fault of a row.</summary>
    private static bool MayBeOneRow(Exception e) => e is not OperationCanceledException && !Outage.Is(e);

    private async Task NoteFailure(NudgeRow nudge, Exception e, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await db.Set<NudgeRow>()
            .Where(row => row.Id == nudge.Id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Attempts, nudge.Attempts + 1).SetProperty(row => row.LastError, e.GetType().Name),
                stop
            );
        NotMade(log, nudge.Kind, nudge.ActionId, nudge.Attempts + 1, MostAttempts, e);
    }

    private async Task<int> Send(IReadOnlyList<NudgeRow> due, DateTimeOffset now, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var claimed = await Claim(db, due, now, stop);
        if (claimed.Count == 0)
            return 0;

        var ids = claimed.Select(nudge => nudge.ActionId).Distinct().ToList();
        var rows = await db.Set<AgreedActionRow>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, stop);
        var reach = await Reach.Read(db, rows.Values, stop);
        var post = new List<(Receiver To, AgreedActionRow Row, Nudge Nudge)>();
        foreach (var nudge in claimed)
        {
            var row = rows[nudge.ActionId];
            var receivers = reach.Receivers(row, nudge.To);
            if (receivers.Count == 0)
                NobodyToAsk(log, row.Id, nudge.Kind);
            foreach (var receiver in receivers)
                post.Add((receiver, row, new(nudge.Kind, receiver.To, nudge.About, nudge.Round, default)));
        }

        foreach (var mine in post.GroupBy(one => (Email: one.To.Email.ToUpperInvariant(), one.Row.OrganisationId)))
            letters.Remind(db, mine.First().To, [.. mine.OrderBy(one => one.Row.DueDate).Select(one => (one.Row, one.Nudge))], now);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return claimed.Count;
    }

    /// <summary>
    /// Those that are still unsent: of two processes that look at once, one finds the row already claimed (a concurrency token), and a plan
    /// that changed meanwhile has taken its rows away.
    /// </summary>
    private static async Task<List<NudgeRow>> Claim(DialogueDb db, IReadOnlyList<NudgeRow> due, DateTimeOffset now, CancellationToken stop)
    {
        // Copies, so that a failure leaves what was read as it was.
        var claimed = due.Select(nudge => new NudgeRow
            {
                Id = nudge.Id,
                ActionId = nudge.ActionId,
                Kind = nudge.Kind,
                To = nudge.To,
                About = nudge.About,
                Round = nudge.Round,
                At = nudge.At,
                Attempts = nudge.Attempts,
                LastError = nudge.LastError,
            })
            .ToList();
        foreach (var row in claimed)
            db.Attach(row).Entity.SentAt = now;
        while (true)
        {
            try
            {
                await db.SaveChangesAsync(stop);
                return claimed;
            }
            catch (DbUpdateConcurrencyException taken) when (taken.Entries.Count > 0)
            {
                foreach (var entry in taken.Entries)
                {
                    claimed.Remove((NudgeRow)entry.Entity);
                    entry.State = EntityState.Detached;
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody can be reminded about action {Action} ({Kind}): no address is known.")]
    private static partial void NobodyToAsk(ILogger log, Guid action, NudgeKind kind);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Reminder {Kind} of action {Action} could not be made (attempt {Attempt} of {Most}); the others were sent."
    )]
    private static partial void NotMade(ILogger log, NudgeKind kind, Guid action, int attempt, int most, Exception e);
}

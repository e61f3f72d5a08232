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

    public string Name => "send-nudges";

    public async Task<int> DoDue(DateTimeOffset now, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var due = await db.Set<NudgeRow>()
            .AsNoTracking()
            .Where(nudge => nudge.SentAt == null && nudge.At <= now)
            .OrderBy(nudge => nudge.At)
            .ThenBy(nudge => nudge.Id)
            .Take(AtATime)
            .ToListAsync(stop);
        if (due.Count == 0)
            return 0;

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var claimed = new List<NudgeRow>();
        foreach (var nudge in due)
        {
            if (
                await db.Set<NudgeRow>()
                    .Where(row => row.Id == nudge.Id && row.SentAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.SentAt, now), stop) == 1
            )
                claimed.Add(nudge);
        }

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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody can be reminded about action {Action} ({Kind}): no address is known.")]
    private static partial void NobodyToAsk(ILogger log, Guid action, NudgeKind kind);
}

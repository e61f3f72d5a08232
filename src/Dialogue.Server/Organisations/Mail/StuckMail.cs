using Dialogue.Access;
using Dialogue.Mailroom;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Mail;

/// <summary>The letters of the own organisation that do not get through, the oldest first; at most <see cref="Most"/>.</summary>
public sealed record ReadStuckMail : IRequest<Result<IReadOnlyList<StuckLetter>>>
{
    public const int Most = 100;
}

/// <param name="GivenUp">It is not tried again by itself.</param>
/// <param name="Error">What the mail server or the network said last, for whoever runs the server; null when nothing was kept.</param>
public sealed record StuckLetter(string To, DateTimeOffset Since, int Attempts, bool GivenUp, string? Error);

/// <summary>Tries all letters of the own organisation that do not get through once more, now.</summary>
public sealed record TryMailAgain : IRequest<Result<int>>;

/// <summary>Takes the letters that were given up off the list; they are not sent.</summary>
public sealed record PutMailAside : IRequest<Result<int>>;

internal static class StuckMail
{
    public static IQueryable<OutboxRow> Stuck(this DialogueDb db, Guid organisation) =>
        db.Set<OutboxRow>().Stuck().Where(letter => letter.OrganisationId == organisation);
}

internal sealed class ReadStuckMailHandler(DialogueDb db, ICurrentStaff current)
    : IRequestHandler<ReadStuckMail, Result<IReadOnlyList<StuckLetter>>>
{
    public async Task<Result<IReadOnlyList<StuckLetter>>> Handle(ReadStuckMail request, CancellationToken cancellationToken) =>
        await current.Administrator(cancellationToken) is { } staff
            ? new Result<IReadOnlyList<StuckLetter>>(
                await db.Stuck(staff.OrganisationId)
                    .OrderBy(letter => letter.CreatedAt)
                    .Take(ReadStuckMail.Most)
                    .Select(letter => new StuckLetter(
                        letter.To,
                        letter.CreatedAt,
                        letter.Attempts,
                        letter.FailedAt != null,
                        letter.LastError
                    ))
                    .ToListAsync(cancellationToken),
                Refusal: null
            )
            : RefusalCode.NotAllowed;
}

internal sealed class TryMailAgainHandler(DialogueDb db, ICurrentStaff current, TimeProvider time)
    : IRequestHandler<TryMailAgain, Result<int>>
{
    public async Task<Result<int>> Handle(TryMailAgain request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var now = time.GetUtcNow();
        var letters = await db.Stuck(staff.OrganisationId).AsTracking().Take(ReadStuckMail.Most).ToListAsync(cancellationToken);
        foreach (var letter in letters)
            (letter.DueAt, letter.FailedAt) = (now, null);
        return await StuckMailTrail.Save(db, staff, letters.Count, AuditAct.MailTriedAgain, now, cancellationToken);
    }
}

internal sealed class PutMailAsideHandler(DialogueDb db, ICurrentStaff current, TimeProvider time)
    : IRequestHandler<PutMailAside, Result<int>>
{
    public async Task<Result<int>> Handle(PutMailAside request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var now = time.GetUtcNow();
        var letters = await db.Stuck(staff.OrganisationId)
            .AsTracking()
            .Where(letter => letter.FailedAt != null)
            .Take(ReadStuckMail.Most)
            .ToListAsync(cancellationToken);
        foreach (var letter in letters)
            (letter.DroppedAt, letter.TextBody) = (now, "");
        return await StuckMailTrail.Save(db, staff, letters.Count, AuditAct.MailPutAside, now, cancellationToken);
    }
}

internal static class StuckMailTrail
{
    public static async Task<Result<int>> Save(
        DialogueDb db,
        StaffMember by,
        int letters,
        AuditAct act,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        if (letters == 0)
            return 0;
        Audit.Record(db, by.OrganisationId, by.AccountId, act, new("mail"), now, $"{letters}");
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            // One of them was being sent at this moment.
            return RefusalCode.Busy;
        }

        return letters;
    }
}

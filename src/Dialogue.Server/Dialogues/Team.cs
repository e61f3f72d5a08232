using Dialogue.Access;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>Who prepares and guides a dialogue, and who might be asked: facilitators of the organisation. For the team itself.</summary>
public sealed record ReadTeam(DialogueId Dialogue) : IRequest<Result<TeamReading>>;

public sealed record TeamReading(IReadOnlyList<TeamMember> Members, IReadOnlyList<TeamMember> Colleagues, DialogueLevel Level);

public sealed record TeamMember(Guid Account, string Name);

/// <summary>
/// Invites a facilitator of the organisation into the team. It gives no seat: to join as a facilitator is an act of their own (<see
/// cref="TakeStaffSeat"/>).
/// </summary>
public sealed record AddToTeam(DialogueId Dialogue, Guid Account) : IRequest<Answer>;

/// <summary>Sets how far the dialogue and its outcome may be read.</summary>
public sealed record SetLevel(DialogueId Dialogue, DialogueLevel Level) : IRequest<Answer>;

internal sealed class ReadTeamHandler(DialogueDb db, ICurrentStaff staff) : IRequestHandler<ReadTeam, Result<TeamReading>>
{
    public async Task<Result<TeamReading>> Handle(ReadTeam ask, CancellationToken cancellationToken)
    {
        if (await staff.Get(cancellationToken) is not { } member || !await db.InTeam(member, ask.Dialogue, cancellationToken))
            return RefusalCode.NotAllowed;
        var team = await db.Set<DialogueTeamRow>()
            .AsNoTracking()
            .Where(row => row.DialogueId == ask.Dialogue.Value)
            .Select(row => row.AccountId)
            .ToListAsync(cancellationToken);
        var all = await db
            .Users.AsNoTracking()
            .Where(account =>
                team.Contains(account.Id)
                || (account.OrganisationId == member.OrganisationId && (account.Roles & StaffRole.Facilitator) == StaffRole.Facilitator)
            )
            .OrderBy(account => account.Name)
            .Select(account => new TeamMember(account.Id, account.Name))
            .ToListAsync(cancellationToken);
        var level = await db.Set<DialogueRow>()
            .Where(row => row.Id == ask.Dialogue.Value)
            .Select(row => row.Level)
            .FirstAsync(cancellationToken);
        return new TeamReading(all.FindAll(one => team.Contains(one.Account)), all.FindAll(one => !team.Contains(one.Account)), level);
    }
}

internal sealed class AddToTeamHandler(DialogueDb db, ICurrentStaff staff, TimeProvider time) : IRequestHandler<AddToTeam, Answer>
{
    public async Task<Answer> Handle(AddToTeam ask, CancellationToken cancellationToken)
    {
        if (await staff.Get(cancellationToken) is not { } member || !await db.InTeam(member, ask.Dialogue, cancellationToken))
            return new Answer.Refused(RefusalCode.NotAllowed);
        var fits = await db.Users.AnyAsync(
            account =>
                account.Id == ask.Account
                && account.OrganisationId == member.OrganisationId
                && (account.Roles & StaffRole.Facilitator) == StaffRole.Facilitator,
            cancellationToken
        );
        if (!fits)
            return new Answer.Refused(RefusalCode.NotAllowed);
        if (await db.Set<DialogueTeamRow>().FindAsync([ask.Dialogue.Value, ask.Account], cancellationToken) is not null)
            return new Answer.Accepted(0);
        db.Add(
            new DialogueTeamRow
            {
                DialogueId = ask.Dialogue.Value,
                AccountId = ask.Account,
                AddedBy = member.AccountId,
                AddedAt = time.GetUtcNow(),
            }
        );
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (Exception e) when (UniqueViolation.Is(e))
        {
            // Two at once: one was first, and that is what was asked.
        }
        return new Answer.Accepted(0);
    }
}

internal sealed class SetLevelHandler(DialogueDb db, ICurrentStaff staff, TimeProvider time) : IRequestHandler<SetLevel, Answer>
{
    public async Task<Answer> Handle(SetLevel ask, CancellationToken cancellationToken)
    {
        if (await staff.Get(cancellationToken) is not { } member || !await db.InTeam(member, ask.Dialogue, cancellationToken))
            return new Answer.Refused(RefusalCode.NotAllowed);
        if (!Enum.IsDefined(ask.Level))
            return new Answer.Refused(RefusalCode.UnknownValue);
        var row = await db.Set<DialogueRow>().AsTracking().SingleAsync(row => row.Id == ask.Dialogue.Value, cancellationToken);
        if (row.Level == ask.Level)
            return new Answer.Accepted(0);
        Audit.Record(
            db,
            member.OrganisationId,
            member.AccountId,
            AuditAct.LevelChanged,
            new("dialogue", row.Id),
            time.GetUtcNow(),
            $"{row.Level} → {ask.Level}"
        );
        row.Level = ask.Level;
        await db.SaveChangesAsync(cancellationToken);
        return new Answer.Accepted(0);
    }
}

using Dialogue.Access;
using Dialogue.Organisations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>Who prepares and guides a dialogue, and who might be asked: facilitators of the organisation. For the team itself.</summary>
public sealed record ReadTeam(DialogueId Dialogue) : IRequest<Result<TeamReading>>;

/// <param name="Unit">The unit of the dialogue; null when it is of none.</param>
public sealed record TeamReading(IReadOnlyList<TeamMember> Members, IReadOnlyList<TeamMember> Colleagues, DialogueLevel Level, Guid? Unit);

public sealed record TeamMember(Guid Account, string Name);

/// <summary>
/// Invites a facilitator of the organisation into the team. It gives no seat: to join as a facilitator is an act of their own (<see
/// cref="TakeStaffSeat"/>).
/// </summary>
public sealed record AddToTeam(DialogueId Dialogue, Guid Account) : IRequest<Answer>;

/// <summary>
/// Takes somebody out of the team: the seat as a facilitator is left too. The last one stays, and so does the last facilitator of a room.
/// </summary>
public sealed record RemoveFromTeam(DialogueId Dialogue, Guid Account) : IRequest<Answer>;

/// <summary>Sets how far the dialogue and its outcome may be read.</summary>
/// <param name="Unit">The unit whose dialogue it becomes; null: it stays of the unit that it is of.</param>
public sealed record SetLevel(DialogueId Dialogue, DialogueLevel Level, Guid? Unit = null) : IRequest<Answer>;

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
                || (
                    account.OrganisationId == member.OrganisationId
                    && account.DeactivatedAt == null
                    && (account.Roles & StaffRole.Facilitator) == StaffRole.Facilitator
                )
            )
            .OrderBy(account => account.Name)
            .Select(account => new TeamMember(account.Id, account.Name))
            .ToListAsync(cancellationToken);
        var row = await db.Set<DialogueRow>().AsNoTracking().FirstAsync(row => row.Id == ask.Dialogue.Value, cancellationToken);
        return new TeamReading(
            all.FindAll(one => team.Contains(one.Account)),
            all.FindAll(one => !team.Contains(one.Account)),
            row.Level,
            row.UnitId
        );
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
                && account.DeactivatedAt == null
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
        TeamTrail.Record(db, member, ask.Dialogue, $"+ {ask.Account}", time.GetUtcNow());
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

internal sealed class RemoveFromTeamHandler(DialogueDb db, LiveDialogues dialogues, ICurrentStaff staff, TimeProvider time)
    : IRequestHandler<RemoveFromTeam, Answer>
{
    public async Task<Answer> Handle(RemoveFromTeam ask, CancellationToken cancellationToken)
    {
        if (await staff.Get(cancellationToken) is not { } member || !await db.InTeam(member, ask.Dialogue, cancellationToken))
            return new Answer.Refused(RefusalCode.NotAllowed);
        var team = await db.Set<DialogueTeamRow>()
            .AsTracking()
            .Where(row => row.DialogueId == ask.Dialogue.Value)
            .ToListAsync(cancellationToken);
        if (team.Find(row => row.AccountId == ask.Account) is not { } leaving)
            return new Answer.Accepted(0);
        if (team.Count == 1)
            return new Answer.Refused(RefusalCode.LastFacilitator);
        if (
            await Seats.OfAccount(db, ask.Dialogue, ask.Account, cancellationToken) is { } seat
            && (await dialogues.Read(ask.Dialogue, stop: cancellationToken)).State is { Stage: not Stage.Closed } state
            && state.Seat(seat) is { Left: false }
            && await dialogues.Perform(ask.Dialogue, id: null, new LeaveSeat(), seat, Role.None) is Answer.Refused refused
        )
            return refused;
        db.Remove(leaving);
        TeamTrail.Record(db, member, ask.Dialogue, $"− {ask.Account}", time.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Two at once: one was first, and that is what was asked.
        }
        return new Answer.Accepted(0);
    }
}

internal static class TeamTrail
{
    public static void Record(DialogueDb db, StaffMember by, DialogueId dialogue, string detail, DateTimeOffset now) =>
        Audit.Record(db, by.OrganisationId, by.AccountId, AuditAct.TeamChanged, new("dialogue", dialogue.Value), now, detail);
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
        var unit = ask.Unit ?? row.UnitId;
        if (
            ask.Unit is { } chosen
            && !await db.Set<UnitRow>().AnyAsync(one => one.Id == chosen && one.OrganisationId == member.OrganisationId, cancellationToken)
        )
            return new Answer.Refused(RefusalCode.NoSuchUnit);
        if (ask.Level == DialogueLevel.Unit && unit is null)
            return new Answer.Refused(RefusalCode.UnitMissing);
        if (row.Level == ask.Level && row.UnitId == unit)
            return new Answer.Accepted(0);
        Audit.Record(
            db,
            member.OrganisationId,
            member.AccountId,
            AuditAct.LevelChanged,
            new("dialogue", row.Id),
            time.GetUtcNow(),
            $"{row.Level} → {ask.Level}"
                + (
                    unit == row.UnitId
                        ? ""
                        : "; " + await db.Set<UnitRow>().Where(one => one.Id == unit).Select(one => one.Name).SingleAsync(cancellationToken)
                )
        );
        (row.Level, row.UnitId) = (ask.Level, unit);
        await db.SaveChangesAsync(cancellationToken);
        return new Answer.Accepted(0);
    }
}

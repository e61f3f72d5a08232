using Dialogue.Access;
using Dialogue.Organisations.People;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dialogue.FollowUp;

/// <summary>
/// The open agreements that somebody owns or verifies. They are handed on with the steps that people take for it, so that the journal says
/// so and the new one is asked: another owner must accept.
/// </summary>
internal sealed class ActionsHeld(DialogueDb db, IMediator mediator, IStringLocalizer<Words> words) : IHeldByPeople
{
    /// <summary>From here the work can still be given to somebody else. What is reported done waits for its verifier.</summary>
    private static readonly ActionState[] Owned =
    [
        ActionState.Offered,
        ActionState.Declined,
        ActionState.HandedOver,
        ActionState.Accepted,
        ActionState.Planned,
        ActionState.InProgress,
        ActionState.Blocked,
        ActionState.Rejected,
    ];

    private static readonly ActionState[] ToVerify = [.. Owned, ActionState.ReportedDone];

    public async Task<IReadOnlyList<HeldThing>> HeldBy(Guid organisation, Guid account, CancellationToken stop)
    {
        var email = ActionAccess.Lower(await db.Users.Where(one => one.Id == account).Select(one => one.Email).SingleOrDefaultAsync(stop));
        var rows = await db.Set<AgreedActionRow>()
            .AsNoTracking()
            .Where(row =>
                row.OrganisationId == organisation
                && ToVerify.Contains(row.State)
                && (
                    row.OwnerAccountId == account
                    || row.VerifierAccountId == account
                    || (row.OwnerAccountId == null && row.OwnerEmail == email)
                    || (row.VerifierAccountId == null && row.VerifierEmail == email)
                )
            )
            .OrderBy(row => row.DueDate)
            .ToListAsync(stop);
        return
        [
            .. rows.Where(row => Owned.Contains(row.State) && Is(row.OwnerAccountId, row.OwnerEmail))
                .Select(row => new HeldThing(HeldKind.OwnsAction, $"owner-{row.Id:N}", row.Text, $"/opvolging/{row.Id}")),
            .. rows.Where(row => Is(row.VerifierAccountId, row.VerifierEmail))
                .Select(row => new HeldThing(HeldKind.VerifiesAction, $"verifier-{row.Id:N}", row.Text, $"/opvolging/{row.Id}")),
        ];

        bool Is(Guid? its, string? address) => its is { } known ? known == account : address is not null && address == email;
    }

    public async Task<Result<bool>> HandOn(StaffMember by, HeldThing thing, StaffMember to, CancellationToken stop)
    {
        var id = Guid.Parse(thing.Key.Split('-')[1]);
        var state = await db.Set<AgreedActionRow>().Where(row => row.Id == id).Select(row => row.State).SingleAsync(stop);
        var person = new ActionPerson(to.Name, to.Email);
        ActionStep step =
            thing.Kind == HeldKind.VerifiesAction ? new ActionStep.AppointVerifier(person)
            : state is ActionState.Offered or ActionState.Declined or ActionState.HandedOver
                ? new ActionStep.Offer(person, words["LeavingReason"])
            : new ActionStep.HandOver(person, words["LeavingReason"]);
        // An administrator has no say in the work itself; handing on what somebody leaves is the work of a coordinator.
        var acting = new Acting.Signed(by with { Roles = by.Roles | StaffRole.Coordinator });
        var taken = await mediator.Send(new TakeStep(id, step, acting), stop);
        return taken.Refusal is { } refused ? refused : true;
    }
}

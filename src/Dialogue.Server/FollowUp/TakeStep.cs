using Dialogue.Access;
using Dialogue.Mailroom;
using Dialogue.Operations;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.FollowUp;

/// <summary>Who acts: a member of staff who signed in, or the holder of a personal link.</summary>
public abstract record Acting
{
    private Acting() { }

    public sealed record Signed(StaffMember Staff) : Acting;

    public sealed record Holder(string Token) : Acting;
}

/// <summary>The one path of every step with an agreed action, from whichever door it comes: form, link or API.</summary>
/// <param name="Action">Null for the holder of a link: the link knows the action.</param>
public sealed record TakeStep(Guid? Action, ActionStep Step, Acting By) : IRequest<Result<StepTaken>>
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(
                "/api/v1/actions/{id:guid}/steps",
                async (Guid id, HttpRequest request, ICurrentStaff current, IMediator mediator, CancellationToken stop) =>
                    await current.Get(stop) is { } staff
                        ? await Take(id, request, new Acting.Signed(staff), mediator, stop)
                        : Results.Unauthorized()
            )
            .RequireAuthorization(new StaffOnlyAttribute())
            .WithName("TakeStep")
            .WithTags("FollowUp")
            .Accepts<ActionStep>("application/json")
            .Produces<StepTaken>()
            .ProducesProblem(401)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422);

        app.MapPost(
                "/api/v1/action-links/{token}/steps",
                async (string token, HttpRequest request, IMediator mediator, CancellationToken stop) =>
                    await Take(null, request, new Acting.Holder(token), mediator, stop)
            )
            .OpenTo(Visitor.Link)
            .WithName("TakeStepByLink")
            .WithTags("FollowUp")
            .Accepts<ActionStep>("application/json")
            .Produces<StepTaken>()
            .ProducesProblem(409)
            .ProducesProblem(422);
    }

    private static async Task<IResult> Take(Guid? action, HttpRequest request, Acting by, IMediator mediator, CancellationToken stop)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        var step = await FollowUpJson.ReadStep(request, stop);
        if (step.Refusal is { } malformed)
            return Problems.Of(malformed);
        var taken = await mediator.Send(new TakeStep(action, step.Value!, by), stop);
        return taken.Refusal is { } refused ? Problems.Of(refused) : Results.Ok(taken.Value);
    }
}

/// <summary>The state after the step and the number of its last line in the journal.</summary>
public sealed record StepTaken(Guid Action, ActionState State, int Through);

internal sealed class TakeStepHandler(DialogueDb db, ActionChanges changes, LinkAllowances allowances, TimeProvider time)
    : IRequestHandler<TakeStep, Result<StepTaken>>
{
    private const int Attempts = 4;

    public async Task<Result<StepTaken>> Handle(TakeStep request, CancellationToken cancellationToken)
    {
        if (request.By is Acting.Holder holder && !allowances.Take(holder.Token))
            return RefusalCode.TooFast;
        request = request with { Step = request.Step.Cleaned() };
        if (HasWrongAddress(request.Step))
            return RefusalCode.AddressInvalid;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            db.ChangeTracker.Clear();
            var now = time.GetUtcNow();
            var found = await ActionOf.Find(db, request.Action, request.By, now, cancellationToken);
            if (found.Refusal is { } refusal)
                return refusal;
            var (row, actor) = found.Value!;

            if (
                request.Step is ActionStep.Supersede { Successor: var successor }
                && (
                    successor == row.Id
                    || !await db.Set<AgreedActionRow>()
                        .AnyAsync(other => other.Id == successor && other.OrganisationId == row.OrganisationId, cancellationToken)
                )
            )
                return RefusalCode.SuccessorMissing;

            var today = LocalMoment.DateOf(now, ActionChanges.ZoneOf(row));
            var decided = FollowUpRules.Decide(ActionChanges.Read(row), request.Step, actor, today);
            if (decided.Refusal is { } no)
                return no;
            await changes.Apply(db, row, request.Step, decided.Value!, now, cancellationToken);
            try
            {
                await db.SaveChangesAsync(CancellationToken.None);
                return new StepTaken(row.Id, row.State, row.Version);
            }
            catch (DbUpdateException)
            {
                // Somebody was first, or the database is busy: read and decide again. After the last attempt the answer is Busy.
            }
        }
        return RefusalCode.Busy;
    }

    private static bool HasWrongAddress(ActionStep step)
    {
        var person = step switch
        {
            ActionStep.Offer offer => offer.Owner,
            ActionStep.Plan plan => plan.Verifier,
            ActionStep.AppointVerifier appoint => appoint.Verifier,
            ActionStep.HandOver hand => hand.NewOwner,
            _ => null,
        };
        return person is not null
            && (person.Name.Length > 200 || (!string.IsNullOrWhiteSpace(person.Email) && !Post.IsAddress(person.Email, out _)));
    }
}

/// <summary>An action and who somebody is to it: the same for looking and for acting.</summary>
public sealed record ActionOf(AgreedActionRow Row, ActionActor Actor)
{
    /// <summary>An action that somebody may not see does not exist for them.</summary>
    public static async Task<Result<ActionOf>> Find(DialogueDb db, Guid? action, Acting by, DateTimeOffset now, CancellationToken stop)
    {
        if (by is Acting.Holder holder)
        {
            var link = await ActionLinks.Find(db, holder.Token, stop);
            if (link is null || (action is not null && action != link.ActionId))
                return RefusalCode.LinkUnknown;
            if (!ActionLinks.IsOpen(link, now))
                return RefusalCode.LinkEnded;
            var its = await db.Set<AgreedActionRow>().SingleAsync(row => row.Id == link.ActionId, stop);
            var address = link.Purpose == LinkPurpose.Owner ? its.OwnerEmail : its.VerifierEmail;
            // A link serves the person it was sent to, even when the role went to somebody else in a way that forgot the link.
            if (!string.Equals(address, link.Email, StringComparison.OrdinalIgnoreCase))
                return RefusalCode.LinkEnded;
            return new ActionOf(its, new(link.Name, link.Purpose == LinkPurpose.Owner ? ActionRoles.Owner : ActionRoles.Verifier));
        }

        var staff = ((Acting.Signed)by).Staff;
        var row = await db.Set<AgreedActionRow>().Visible(db, staff).SingleOrDefaultAsync(row => row.Id == action, stop);
        var roles = row is null ? ActionRoles.None : ActionAccess.RolesOf(row, staff);
        if (row is null || roles == ActionRoles.None)
            return RefusalCode.NoSuchAction;
        return new ActionOf(row, new(staff.Name, roles));
    }
}

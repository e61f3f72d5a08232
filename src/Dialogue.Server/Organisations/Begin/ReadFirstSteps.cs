using Dialogue.Access;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Begin;

/// <summary>A first step that another module knows of, such as the first question. Registered by that module.</summary>
public interface IFirstStep
{
    /// <summary>The words are at <c>Begin.{Key}</c> and <c>BeginHint.{Key}</c>.</summary>
    string Key { get; }

    string Page { get; }

    Task<bool> IsDone(Guid organisation, CancellationToken stop);
}

/// <summary>What a new organisation has done and has still to do. Nothing is remembered: each is read from what is there.</summary>
public sealed record ReadFirstSteps : IRequest<Result<FirstSteps>>;

/// <param name="Open">False once somebody said that the first steps are done.</param>
public sealed record FirstSteps(bool Open, IReadOnlyList<FirstSteps.Step> Steps)
{
    public sealed record Step(string Key, string? Page, bool Done);

    public bool AllDone => Steps.All(step => step.Done);
}

internal sealed class ReadFirstStepsHandler(DialogueDb db, ICurrentStaff current, IEnumerable<IFirstStep> others)
    : IRequestHandler<ReadFirstSteps, Result<FirstSteps>>
{
    public async Task<Result<FirstSteps>> Handle(ReadFirstSteps request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        var row = await db.Set<OrganisationRow>().AsNoTracking().SingleAsync(o => o.Id == staff.OrganisationId, cancellationToken);
        if (row.StartedAt is not null)
            return new FirstSteps(Open: false, []);
        var colleagues = await db.Users.AnyAsync(
            account => account.OrganisationId == staff.OrganisationId && account.Id != staff.AccountId,
            cancellationToken
        );
        var steps = new List<FirstSteps.Step>
        {
            new("Organisation", "/beheer/organisatie", row.Version > 0),
            new("Colleagues", "/beheer/mensen", colleagues),
            new("Mail", null, row.MailTestedAt is not null),
        };
        foreach (var other in others)
            steps.Add(new(other.Key, other.Page, await other.IsDone(staff.OrganisationId, cancellationToken)));
        return new FirstSteps(Open: true, steps);
    }
}

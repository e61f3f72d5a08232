using Dialogue.Access;
using Dialogue.Storage;

namespace Dialogue.Organisations.People;

/// <summary>What somebody can hold that must not be left behind.</summary>
public enum HeldKind
{
    OwnsAction,
    VerifiesAction,
    GuidesDialogue,
    HoldsFunction,
}

/// <param name="Key">Names it for <see cref="IHeldByPeople.HandOn"/>: unique among all that one person holds.</param>
/// <param name="Title">In words that people know it by.</param>
/// <param name="Page">Where it can be read; null when it has no page.</param>
public sealed record HeldThing(HeldKind Kind, string Key, string Title, string? Page = null);

/// <summary>
/// A module in which people hold something registers one of these. Before an account ends, everything it holds is listed and handed on to
/// somebody else, so that nothing is left without anybody.
/// </summary>
public interface IHeldByPeople
{
    Task<IReadOnlyList<HeldThing>> HeldBy(Guid organisation, Guid account, CancellationToken stop);

    /// <summary>Hands one thing to somebody else, in a transaction of its own.</summary>
    /// <param name="by">The administrator who does it.</param>
    /// <param name="thing">One that <see cref="HeldBy"/> gave.</param>
    Task<Result<bool>> HandOn(StaffMember by, HeldThing thing, StaffMember to, CancellationToken stop);
}

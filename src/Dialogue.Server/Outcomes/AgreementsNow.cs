using Dialogue.Access;
using Dialogue.Cases;

namespace Dialogue.Outcomes;

/// <summary>
/// Another module that knows how the agreements of an outcome stand today. The outcome itself says what was agreed and never changes.
/// </summary>
public interface ITellsOfAgreements
{
    /// <summary>By the number of the agreement: those that this reader may see.</summary>
    Task<IReadOnlyDictionary<int, AgreementNow>> Tell(Guid dialogue, StaffMember reader, CancellationToken stop);
}

/// <param name="Address">The page of the agreement.</param>
/// <param name="State">Its state in the language of the reader.</param>
public sealed record AgreementNow(string Address, string State, CaseStanding Standing);

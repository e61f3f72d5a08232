using Dialogue.Storage;

namespace Dialogue.Organisations.People;

/// <summary>Somebody whose data must go, within one organisation.</summary>
/// <param name="Account">Null for somebody without an account.</param>
/// <param name="Addresses">In small letters.</param>
/// <param name="Names">By which this person is known, exactly as written.</param>
public sealed record ErasedPerson(Guid Organisation, Guid? Account, IReadOnlyList<string> Addresses, IReadOnlyList<string> Names)
{
    /// <summary>Where a line needs somebody, this stands instead of the name.</summary>
    public const string Nobody = "–";
}

/// <summary>
/// A module that keeps names or addresses of people registers one of these. Erasing somebody goes through all of them; doing it twice is
/// the same as once.
/// </summary>
public interface IErasesPeople
{
    /// <summary>What has a transaction of its own, such as the log of a dialogue; comes first.</summary>
    /// <returns>Why it could not be done now; null when it is done.</returns>
    Task<Answer.Refused?> EraseFirst(ErasedPerson person, CancellationToken stop) => Task.FromResult<Answer.Refused?>(null);

    /// <summary>What is done in one transaction with all other modules.</summary>
    Task Erase(DialogueDb db, ErasedPerson person, CancellationToken stop);

    /// <summary>All of it is committed.</summary>
    void Erased() { }
}

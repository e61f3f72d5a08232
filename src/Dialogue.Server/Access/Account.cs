using Microsoft.AspNetCore.Identity;

namespace Dialogue.Access;

/// <summary>Somebody who works for an organisation and signs in. Guests of a dialogue have no account.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public Guid OrganisationId { get; set; }
    public string Name { get; set; } = "";
    public StaffRole Roles { get; set; }

    /// <summary>The part of the organisation where this person works; null for the organisation as a whole.</summary>
    public Guid? UnitId { get; set; }

    /// <summary>Since when this person may not sign in any more; null while the account works.</summary>
    public DateTimeOffset? DeactivatedAt { get; set; }

    /// <summary>Language of mails and of pages where the browser says nothing; null is the language of the organisation.</summary>
    public string? Language { get; set; }

    /// <summary>When the password was last chosen; null for an account that was invited and has not chosen one.</summary>
    public DateTimeOffset? PasswordChosenAt { get; set; }
}

/// <summary>What a member of staff may do in the organisation, apart from any dialogue.</summary>
[Flags]
public enum StaffRole
{
    /// <summary>May register a question and own agreed actions, as all staff may.</summary>
    Staff = 0,
    Facilitator = 1,
    Manager = 2,
    Coordinator = 4,
    Administrator = 8,

    /// <summary>Keeps the records: reads the audit trail and what the archive needs.</summary>
    RecordsOfficer = 16,
}

/// <summary>The signed-in member of staff behind this request, or null.</summary>
public sealed record StaffMember(Guid AccountId, Guid OrganisationId, string Name, string Email, StaffRole Roles)
{
    /// <summary>The session on this device, as the list of sessions calls it; empty where there is none, as in a test.</summary>
    public Guid Session { get; init; }

    /// <summary>
    /// The organisation asks for two steps and this session showed one: nothing is open but the page where the second one is set up.
    /// </summary>
    public bool MustAddSecondFactor { get; init; }

    public bool Is(StaffRole role) => (Roles & role) == role;
}

/// <summary>Who is behind this request: read from the database at each request, never from what a cookie claims about rights.</summary>
public interface ICurrentStaff
{
    Task<StaffMember?> Get(CancellationToken stop = default);
}

/// <summary>Whether an organisation asks for a second factor of all who sign in. The module that keeps policies answers.</summary>
public interface ISecondFactorPolicy
{
    Task<bool> Required(Guid organisation, CancellationToken stop);
}

using Dialogue.Access;

namespace Dialogue.Organisations.People;

/// <summary>What was typed about a person.</summary>
public sealed class PersonForm
{
    public string? Name { get; set; }
    public string? Email { get; set; }
    public string[]? Roles { get; set; }

    /// <summary>The id of the unit; empty for the organisation as a whole.</summary>
    public string? Unit { get; set; }

    /// <summary>A word that is no role becomes a value that the use case refuses.</summary>
    public IReadOnlyList<StaffRole> ReadRoles() =>
        [.. (Roles ?? []).Select(role => Enum.TryParse<StaffRole>(role, out var known) ? known : (StaffRole)(-1))];

    public Guid? ReadUnit() => Guid.TryParse(Unit, out var unit) ? unit : null;
}

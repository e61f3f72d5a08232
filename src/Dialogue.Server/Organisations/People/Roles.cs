using Dialogue.Access;

namespace Dialogue.Organisations.People;

/// <summary>Roles as screens and programs give them: a list without the one that everybody has.</summary>
public static class Roles
{
    /// <summary>In the order in which a screen shows them.</summary>
    public static IReadOnlyList<StaffRole> All { get; } =
    [StaffRole.Facilitator, StaffRole.Manager, StaffRole.Coordinator, StaffRole.RecordsOfficer, StaffRole.Administrator];

    public static IReadOnlyList<StaffRole> Of(StaffRole roles) => [.. All.Where(role => (roles & role) != 0)];

    /// <summary>Null when one of them is not a role.</summary>
    public static StaffRole? Together(IEnumerable<StaffRole>? roles)
    {
        var together = StaffRole.Staff;
        foreach (var role in roles ?? [])
        {
            if (role != StaffRole.Staff && !All.Contains(role))
                return null;
            together |= role;
        }

        return together;
    }
}

using Microsoft.AspNetCore.Authorization;

namespace Dialogue.Access;

/// <summary>
/// On a page (<c>@attribute [StaffOnly(StaffRole.Facilitator)]</c>) or an endpoint (<c>.RequireAuthorization(new
/// StaffOnlyAttribute())</c>): only for members of staff with this role, or with one of these when several are joined. Without a role: for
/// everybody who is signed in.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class StaffOnlyAttribute(StaffRole role = StaffRole.Staff) : AuthorizeAttribute, IAuthorizationRequirementData
{
    public StaffRole Role { get; } = role;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new HasRole(Role)];

    private sealed record HasRole(StaffRole Role) : IAuthorizationRequirement, IAuthorizationHandler
    {
        public Task HandleAsync(AuthorizationHandlerContext context)
        {
            if (
                context.Resource is HttpContext http
                && CurrentStaff.Remembered(http) is { } staff
                && (Role == StaffRole.Staff || (staff.Roles & Role) != 0)
            )
            {
                context.Succeed(this);
            }

            return Task.CompletedTask;
        }
    }
}

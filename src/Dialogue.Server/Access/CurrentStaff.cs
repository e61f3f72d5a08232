using System.Security.Claims;

namespace Dialogue.Access;

/// <summary>
/// Reads the session and the account once per request, when the cookie is checked. A hub call has no request of its own:
/// it asks <see cref="Of"/> with the user of its connection, and so notices that somebody signed out meanwhile.
/// </summary>
public sealed class CurrentStaff(IHttpContextAccessor http, StaffSessions sessions) : ICurrentStaff
{
    private static readonly object Key = new();

    public Task<StaffMember?> Get(CancellationToken stop = default)
    {
        if (http.HttpContext is not { } context)
        {
            return Task.FromResult<StaffMember?>(null);
        }

        return context.Items.TryGetValue(Key, out var known) ? Task.FromResult((StaffMember?)known) : Of(context.User, stop);
    }

    public Task<StaffMember?> Of(ClaimsPrincipal user, CancellationToken stop = default) => sessions.Find(user, stop);

    internal static void Remember(HttpContext context, StaffMember? staff) => context.Items[Key] = staff;

    internal static StaffMember? Remembered(HttpContext context) =>
        context.Items.TryGetValue(Key, out var known) ? (StaffMember?)known : null;
}

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

        return context.Items.ContainsKey(Key) ? Task.FromResult(Remembered(context)) : Of(context.User, stop);
    }

    public async Task<StaffMember?> Of(ClaimsPrincipal user, CancellationToken stop = default) =>
        await sessions.Find(user, stop) is { MustAddSecondFactor: false } staff ? staff : null;

    internal static void Remember(HttpContext context, StaffMember? staff) => context.Items[Key] = staff;

    /// <summary>Who may act here; nobody while a second factor must be set up first, save on the page for that.</summary>
    internal static StaffMember? Remembered(HttpContext context) =>
        Session(context) is { } staff
        && (!staff.MustAddSecondFactor || context.GetEndpoint()?.Metadata.GetMetadata<BeforeSecondFactorAttribute>() is not null)
            ? staff
            : null;

    /// <summary>Whose session this is, whatever it may do.</summary>
    internal static StaffMember? Session(HttpContext context) => context.Items.TryGetValue(Key, out var known) ? (StaffMember?)known : null;
}

/// <summary>On a page that is open while somebody still has to set up the second factor that their organisation asks for.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class BeforeSecondFactorAttribute : Attribute;

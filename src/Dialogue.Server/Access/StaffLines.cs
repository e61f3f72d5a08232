using System.Data.Common;
using Microsoft.AspNetCore.SignalR;

namespace Dialogue.Access;

/// <summary>
/// Ties an open line (a connection of the live room) to the session of the member of staff behind it, both ways: the line ends when the
/// session does, and a line that is alive counts as being there. Guests have no session and pass through here untouched.
/// </summary>
public sealed class StaffLines(IServiceScopeFactory scopes, SessionEnds ends, TimeProvider time)
{
    /// <summary>How often a line asks whether its session is still there; that also refreshes it, at most once a minute.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    /// <summary>A heartbeat does not wait longer for this: who is shown the room is served first.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly object Key = new();

    /// <summary>Call when a connection opens, after it was admitted. From here on it ends with its session.</summary>
    public async Task Opened(HubCallerContext caller)
    {
        if (await Find(caller) is not { } staff)
            return;
        caller.Items[Key] = new Line(staff.Roles, ends.Watching(staff.Session, staff.AccountId, caller.Abort))
        {
            LookedAt = time.GetUtcNow(),
        };
        // The session may have ended between the look and the watch.
        if (await Find(caller) is null)
            End(caller);
    }

    /// <summary>Call at each heartbeat.</summary>
    /// <returns>False when the session behind the line has ended, or its rights changed: the line is being closed.</returns>
    public async Task<bool> Heard(HubCallerContext caller)
    {
        var now = time.GetUtcNow();
        if (!caller.Items.TryGetValue(Key, out var known) || known is not Line line || now - line.LookedAt < LookEvery)
            return true;
        line.LookedAt = now;
        try
        {
            if (await Find(caller).WaitAsync(Patience, TimeProvider.System) is { } staff && staff.Roles == line.Roles)
                return true;
        }
        catch (Exception problem) when (problem is DbException or TimeoutException or InvalidOperationException)
        {
            return true; // the database is busy or away: the next heartbeat asks again
        }

        End(caller);
        return false;
    }

    /// <summary>Call when a connection has ended.</summary>
    public void Closed(HubCallerContext caller)
    {
        if (caller.Items.TryGetValue(Key, out var known) && known is Line line)
            line.Watch.Dispose();
    }

    private void End(HubCallerContext caller)
    {
        Closed(caller);
        caller.Abort();
    }

    private async Task<StaffMember?> Find(HubCallerContext caller)
    {
        if (caller.User is not { Identity.IsAuthenticated: true } user)
            return null;
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CurrentStaff>().Of(user, CancellationToken.None);
    }

    private sealed class Line(StaffRole roles, IDisposable watch)
    {
        public StaffRole Roles => roles;
        public IDisposable Watch => watch;
        public DateTimeOffset LookedAt { get; set; }
    }
}

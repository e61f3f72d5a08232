using System.Collections.Concurrent;

namespace Dialogue.Access;

/// <summary>
/// Open lines (connections of the live room) of members of staff on this node, by session and account, so that a line ends as soon as the
/// session behind it does. On other nodes the heartbeat of a line finds out.
/// </summary>
public sealed class SessionEnds
{
    private readonly ConcurrentDictionary<object, Watch> watches = new();

    /// <summary>How many lines are watched, for tests and figures.</summary>
    public int Watched => watches.Count;

    /// <summary>
    /// Calls <paramref name="end"/> once when the session or the account may no longer look. Dispose when the line has ended.
    /// </summary>
    /// <param name="session">As in <see cref="StaffMember.Session"/>.</param>
    public IDisposable Watching(Guid session, Guid account, Action end)
    {
        var watch = new Watch(this, session, account, end);
        watches[watch] = watch;
        return watch;
    }

    /// <summary>This one session ended: signed out on that device.</summary>
    public void Ended(Guid session) => End(watch => watch.Session == session);

    /// <summary>Every line of this account ends: signed out everywhere, deactivated, or with other rights than when it opened.</summary>
    public void EndedAll(Guid account, Guid? except = null) => End(watch => watch.Account == account && watch.Session != except);

    private void End(Func<Watch, bool> which)
    {
        foreach (var watch in watches.Values.Where(which))
        {
            watch.Dispose();
            watch.End();
        }
    }

    private sealed class Watch(SessionEnds ends, Guid session, Guid account, Action end) : IDisposable
    {
        public Guid Session => session;
        public Guid Account => account;
        public Action End => end;

        public void Dispose() => ends.watches.TryRemove(this, out _);
    }
}

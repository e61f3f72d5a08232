using System.Collections.Concurrent;

namespace Dialogue.Access;

/// <summary>
/// Who types something wrong again and again waits longer each time. What is counted is one network address at one account (or one
/// code), so that a stranger can make nobody wait but himself: somebody who signs in from elsewhere notices nothing. An address without
/// an account is counted alike and tells nothing. Kept in memory of this node; a restart forgets it.
/// </summary>
public sealed class SignInDelays(TimeProvider time)
{
    /// <summary>Wrong tries that cost nothing: everybody mistypes.</summary>
    public const int Free = 5;

    public static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>After so long without a wrong try the count starts again.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);
    private const int Most = 50_000;

    private readonly ConcurrentDictionary<(string Source, string What), Tries> tries = new();

    /// <summary>How long this source must still wait before it may try again; zero when it may.</summary>
    public TimeSpan Left(string source, string what) =>
        tries.TryGetValue((source, what), out var known) && known.Until - time.GetUtcNow() is { } left && left > TimeSpan.Zero
            ? left
            : TimeSpan.Zero;

    /// <summary>Counts a wrong try.</summary>
    /// <returns>How long the next one waits; zero while tries are free.</returns>
    public TimeSpan Wrong(string source, string what)
    {
        var now = time.GetUtcNow();
        var kept = tries.Count;
        if (kept > Most)
            foreach (var old in tries.Where(one => now - one.Value.Last > Forgotten || kept > 2 * Most).ToArray())
                tries.TryRemove(old);
        var counted = tries.AddOrUpdate(
            (source, what),
            _ => new Tries(1, now, now),
            (_, before) =>
            {
                var count = now - before.Last > Forgotten ? 1 : before.Count + 1;
                return new Tries(count, now, now + Wait(count));
            }
        );
        return counted.Until - now;
    }

    /// <summary>The right one was typed: the count starts again.</summary>
    public void Right(string source, string what) => tries.TryRemove((source, what), out _);

    private static TimeSpan Wait(int wrong) =>
        wrong < Free ? TimeSpan.Zero
        : First * Math.Pow(2, Math.Min(wrong - Free, 10)) is var wait && wait < Longest ? wait
        : Longest;

    private sealed record Tries(int Count, DateTimeOffset Last, DateTimeOffset Until);
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Dialogue.Access;

/// <summary>
/// Wrong join codes, of all dialogues together. Right codes cost nothing, so two hundred people behind one address can join at
/// once; and whoever has a seat or is signed in is never asked for the mistakes of others. The slice that looks a code up asks
/// <see cref="MayTry"/> first and tells <see cref="Count"/> when the code was wrong.
/// </summary>
public sealed class WrongCodes(TimeProvider time)
{
    public const int PerAddress = 300;
    public const int Everywhere = 3_000;

    /// <summary>When many addresses together try too much, an address with fewer mistakes than this is still listened to.</summary>
    public const int FewMistakes = 3;
    private const string All = "*";
    private readonly MinuteCounts counts = new(time);

    public bool MayTry(string address) =>
        counts.Of(address) is var mistakes && mistakes < PerAddress && (mistakes < FewMistakes || counts.Of(All) < Everywhere);

    public void Count(string address)
    {
        counts.Add(address);
        counts.Add(All);
    }
}

/// <summary>Attempts to sign in, right or wrong, per address. An account itself waits through its lock-out.</summary>
public sealed class SignInAttempts(TimeProvider time)
{
    public const int PerAddress = 60;
    private readonly MinuteCounts counts = new(time);

    /// <returns>Whether this attempt is within the limit.</returns>
    public bool Take(string address) => counts.Add(address) <= PerAddress;
}

/// <summary>Requests for another password, per network address: each may send a mail to somebody.</summary>
public sealed class RecoveryRequests(TimeProvider time)
{
    public const int PerAddress = 20;
    private readonly MinuteCounts counts = new(time);

    /// <returns>Whether this request is within the limit.</returns>
    public bool Take(string address) => counts.Add(address) <= PerAddress;
}

/// <summary>
/// Counts per key in the current minute of the clock; the next minute starts with an empty table, so memory stays bounded.
/// </summary>
internal sealed class MinuteCounts(TimeProvider time)
{
    private Window window = new(long.MinValue);

    public int Of(string key) => Current().Counts.GetValueOrDefault(key);

    public int Add(string key) => Current().Counts.AddOrUpdate(key, 1, (_, count) => count + 1);

    private Window Current()
    {
        var minute = time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;
        var seen = Volatile.Read(ref window);
        if (seen.Minute == minute)
        {
            return seen;
        }

        var fresh = new Window(minute);
        return Interlocked.CompareExchange(ref window, fresh, seen) is var winner && winner == seen ? fresh : winner;
    }

    private sealed class Window(long minute)
    {
        public long Minute { get; } = minute;
        public ConcurrentDictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);
    }
}

public static class CallerAddresses
{
    /// <summary>The address limits are counted by: an IPv4 address, or the /64 network that one subscriber has of IPv6.</summary>
    public static string CallerAddress(this HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Dialogue.Operations;

/// <summary>
/// How many connections this process can hold. The system gives it a number of file descriptors (<c>ulimit -n</c>), and a process that
/// wants one more ends. So connections stay below that: beyond <see cref="Full"/> a new one is answered with 503 and closed, beyond
/// <see cref="Most"/> it is closed at once. What the program itself holds (assemblies, database, log) is measured while connections come,
/// for it grows when a page is asked for the first time.
/// </summary>
public sealed class OpenConnections(int? descriptors, Func<int> inUse)
{
    /// <summary>Kept free for the database, templates, assets and assemblies that are loaded later.</summary>
    public const int Reserve = 64;
    private const int Fewest = 16;

    /// <summary>Nearer to the limit than this, what is in use is counted at every fourth connection.</summary>
    private const int Near = 1024;
    private readonly Lock counting = new();
    private int open;
    private int own;

    /// <summary>Beyond this number of connections a new one is closed without an answer. Null: no limit is known.</summary>
    public int? Most => descriptors is { } limit ? Math.Max(Fewest, limit - Volatile.Read(ref own) - Reserve) : null;

    /// <summary>Beyond this number a new connection is told that the server is full.</summary>
    public int? Full => Most is { } most ? most - Math.Max(2, most / 10) : null;

    public int Now => Volatile.Read(ref open);

    public static OpenConnections OfThisProcess() => new(DescriptorLimit(), DescriptorsInUse);

    /// <summary>A connection came. To be followed by <see cref="Left"/>, whatever the answer.</summary>
    /// <returns>How many there are now.</returns>
    public int Came()
    {
        var now = Interlocked.Increment(ref open);
        if (descriptors - Volatile.Read(ref own) - now < Near && now % 4 == 1)
            Measure();
        return now;
    }

    public void Left() => Interlocked.Decrement(ref open);

    private void Measure()
    {
        if (!counting.TryEnter())
            return;
        try
        {
            Volatile.Write(ref own, Math.Max(own, inUse() - Volatile.Read(ref open)));
        }
        catch (IOException)
        {
            // None left even to look: then nothing more comes in until something has gone.
            Volatile.Write(ref own, descriptors!.Value);
        }
        finally
        {
            counting.Exit();
        }
    }

    /// <summary>Counts each connection of Kestrel, and marks those that came when there were enough.</summary>
    internal void Watch(ListenOptions endpoint) =>
        endpoint.Use(next =>
            async connection =>
            {
                var now = Came();
                try
                {
                    if (now > Most)
                    {
                        connection.Abort();
                        return;
                    }
                    if (now > Full)
                        connection.Features.Set(new TooMany());
                    await next(connection);
                }
                finally
                {
                    Left();
                }
            }
        );

    /// <summary>The answer to whoever came when the server was full; first in the line, so that it costs next to nothing.</summary>
    internal static Task Answer(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<TooMany>() is null)
            return next(http);
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = "10";
        http.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    }

    private static int? DescriptorLimit()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            var line = File.ReadLines("/proc/self/limits")
                .FirstOrDefault(one => one.StartsWith("Max open files", StringComparison.Ordinal));
            var soft = line?["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
            return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static int DescriptorsInUse() => OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries("/proc/self/fd").Length : 0;

    private sealed class TooMany;
}

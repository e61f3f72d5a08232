using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Dialogue.Operations;

/// <summary>
/// How many connections this process can hold. The system gives it a number of file descriptors (<c>ulimit -n</c>), and a process that
/// wants one more ends. So connections stay below that: beyond <see cref="Full"/> a new one is answered with 503 and closed, beyond
/// <see cref="Most"/> it is closed at once. Database, files and the connections that are there go on.
/// </summary>
public sealed class OpenConnections
{
    /// <summary>For the database, log files, templates and assets, beside what is open when the program starts.</summary>
    public const int Reserve = 96;
    private const int Fewest = 16;
    private int open;

    /// <param name="descriptors">What <c>ulimit -n</c> gives; null when it is not known or without limit.</param>
    /// <param name="inUse">Descriptors that are open before the first connection.</param>
    public OpenConnections(int? descriptors, int inUse)
    {
        Most = descriptors is { } limit ? Math.Max(Fewest, limit - inUse - Reserve) : null;
        Full = Most is { } most ? most - Math.Max(2, most / 10) : null;
    }

    /// <summary>Beyond this number of connections a new one is closed without an answer. Null: no limit.</summary>
    public long? Most { get; }

    /// <summary>Beyond this number a new connection is told that the server is full.</summary>
    public long? Full { get; }

    public int Now => Volatile.Read(ref open);

    public static OpenConnections OfThisProcess() => new(DescriptorLimit(), DescriptorsInUse());

    /// <summary>Counts each connection of Kestrel, and marks those that came when there were enough.</summary>
    internal void Watch(ListenOptions endpoint) =>
        endpoint.Use(next =>
            async connection =>
            {
                if (Interlocked.Increment(ref open) > Full)
                    connection.Features.Set(new TooMany());
                try
                {
                    await next(connection);
                }
                finally
                {
                    Interlocked.Decrement(ref open);
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

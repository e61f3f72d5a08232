using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dialogue;

/// <summary>
/// A small proxy in front of a server, as networks have them: it may accept a web socket and swallow what goes through it, or change Host.
/// Ordinary requests pass, one connection for each.
/// </summary>
internal sealed class SwallowingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Uri server;
    private readonly bool swallow;
    private readonly string? host;
    private int sockets;

    /// <param name="swallow">Answers 101 to each web socket itself and reads on without a word.</param>
    /// <param name="host">What Host becomes; null: as it came.</param>
    public SwallowingProxy(Uri server, bool swallow = false, string? host = null)
    {
        (this.server, this.swallow, this.host) = (server, swallow, host);
        listener.Start();
        _ = Accept();
    }

    public Uri Address => new($"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>How many web sockets were accepted and swallowed.</summary>
    public int Sockets => Volatile.Read(ref sockets);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        end.Dispose();
    }

    private async Task Accept()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                _ = Serve(await listener.AcceptTcpClientAsync(end.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var both = client;
        try
        {
            var stream = client.GetStream();
            var head = await Head(stream);
            if (swallow && head.Contains("Upgrade: websocket", StringComparison.OrdinalIgnoreCase))
            {
                Interlocked.Increment(ref sockets);
                var key = head.Split("\r\n")
                    .First(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase))[18..]
                    .Trim();
                var accept = Convert.ToBase64String(
                    System.Security.Cryptography.SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
                );
                var answer =
                    $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
                    + $"Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), end.Token);
                var nothing = new byte[1024];
                while (await stream.ReadAsync(nothing, end.Token) > 0) { }
                return;
            }
            using var upstream = new TcpClient();
            await upstream.ConnectAsync(server.Host, server.Port, end.Token);
            var there = upstream.GetStream();
            await there.WriteAsync(Encoding.Latin1.GetBytes(Changed(head)), end.Token);
            await Task.WhenAny(stream.CopyToAsync(there, end.Token), there.CopyToAsync(stream, end.Token));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One side went.
        }
    }

    /// <summary>One request for each connection, so that no second head passes unseen.</summary>
    private string Changed(string head)
    {
        var upgrade = head.Contains("\r\nUpgrade:", StringComparison.OrdinalIgnoreCase);
        var lines = head.Split("\r\n").ToList();
        if (host is not null)
            lines = [.. lines.Select(line => line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase) ? "Host: " + host : line)];
        if (!upgrade)
        {
            lines.RemoveAll(line => line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase));
            lines.Insert(1, "Connection: close");
        }
        return string.Join("\r\n", lines);
    }

    private async Task<string> Head(NetworkStream stream)
    {
        var head = new List<byte>(1024);
        var one = new byte[1];
        while (await stream.ReadAsync(one, end.Token) == 1)
        {
            head.Add(one[0]);
            if (head.Count > 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r')
                break;
            if (head.Count > 64 * 1024)
                break;
        }
        return Encoding.Latin1.GetString([.. head]);
    }
}

using System.Buffers;
using Dialogue.Access;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;

namespace Dialogue.Operations;

/// <summary>
/// What the page <c>/verbinding</c> talks to: an echo over the same two ways that a room uses, the clock, and a message of the largest
/// size. Anybody may use it, so it keeps nothing, gives back only what was sent, ends after half a minute, and counts per address.
/// </summary>
public static class ConnectionCheck
{
    public const string Echo = "/hubs/check";
    public const int UploadBytes = Limits.HubMessageBytes;

    /// <summary>Requests per address in a minute: a class of thirty may test at once from one office, twice.</summary>
    public const int PerAddress = 900;
    private const string Cookie = "check";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapConnectionHandler<EchoHandler>(
                Echo,
                options =>
                {
                    options.Transports = HttpTransportType.WebSockets | HttpTransportType.LongPolling;
                    options.ApplicationMaxBufferSize = EchoHandler.Most;
                    options.TransportMaxBufferSize = EchoHandler.Most;
                    options.TransportSendTimeout = TimeSpan.FromSeconds(2);
                    options.LongPolling.PollTimeout = TimeSpan.FromSeconds(10);
                }
            )
            .OpenTo(Visitor.Anyone);

        app.MapGet(
                "/api/v1/connection",
                (HttpContext http, ConnectionCheckAllowance allowance, TimeProvider time) =>
                {
                    if (!allowance.Take(http.CallerAddress()))
                        return Problems.Of(new(RefusalCode.TooFast));
                    http.Response.Headers.CacheControl = "no-store";
                    var known = http.Request.Cookies.ContainsKey(Cookie);
                    http.Response.Cookies.Append(
                        Cookie,
                        "1",
                        new CookieOptions
                        {
                            HttpOnly = true,
                            SameSite = SameSiteMode.Lax,
                            Secure = http.Request.IsHttps,
                            MaxAge = TimeSpan.FromMinutes(1),
                            Path = "/api/v1/connection",
                        }
                    );
                    return Results.Ok(new { Now = time.GetUtcNow().ToUnixTimeMilliseconds(), Cookie = known });
                }
            )
            .OpenTo(Visitor.Anyone)
            .WithName("CheckConnection")
            .WithTags("Operations")
            .ProducesProblem(429);

        app.MapPost(
                "/api/v1/connection",
                async (HttpContext http, ConnectionCheckAllowance allowance) =>
                {
                    if (!allowance.Take(http.CallerAddress()))
                        return Problems.Of(new(RefusalCode.TooFast));
                    var read = 0L;
                    var piece = new byte[4096];
                    for (int got; (got = await http.Request.Body.ReadAsync(piece, http.RequestAborted)) > 0; )
                        read += got;
                    return Results.Ok(new { Bytes = read });
                }
            )
            .OpenTo(Visitor.Anyone)
            .DisableAntiforgery()
            .WithName("CheckUpload")
            .WithTags("Operations")
            .ProducesProblem(429);
    }
}

/// <summary>How often one address may test its connection.</summary>
public sealed class ConnectionCheckAllowance(TimeProvider time)
{
    private readonly MinuteCounts counts = new(time);

    public bool Take(string address) => counts.Add(address) <= ConnectionCheck.PerAddress;
}

/// <summary>Gives back what it is sent, up to one message of the largest size, and ends.</summary>
internal sealed class EchoHandler(ConnectionCheckAllowance allowance) : ConnectionHandler
{
    public const int Most = Limits.HubMessageBytes;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        if (connection.GetHttpContext() is { } http && !allowance.Take(http.CallerAddress()))
            return;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        end.CancelAfter(Longest);
        var echoed = 0L;
        try
        {
            while (echoed < Most)
            {
                var read = await connection.Transport.Input.ReadAsync(end.Token);
                foreach (var piece in read.Buffer)
                    await connection.Transport.Output.WriteAsync(piece, end.Token);
                echoed += read.Buffer.Length;
                connection.Transport.Input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // Half a minute is over, or the caller went.
        }
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dialogue;

/// <summary>A program with few file descriptors and many who hold a line open; and one that ends while everybody comes back at
/// once.</summary>
public sealed class LoadSheddingTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact, Trait("Finding", "K5")]
    public async Task With_520_descriptors_300_idle_lines_do_not_end_the_process()
    {
        await using var server = new ServerProcess { Descriptors = 520 };
        await server.Start(Stop);
        var idle = new List<TcpClient>();
        try
        {
            for (var number = 0; number < 400; number++)
            {
                var client = new TcpClient();
                idle.Add(client);
                try
                {
                    await client.ConnectAsync(server.Url.Host, server.Url.Port, Stop);
                }
                catch (SocketException)
                {
                    // Closed at once: that is what is meant to happen beyond the last one.
                }
            }
            await Task.Delay(TimeSpan.FromSeconds(3), Stop);
            server.Runs.ShouldBeTrue(string.Join('\n', server.Log.TakeLast(20)));
        }
        finally
        {
            foreach (var client in idle)
                client.Dispose();
        }
        using var http = new HttpClient();
        HttpStatusCode? status = null;
        for (var time = 0; time < 50 && status != HttpStatusCode.OK; time++)
        {
            await Task.Delay(200, Stop);
            try
            {
                status = (await http.GetAsync(new Uri(server.Url, "/health/ready"), Stop)).StatusCode;
            }
            catch (HttpRequestException)
            {
                // Not room again yet.
            }
        }
        status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact, Trait("Finding", "K5")]
    public async Task When_it_is_full_a_newcomer_is_told_to_come_back()
    {
        await using var server = new ServerProcess { Descriptors = 520 };
        await server.Start(Stop);
        var idle = new List<TcpClient>();
        var told = false;
        try
        {
            for (var number = 0; number < 400 && !told; number++)
            {
                var client = new TcpClient { ReceiveTimeout = 2000 };
                idle.Add(client);
                try
                {
                    await client.ConnectAsync(server.Url.Host, server.Url.Port, Stop);
                    await client
                        .GetStream()
                        .WriteAsync(
                            Encoding.ASCII.GetBytes($"GET /health/live HTTP/1.1\r\nHost: " + $"{server.Url.Authority}\r\n\r\n"),
                            Stop
                        );
                    var answer = new byte[512];
                    var read = await client.GetStream().ReadAsync(answer, Stop);
                    var said = Encoding.ASCII.GetString(answer, 0, read);
                    told =
                        said.StartsWith("HTTP/1.1 503", StringComparison.Ordinal) && said.Contains("Retry-After", StringComparison.Ordinal);
                }
                catch (Exception e) when (e is SocketException or IOException)
                {
                    break;
                }
            }
        }
        finally
        {
            foreach (var client in idle)
                client.Dispose();
        }
        told.ShouldBeTrue();
        server.Runs.ShouldBeTrue(string.Join('\n', server.Log.TakeLast(20)));
    }

    [Fact, Trait("Finding", "K10")]
    public async Task A_program_that_is_asked_to_end_ends_within_seconds_while_clients_come_back_at_once()
    {
        await using var server = new ServerProcess();
        await server.Start(Stop);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var eager = Enumerable
            .Range(0, 40)
            .Select(async _ =>
            {
                while (!end.IsCancellationRequested)
                {
                    try
                    {
                        using var made = await http.PostAsync(
                            new Uri(server.Url, "/hubs/check/negotiate?negotiateVersion=1"),
                            null,
                            end.Token
                        );
                        var token = (await made.Content.ReadAsStringAsync(end.Token)).Split("\"connectionToken\":\"")[1].Split('"')[0];
                        using var poll = await http.GetAsync(new Uri(server.Url, "/hubs/check?id=" + token), end.Token);
                        using var wait = await http.GetAsync(new Uri(server.Url, "/hubs/check?id=" + token), end.Token);
                    }
                    catch (Exception)
                    {
                        await Task.Delay(20, CancellationToken.None);
                    }
                }
            })
            .ToList();
        await Task.Delay(TimeSpan.FromSeconds(2), Stop);
        var begun = Stopwatch.GetTimestamp();
        await server.Terminate(Stop);
        var took = Stopwatch.GetElapsedTime(begun);
        await end.CancelAsync();
        await Task.WhenAll(eager);
        took.ShouldBeLessThan(TimeSpan.FromSeconds(12));
    }

    [Fact, Trait("Finding", "F")]
    public async Task Settings_that_cannot_work_stop_the_start_with_one_sentence()
    {
        await using var server = new ServerProcess { More = ["--PublicAddress", "https://dialoog.voorbeeld/pad"] };
        var failed = await Should.ThrowAsync<InvalidOperationException>(() => server.Start(Stop));
        failed.Message.ShouldContain("PublicAddress is 'https://dialoog.voorbeeld/pad'");
        failed.Message.ShouldNotContain("   at ");
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Dialogue;

/// <summary>
/// The server as a process of its own, with a folder and a port of its own; it can be killed and started again on the same ones.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly string? published;
    private readonly string folder = Directory.CreateTempSubdirectory("dialogue-system-").FullName;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private Process? process;

    /// <param name="published">The folder of a published program; without it, the one that was built for the tests.</param>
    public ServerProcess(string? published = null)
    {
        this.published = published;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    public Uri Url { get; }

    /// <summary>How many file descriptors the program may have; null: as many as the test has.</summary>
    public int? Descriptors { get; init; }

    /// <summary>More arguments for the program.</summary>
    public string[] More { get; init; } = [];

    public string Database => Path.Combine(folder, "dialogue.db");

    /// <summary>Everything that the program wrote, over all its lives.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    public bool Runs => process is { HasExited: false };

    /// <summary>Starts, and is ready when the server says so itself.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> Start(CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        // Next to the test lies a copy; the content root is the project, where the pages and templates are.
        var start = new ProcessStartInfo(Descriptors is null ? "dotnet" : "bash")
        {
            WorkingDirectory = published ?? ProjectFolder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Descriptors is { } most)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"ulimit -n {most}; exec dotnet \"$@\""));
            start.ArgumentList.Add("dotnet");
        }
        foreach (
            var argument in (string[])
                [
                    Path.Combine(published ?? AppContext.BaseDirectory, "Dialogue.Server.dll"),
                    "--urls",
                    Url.ToString(),
                    "--Storage:Path",
                    Database,
                    "--Mail:Folder",
                    Path.Combine(folder, "mail"),
                    "--Demo",
                    "true",
                    "--Demo:Cases",
                    "false",
                    "--Logging:LogLevel:Default",
                    "Warning",
                    .. More,
                ]
        )
            start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = published is null ? "Development" : "Production";
        start.Environment["DOTNET_TieredPGO"] = "0";
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Url, "/health/ready"), stop);
                if (answer.IsSuccessStatusCode)
                    return Stopwatch.GetElapsedTime(begun);
            }
            catch (Exception e) when (!stop.IsCancellationRequested && e is HttpRequestException or TaskCanceledException)
            { /* Not yet. */
            }
            if (process.HasExited)
                throw new InvalidOperationException($"the server did not start:\n{string.Join('\n', Log.TakeLast(30))}");
            if (Stopwatch.GetElapsedTime(begun) > TimeSpan.FromMinutes(3))
                throw new TimeoutException("the server was not ready within three minutes");
            await Task.Delay(50, stop);
        }
    }

    /// <summary>SIGKILL: no word of warning, nothing is flushed.</summary>
    public async Task Kill()
    {
        if (process is not { HasExited: false })
            return;
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        process = null;
    }

    /// <summary>SIGTERM, as a platform asks a program to end; returns when it has.</summary>
    public async Task Terminate(CancellationToken stop)
    {
        using var kill = Process.Start("kill", ["-TERM", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(stop);
    }

    /// <summary>A member of staff, signed in; for what the rehearsal's own door does not do.</summary>
    public async Task<HttpClient> SignIn(string email, string password, CancellationToken stop)
    {
        var staff = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = Url };
        staff.DefaultRequestHeaders.Add("Origin", Url.GetLeftPart(UriPartial.Authority));
        (await staff.PostAsJsonAsync("/api/v1/sign-in", new { email, password }, stop)).EnsureSuccessStatusCode();
        return staff;
    }

    public static async Task<JsonElement> Post(HttpClient door, string path, object body, CancellationToken stop)
    {
        using var answer = await door.PostAsJsonAsync(path, body, stop);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(stop)).Clone();
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A number from the environment, for longer runs than the ordinary one.</summary>
    public static int Setting(string name, int ordinary) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var given) && given > 0 ? given : ordinary;

    private void Keep(string? line)
    {
        if (line is not null && Log.Count < 20_000)
            Log.Enqueue(line);
    }

    public static string ProjectFolder { get; } = FromHere();

    private static string FromHere([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../src/Dialogue.Server"));
}

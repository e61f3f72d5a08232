using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Dialogue;

/// <summary>A server in a process of its own on the first core, with a folder and a port of its own.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dialogue-bench-").FullName;
    private Process? process;

    public Uri Url { get; private init; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>What the server has used of its core.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process!.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static async Task<BenchServer> Yardstick()
    {
        var server = new BenchServer();
        await server.Start("Dialogue.Benchmarks.dll", "yardstick", server.Url.ToString(), Path.Combine(server.folder, "yardstick.db"));
        return server;
    }

    /// <summary>The product as it is delivered, with the demo organisation's accounts and none of its cases.</summary>
    public static async Task<BenchServer> Product()
    {
        var server = new BenchServer();
        var templates = Directory.CreateDirectory(Path.Combine(server.folder, "templates")).FullName;
        File.Copy(
            Path.Combine(AppContext.BaseDirectory, "session-templates", "template.schema.json"),
            Path.Combine(templates, "template.schema.json")
        );
        await File.WriteAllTextAsync(Path.Combine(templates, Tables.Template + ".yaml"), Tables.TemplateText);
        await server.Start(
            "Dialogue.Server.dll",
            "--Templates:Folder",
            templates,
            "--urls",
            server.Url.ToString(),
            "--Storage:Path",
            Path.Combine(server.folder, "product.db"),
            "--Mail:Folder",
            Path.Combine(server.folder, "mail"),
            "--Demo",
            "true",
            "--Demo:Cases",
            "false",
            "--Logging:LogLevel:Default",
            "Warning",
            "--environment",
            "Development",
            "--contentRoot",
            AppContext.BaseDirectory
        );
        return server;
    }

    private async Task Start(string program, params string[] arguments)
    {
        var start = Cores.OnTheFirst(["dotnet", Path.Combine(AppContext.BaseDirectory, program), .. arguments]);
        start.RedirectStandardOutput = true;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        using var http = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            if (process.HasExited || tries > 600)
                throw new InvalidOperationException($"{program} did not start");
            try
            {
                await http.GetAsync(new Uri(Url, "/health/ready"));
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
            process.Kill(entireProcessTree: true);
        if (process is not null)
            await process.WaitForExitAsync();
        process?.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>The servers on one core and the people on the other, where the system can do that.</summary>
internal static class Cores
{
    private static readonly bool Two = OperatingSystem.IsLinux() && Environment.ProcessorCount > 1 && File.Exists("/usr/bin/taskset");

    public static ProcessStartInfo OnTheFirst(IEnumerable<string> command)
    {
        string[] all = Two ? ["/usr/bin/taskset", "-c", "0", .. command] : [.. command];
        return new ProcessStartInfo(all[0], all[1..]) { UseShellExecute = false };
    }

    public static void LoadOnTheSecond()
    {
        if (Two && OperatingSystem.IsLinux())
            Process.GetCurrentProcess().ProcessorAffinity = 2;
    }
}

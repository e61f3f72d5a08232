using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace Dialogue;

/// <summary>What people get from the program as it is delivered: published for release, in the Production environment.</summary>
[Collection("One server program at a time")]
public sealed partial class PublishedTests(ITestOutputHelper output)
{
    private const int Budget = 60_000;
    private const int BudgetOfAPage = 35_000;
    private string code = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_load_of_a_room_is_under_sixty_kilobytes_and_of_a_page_under_thirty_five_from_nowhere_else()
    {
        var folder = Directory.CreateTempSubdirectory("dialogue-published-");
        try
        {
            await Publish(folder.FullName);
            await using var server = new ServerProcess(folder.FullName);
            var ready = await server.Start(Stop);
            using var guest = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Url };
            guest.DefaultRequestHeaders.AcceptEncoding.Add(new("br"));
            guest.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Join(server));

            var sizes = await FirstLoad(guest, server, $"/ruimte/{code}");
            output.WriteLine($"ready {ready.TotalSeconds:0.0} s after the start");
            sizes.Keys.ShouldContain(path => path.EndsWith("room.js", StringComparison.Ordinal));
            sizes.Keys.ShouldContain(path => path.Contains("signalr", StringComparison.Ordinal));
            sizes.Keys.ShouldAllBe(path => !path.EndsWith(".wasm", StringComparison.Ordinal));
            sizes.Values.Sum().ShouldBeInRange(10_000, Budget);

            using var staff = await server.SignIn("noor.achterberg@dwb.voorbeeld", "samen-aan-tafel", Stop);
            staff.DefaultRequestHeaders.AcceptEncoding.Add(new("br"));
            foreach (var page in (string[])["/vandaag", "/vragen", "/opvolging"])
            {
                var parts = await FirstLoad(staff, server, page);
                parts.Keys.ShouldContain(path => path.Contains("icons", StringComparison.Ordinal));
                parts.Keys.ShouldAllBe(path => !path.EndsWith("room.css", StringComparison.Ordinal));
                parts.Values.Sum().ShouldBeInRange(10_000, BudgetOfAPage, page);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What a browser that comes for the first time fetches for a page, by address, with what it weighs.</summary>
    private async Task<Dictionary<string, int>> FirstLoad(HttpClient visitor, ServerProcess server, string page)
    {
        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        var waiting = new Queue<string>([page]);
        while (waiting.TryDequeue(out var path))
        {
            if (sizes.ContainsKey(path))
                continue;
            using var answer = await visitor.GetAsync(new Uri(server.Url, path), Stop);
            answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, path);
            var body = await answer.Content.ReadAsByteArrayAsync(Stop);
            sizes[path] = body.Length + HeadOf(answer);
            if (body.Length > 1_500)
                answer.Content.Headers.ContentEncoding.ShouldBe(["br"], path);
            foreach (var asked in Asked(path, Text(answer, body)))
            {
                asked.StartsWith('/').ShouldBeTrue($"{path} asks {asked}: of another origin");
                waiting.Enqueue(asked);
            }
        }

        foreach (var (path, size) in sizes.OrderByDescending(one => one.Value))
            output.WriteLine($"{size, 7:N0}  {path}");
        output.WriteLine($"{page}: {sizes.Values.Sum():N0} bytes in {sizes.Count} answers");
        return sizes;
    }

    private static async Task Publish(string folder)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = ServerProcess.ProjectFolder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (var argument in (string[])["publish", "-c", "Release", "-o", folder, "-v", "q", "--nologo", "-p:RunAnalyzers=false"])
            start.ArgumentList.Add(argument);
        using var publish = Process.Start(start)!;
        var said = await publish.StandardOutput.ReadToEndAsync(Stop);
        await publish.WaitForExitAsync(Stop);
        publish.ExitCode.ShouldBe(0, said);
    }

    /// <summary>A dialogue that runs, and a guest in it.</summary>
    private async Task<string> Join(ServerProcess server)
    {
        using var staff = await server.SignIn("noor.achterberg@dwb.voorbeeld", "samen-aan-tafel", Stop);
        var registered = await ServerProcess.Post(
            staff,
            "/api/v1/cases",
            new
            {
                title = "Wie krijgt de coach?",
                story = "Een model kiest.",
                domain = "aiOverheid",
                trigger = "project",
            },
            Stop
        );
        var prepared = await ServerProcess.Post(
            staff,
            "/api/v1/dialogues",
            new
            {
                caseId = registered.GetProperty("id").GetString(),
                template = "persoon-geen-groep",
                title = "Wie krijgt de coach?",
                language = "nl",
            },
            Stop
        );
        var opened = await ServerProcess.Post(
            staff,
            $"/api/v1/dialogues/{prepared.GetProperty("id").GetString()}/open",
            new { overrideReason = "proef" },
            Stop
        );
        code = opened.GetProperty("code").GetString()!;
        var joined = await ServerProcess.Post(
            staff,
            "/api/v1/join",
            new
            {
                code,
                name = "Yusuf",
                perspective = "burger",
                language = "nl",
            },
            Stop
        );
        return joined.GetProperty("token").GetString()!;
    }

    private static int HeadOf(HttpResponseMessage answer) => $"HTTP/1.1 200 OK\r\n{answer.Headers}{answer.Content.Headers}\r\n".Length;

    private static string Text(HttpResponseMessage answer, byte[] body)
    {
        if (!answer.Content.Headers.ContentEncoding.Contains("br"))
            return Encoding.UTF8.GetString(body);
        using var plain = new System.IO.Compression.BrotliStream(new MemoryStream(body), System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>
    /// What a browser asks for when it reads this: scripts, styles and pictures of a page, imports of a module, addresses in a style.
    /// </summary>
    private static IEnumerable<string> Asked(string path, string text)
    {
        var found =
            path.EndsWith(".js", StringComparison.Ordinal) ? Imports().Matches(text)
            : path.EndsWith(".css", StringComparison.Ordinal) ? Addresses().Matches(text)
            : Elements().Matches(text);
        var here = new Uri(new Uri("http://here"), path);
        return found
            .Select(match => match.Groups["address"].Value)
            .Where(address => !address.StartsWith("data:", StringComparison.Ordinal))
            .Select(address => new Uri(here, address))
            .Select(address => address.Host == "here" ? address.AbsolutePath : address.ToString());
    }

    [GeneratedRegex(
        """<(?:script\b[^>]*\bsrc|link\b[^>]*\brel="(?:stylesheet|icon|modulepreload|preload)"[^>]*\bhref|link\b[^>]*\bhref|use\b[^>]*\bhref|img\b[^>]*\bsrc)="(?<address>[^"]+)""",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Elements();

    [GeneratedRegex("""(?:\bfrom|\bimport)\s*\(?\s*["'](?<address>\.{0,2}/[^"']+)["']""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Imports();

    [GeneratedRegex("""url\(["']?(?<address>[^"')]+)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Addresses();
}

using System.Diagnostics;
using Dialogue;
using Dialogue.Templates;

[assembly: AssemblyFixture(typeof(Browsers))]

namespace Dialogue;

/// <summary>One program and one Chromium for all tests; each person in a test has a browser context of their own.</summary>
public sealed class Browsers : IAsyncLifetime
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/usr/bin/google-chrome-stable",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A file in the folder of templates that nobody may choose.</summary>
    public const string WrongTemplate = "onbekende-activiteit";

    private readonly string templates = Directory.CreateTempSubdirectory("dialogue-templates-").FullName;

    public Browsers()
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "session-templates");
        foreach (var file in Directory.GetFiles(shipped))
            File.Copy(file, Path.Combine(templates, Path.GetFileName(file)));
        var lines = File.ReadAllText(Path.Combine(shipped, "kort-gesprek.yaml"))
            .Replace("key: kort-gesprek", "key: " + WrongTemplate, StringComparison.Ordinal)
            .ReplaceLineEndings("\n")
            .Split('\n');
        var wrong = Array.FindIndex(lines, line => line.Contains("activity: present", StringComparison.Ordinal));
        lines[wrong] = lines[wrong].Replace("present", "vergaderen", StringComparison.Ordinal);
        WrongLine = wrong + 1;
        File.WriteAllLines(Path.Combine(templates, WrongTemplate + ".yaml"), lines);
        Server = RunningServer.WithOwnLinks((TemplateFolder.Setting, templates));
    }

    public RunningServer Server { get; }

    public int WrongLine { get; }

    /// <summary>As links on pages give it, so that cookies fit.</summary>
    public Uri Address => new($"http://localhost:{Server.Address.Port}");

    public IBrowser Browser => browser!;

    public async ValueTask InitializeAsync()
    {
        var chromium = await Chromium();
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_VALIDATE_HOST_REQUIREMENTS", "1");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = chromium,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
            }
        );
        SetDefaultExpectTimeout(15_000);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.CloseAsync();
        playwright?.Dispose();
        await Server.DisposeAsync();
        Directory.Delete(templates, recursive: true);
    }

    private static async Task<string> Chromium()
    {
        if (Places.FirstOrDefault(File.Exists) is { } there)
            return there;
        if (OperatingSystem.IsLinux() && string.Equals(Environment.UserName, "root", StringComparison.Ordinal))
        {
            using var install = Process.Start("apt-get", ["install", "-y", "-q", "chromium"]);
            await install.WaitForExitAsync();
        }

        return Places.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("The browser tests need Chromium: apt-get install chromium.");
    }
}

using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Dialogue;

/// <summary>Somebody with a browser of their own. Whatever the browser complains of is remembered, and is wrong.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] },
        ResultTypes = [ResultType.Violations],
    };

    private static readonly string? Shots = Environment.GetEnvironmentVariable("DIALOGUE_SCREENSHOTS");

    private readonly ConcurrentQueue<string> troubles = new();
    private readonly Uri home;
    private readonly string name;
    private volatile bool cut;

    private Visitor(string name, Uri home, IBrowserContext context, IPage page) => (this.name, this.home, Context, Page) = (name, home, context, page);

    public IBrowserContext Context { get; }
    public IPage Page { get; }

    /// <summary>Only what is expected, such as the line that Chromium writes about a page with status 404.</summary>
    public Func<string, bool> MaySay { get; set; } = _ => false;

    public static async Task<Visitor> Arrives(Browsers browsers, string name, int width = 1366, int height = 768, string locale = "nl-NL", bool script = true)
    {
        var context = await browsers.Browser.NewContextAsync(new()
        {
            BaseURL = browsers.Address.ToString(), Locale = locale, ViewportSize = new() { Width = width, Height = height }, JavaScriptEnabled = script,
        });
        context.SetDefaultTimeout(15_000);
        await context.AddInitScriptAsync("document.addEventListener('securitypolicyviolation', e => console.error('CSP', e.violatedDirective, e.blockedURI, e.sourceFile))");
        var page = await context.NewPageAsync();
        var visitor = new Visitor(name, browsers.Address, context, page);
        page.Console += (_, message) => { if (string.Equals(message.Type, "error", StringComparison.Ordinal)) visitor.Note(message.Text); };
        page.PageError += (_, error) => visitor.Note(error);
        context.Request += (_, request) => visitor.Asked(request.Url);
        return visitor;
    }

    public ILocator this[string selector] => Page.Locator(selector);

    public async Task Go(string path) => await Page.GotoAsync(path);

    public async Task Fill(string selector, string text) => await this[selector].FillAsync(text);

    public async Task Press(string button) => await Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = false }).First.ClickAsync();

    public Task Sees(string text) => Expect(this["body"]).ToContainTextAsync(text);

    /// <summary>No violation, and no wider than the window.</summary>
    public async Task IsAccessible(string where)
    {
#pragma warning disable CS0618 // Without frames there is nothing to merge, and this takes half the time.
        var found = await this["html"].RunAxeLegacy(Rules);
#pragma warning restore CS0618
        found.Violations.Select(one => $"{one.Id}: {string.Join(" | ", one.Nodes.Select(node => node.Html))}").ShouldBeEmpty($"{name}, {where}");
        await IsNoWiderThanItsWindow(where);
    }

    public async Task IsNoWiderThanItsWindow(string where) =>
        (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBeLessThanOrEqualTo(0, $"{name}, {where}");

    public async Task Shot(string file)
    {
        if (string.IsNullOrEmpty(Shots)) return;
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Shots, file + ".png") });
    }

    /// <summary>Loses the network while something is done, and gets it back; what was done is then done after all.</summary>
    public async Task WithoutNetwork(Func<Task> what, string? waits = null)
    {
        cut = true;
        await Context.SetOfflineAsync(true);
        await what();
        if (waits is not null) await Expect(this["#pending"]).ToContainTextAsync(waits);
        await Context.SetOfflineAsync(false);
        await Expect(this["#pending [data-out]"]).ToHaveCountAsync(0);
        await Expect(this["#room"]).ToHaveAttributeAsync("data-connected", "true");
        cut = false;
    }

    /// <summary>Types half, loses the network, types the rest, sends it, and comes back.</summary>
    public async Task WritesThroughACut(string box, string text, Func<Task>? send = null)
    {
        var field = this[box];
        await field.FocusAsync();
        await Page.Keyboard.TypeAsync(text[..(text.Length / 2)]);
        await WithoutNetwork(async () =>
        {
            await Page.Keyboard.TypeAsync(text[(text.Length / 2)..]);
            if (send is null) await Page.Keyboard.PressAsync("Control+Enter"); else await send();
        }, text);
    }

    /// <summary>Types half, loads the page again, and goes on where it was.</summary>
    public async Task WritesThroughAReload(string box, string text)
    {
        await this[box].FocusAsync();
        await Page.Keyboard.TypeAsync(text[..(text.Length / 2)]);
        await Page.ReloadAsync();
        await Expect(this[box]).ToHaveValueAsync(text[..(text.Length / 2)]);
        await Expect(this["#room"]).ToHaveAttributeAsync("data-connected", "true");
        await this[box].FocusAsync();
        await Page.Keyboard.PressAsync("Control+End");
        await Page.Keyboard.TypeAsync(text[(text.Length / 2)..]);
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(this[box]).ToHaveValueAsync("");
    }

    /// <summary>Goes to something with the Tab key only.</summary>
    public async Task TabsTo(string selector)
    {
        await Expect(this[selector]).Not.ToHaveCountAsync(0);
        for (var presses = 0; presses < 250; presses++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await this[selector].First.EvaluateAsync<bool>("one => one === document.activeElement")) return;
        }

        Assert.Fail($"{name} cannot reach {selector} with the Tab key.");
    }

    public async Task Types(string text) => await Page.Keyboard.TypeAsync(text);

    public async Task Keys(params string[] keys)
    {
        foreach (var key in keys) await Page.Keyboard.PressAsync(key);
    }

    public void HadNoTrouble() => troubles.ShouldBeEmpty(name);

    public ValueTask DisposeAsync() => Context.DisposeAsync();

    private void Note(string text)
    {
        if (cut && (text.Contains("ERR_INTERNET_DISCONNECTED", StringComparison.Ordinal) || text.Contains("WebSocket", StringComparison.Ordinal))) return;
        if (!MaySay(text)) troubles.Enqueue(text);
    }

    private void Asked(string url)
    {
        if (url.StartsWith(home.ToString(), StringComparison.Ordinal) || url.StartsWith($"ws://{home.Authority}/", StringComparison.Ordinal)) return;
        if (!url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("about:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal)) troubles.Enqueue("asked " + url);
    }
}

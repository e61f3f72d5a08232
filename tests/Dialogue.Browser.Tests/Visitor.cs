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

    /// <summary>Buttons without a name, and names in which two words or a word and a number are glued together, as in "Stem0".</summary>
    private const string BadNames = """
        () => [...document.querySelectorAll("button, summary, [role=button], input[type=submit]")].filter(one => one.checkVisibility())
            .map(one => [one, (one.getAttribute("aria-label") ?? (one.innerText || one.textContent)).trim()])
            .filter(([one, name]) => name === "" || /\p{Ll}\d/u.test(name) || [...one.children].some(part =>
                /[\p{L}\d]$/u.test(part.previousSibling?.textContent ?? "") && /^[\p{L}\d]/u.test(part.textContent))).map(([one, name]) => `${name} ${one.outerHTML.slice(0, 200)}`)
        """;

    private static readonly string? Shots = Environment.GetEnvironmentVariable("DIALOGUE_SCREENSHOTS");

    private readonly ConcurrentQueue<string> troubles = new();
    private readonly Uri home;
    private readonly string name;
    private volatile bool cut;

    private Visitor(string name, Uri home, IBrowserContext context, IPage page) =>
        (this.name, this.home, Context, Page) = (name, home, context, page);

    public IBrowserContext Context { get; }
    public IPage Page { get; }

    /// <summary>Only what is expected, such as the line that Chromium writes about a page with status 404.</summary>
    public Func<string, bool> MaySay { get; set; } = _ => false;

    public static async Task<Visitor> Arrives(
        Browsers browsers,
        string name,
        int width = 1366,
        int height = 768,
        string locale = "nl-NL",
        bool script = true,
        Uri? home = null
    )
    {
        home ??= browsers.Address;
        var context = await browsers.Browser.NewContextAsync(
            new()
            {
                BaseURL = home.ToString(),
                Locale = locale,
                ViewportSize = new() { Width = width, Height = height },
                JavaScriptEnabled = script,
            }
        );
        context.SetDefaultTimeout(15_000);
        await context.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', e => console.error('CSP', e.violatedDirective, e.blockedURI, "
                + "e.sourceFile))"
        );
        var page = await context.NewPageAsync();
        var visitor = new Visitor(name, home, context, page);
        page.Console += (_, message) =>
        {
            if (string.Equals(message.Type, "error", StringComparison.Ordinal))
                visitor.Note(message.Text);
        };
        page.PageError += (_, error) => visitor.Note(error);
        context.Request += (_, request) => visitor.Asked(request.Url);
        return visitor;
    }

    /// <summary>What this person sent while there was no network, or went on with after it.</summary>
    public List<string> ThroughTheCut { get; } = [];

    public ILocator this[string selector] => Page.Locator(selector);

    public async Task Go(string path) => await Page.GotoAsync(path);

    public async Task Fill(string selector, string text) => await this[selector].FillAsync(text);

    public async Task Press(string button) =>
        await Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = false }).First.ClickAsync();

    public Task Sees(string text) => Expect(this["body"]).ToContainTextAsync(text);

    /// <summary>Notes each violation, so that one run shows them all; and is no wider than its window.</summary>
    public async Task IsAccessible(string where)
    {
#pragma warning disable CS0618 // Without frames there is nothing to merge, and this takes half the time.
        var found = await this["html"].RunAxeLegacy(Rules);
#pragma warning restore CS0618
        foreach (var one in found.Violations)
            troubles.Enqueue($"{where}: {one.Id}: {string.Join(" | ", one.Nodes.Select(node => node.Html))}");
        foreach (var one in await Page.EvaluateAsync<string[]>(BadNames))
            troubles.Enqueue($"{where}: a button is called {one}");
        await IsNoWiderThanItsWindow(where);
    }

    public async Task IsNoWiderThanItsWindow(string where) =>
        (
            await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        ).ShouldBeLessThanOrEqualTo(0, $"{name}, {where}");

    /// <summary>On a small phone, a phone, a tablet and a laptop, and then again as it was.</summary>
    public async Task FitsEachWindow(string where)
    {
        var own = Page.ViewportSize!;
        foreach (var width in (int[])[320, 390, 768, 1366])
        {
            await Page.SetViewportSizeAsync(width, width < 500 ? 844 : 768);
            await IsNoWiderThanItsWindow($"{where} at {width}");
        }

        await Page.SetViewportSizeAsync(own.Width, own.Height);
    }

    /// <summary>
    /// On paper there is nothing to press and nothing to go to, and all that was folded is open; with forced colours it is readable too.
    /// </summary>
    public async Task IsFitForPaper(string where)
    {
        await Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await IsNoWiderThanItsWindow($"{where}, forced colours");
        await Shot($"{where}-forced", whole: true);
        await Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None, Media = Media.Print });
        (
            await Page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll("nav, button, .bar, .foot, .no-print, .utrecht-skip-link")].filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 200))
                """
            )
        ).ShouldBeEmpty($"{name}, {where} on paper");
        (
            await Page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll("main details > :not(summary)")].filter(one => one.getBoundingClientRect().height === 0 && one.textContent.trim()).map(one => one.outerHTML.slice(0, 200))
                """
            )
        ).ShouldBeEmpty($"{name}, {where} on paper");
        await Shot($"{where}-paper", whole: true);
        if (!string.IsNullOrEmpty(Shots))
            await Page.PdfAsync(new() { Path = Path.Combine(Shots, $"{where}.pdf"), PreferCSSPageSize = true });
        await Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Null, Media = Media.Null });
    }

    public async Task Shot(string file, bool whole = false)
    {
        if (string.IsNullOrEmpty(Shots))
            return;
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Shots, file + ".png"), FullPage = whole });
    }

    /// <summary>From now on a mouse or a finger on any page is a trouble.</summary>
    public Task HasAKeyboardOnly() =>
        Context.AddInitScriptAsync("addEventListener('pointerdown', one => console.error('a pointer was used', one.target), true)");

    /// <summary>Loses the network while something is done, and gets it back; what was done is then done after all.</summary>
    public async Task WithoutNetwork(Func<Task> what, string? waits = null)
    {
        await LosesTheNetwork();
        await what();
        if (waits is not null)
        {
            // Long enough for it to be gone, if the network were still there.
            await Page.WaitForTimeoutAsync(500);
            await Expect(this["#pending [data-out]"]).ToContainTextAsync(waits);
        }

        await IsBack();
        await Expect(this["#pending [data-out]"]).ToHaveCountAsync(0);
    }

    public async Task LosesTheNetwork()
    {
        cut = true;
        await Context.SetOfflineAsync(true);
        (await Page.EvaluateAsync<bool>("navigator.onLine")).ShouldBeFalse();
    }

    public async Task IsBack()
    {
        await Context.SetOfflineAsync(false);
        await Expect(this["#room"]).ToHaveAttributeAsync("data-connected", "true");
        cut = false;
    }

    /// <summary>Types half, loses the network, types the rest, sends it, and comes back.</summary>
    public async Task WritesThroughACut(string box, string text, Func<Task>? send = null)
    {
        await this[box].FocusAsync();
        await Types(Half(text));
        await WithoutNetwork(
            async () =>
            {
                await Types(Rest(text));
                if (send is null)
                    await Keys("Control+Enter");
                else
                    await send();
            },
            text
        );
        ThroughTheCut.Add(text);
    }

    /// <summary>
    /// Sends one text without a network and begins the next; back again, the first is gone and the second is where it was, and is finished.
    /// </summary>
    public async Task WritesTwiceThroughACut(string box, string first, string second, Func<Task>? send = null)
    {
        send ??= () => Keys("Control+Enter");
        await this[box].FocusAsync();
        await Types(Half(first));
        await WithoutNetwork(
            async () =>
            {
                await Types(Rest(first));
                await send();
                await Expect(this[box]).ToHaveValueAsync("");
                await this[box].FocusAsync();
                await Types(Half(second));
            },
            first
        );
        await GoesOn(box, second, send);
        ThroughTheCut.Add(first);
    }

    /// <summary>Types through a cut and sends nothing until the network is back.</summary>
    public async Task TypesThroughACut(string box, string text, Func<Task>? send = null)
    {
        await this[box].FocusAsync();
        await WithoutNetwork(() => Types(Half(text)));
        await GoesOn(box, text, send ?? (() => Keys("Control+Enter")));
    }

    private async Task GoesOn(string box, string text, Func<Task> send)
    {
        await Expect(this[box]).ToHaveValueAsync(Half(text));
        await this[box].FocusAsync();
        await Keys("Control+End");
        await Types(Rest(text));
        await send();
        ThroughTheCut.Add(text);
    }

    private static string Half(string text) => text[..(text.Length / 2)];

    private static string Rest(string text) => text[(text.Length / 2)..];

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
            if (await this[selector].First.EvaluateAsync<bool>("one => one === document.activeElement"))
                return;
        }

        Assert.Fail($"{name} cannot reach {selector} with the Tab key.");
    }

    public async Task Types(string text) => await Page.Keyboard.TypeAsync(text);

    public async Task Keys(params string[] keys)
    {
        foreach (var key in keys)
            await Page.Keyboard.PressAsync(key);
    }

    public void HadNoTrouble() => troubles.ShouldBeEmpty(name);

    public ValueTask DisposeAsync() => Context.DisposeAsync();

    private void Note(string text)
    {
        if (
            cut
            && (
                text.Contains("ERR_INTERNET_DISCONNECTED", StringComparison.Ordinal) || text.Contains("WebSocket", StringComparison.Ordinal)
            )
        )
            return;
        if (!MaySay(text))
            troubles.Enqueue(text);
    }

    private void Asked(string url)
    {
        if (
            url.StartsWith(home.ToString(), StringComparison.Ordinal) || url.StartsWith($"ws://{home.Authority}/", StringComparison.Ordinal)
        )
            return;
        if (
            !url.StartsWith("data:", StringComparison.Ordinal)
            && !url.StartsWith("about:", StringComparison.Ordinal)
            && !url.StartsWith("blob:", StringComparison.Ordinal)
        )
            troubles.Enqueue("asked " + url);
    }
}

using System.Text.RegularExpressions;

namespace Dialogue;

/// <summary>Networks as they are: proxies that swallow, that change Host, and lines that are refused.</summary>
[Trait("Finding", "F")]
public sealed class NetworkTests(Browsers browsers)
{
    private const int Within = 40_000;

    private static Task IsUp(IPage page) =>
        Expect(page.Locator("#room")).ToHaveAttributeAsync("data-connected", "true", new() { Timeout = Within });

    [Fact]
    public async Task A_proxy_that_swallows_web_sockets_does_not_keep_somebody_out()
    {
        await using var table = await Table.Opened(browsers, "kort-gesprek", "nl", participants: 1);
        await using var proxy = new SwallowingProxy(browsers.Server.Address, swallow: true);
        var page = await table.People[0].Context.NewPageAsync();
        await page.GotoAsync(new Uri(proxy.Address, $"/ruimte/{table.Code}").ToString());
        await IsUp(page);
        proxy.Sockets.ShouldBe(2);
        await Expect(page.Locator("#connection")).ToBeHiddenAsync();

        await page.GotoAsync(new Uri(proxy.Address, "/verbinding?culture=nl").ToString());
        var check = page.Locator("#connection-check");
        await Expect(check).ToHaveAttributeAsync("data-outcome", "fair", new() { Timeout = Within });
        await Expect(page.Locator("[data-check=sockets]")).ToContainTextAsync("Web sockets komen niet door");
        await Expect(page.Locator("[data-check=polling]")).ToContainTextAsync("Ook zonder web sockets kunt u meedoen");
        (await page.Locator("[data-summary]").InputValueAsync()).ShouldContain("web socket");
    }

    [Fact]
    public async Task The_check_page_says_that_all_is_well_where_it_is()
    {
        var visitor = await Visitor.Arrives(browsers, "the tester");
        await visitor.Go("/verbinding?culture=nl");
        await Expect(visitor["#connection-check"]).ToHaveAttributeAsync("data-outcome", "good", new() { Timeout = Within });
        await Expect(visitor["[data-verdict=good]"]).ToBeVisibleAsync();
        await Expect(visitor["[data-check=clock]"]).ToContainTextAsync("De klok loopt gelijk");
        await visitor.IsNoWiderThanItsWindow("/verbinding");
        await visitor.Context.CloseAsync();
    }

    [Fact]
    public async Task A_refused_address_is_not_called_a_lost_connection()
    {
        await using var table = await Table.Opened(browsers, "kort-gesprek", "nl", participants: 1);
        await using var proxy = new SwallowingProxy(browsers.Server.Address, host: "upstream.invalid");
        var page = await table.People[0].Context.NewPageAsync();
        await page.GotoAsync(new Uri(proxy.Address, $"/ruimte/{table.Code}").ToString());
        await Expect(page.Locator("#connection")).ToContainTextAsync("De server weigert dit webadres", new() { Timeout = Within });
    }

    [Fact]
    public async Task Who_is_signed_out_is_told_so_and_a_lost_line_is_seen_within_seconds_wherever_one_is()
    {
        await using var table = await Table.Opened(browsers, "kort-gesprek", "nl", participants: 1);
        var guest = table.People[0].Page;
        await IsUp(guest);
        await guest.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight)");
        await table.People[0].Context.SetOfflineAsync(true);
        await Expect(guest.Locator("#connection")).ToBeInViewportAsync(new() { Timeout = 12_000 });
        await Expect(guest.Locator("#connection")).ToContainTextAsync("Geen verbinding");
        await table.People[0].Context.SetOfflineAsync(false);
        await IsUp(guest);
        await Expect(guest.Locator("#connection")).ToBeHiddenAsync();

        var guide = table.Guide;
        await IsUp(guide.Page);
        await guide.Context.ClearCookiesAsync();
        await guide.Context.SetOfflineAsync(true);
        await Expect(guide["#connection"]).ToBeVisibleAsync();
        await guide.Context.SetOfflineAsync(false);
        await Expect(guide["#connection"]).ToContainTextAsync("U bent uitgelogd", new() { Timeout = Within });
        await Expect(guide["#connection a"]).ToHaveAttributeAsync("href", new Regex("^/inloggen\\?terug=%2Fruimte%2F"));
    }
}

namespace Dialogue;

/// <summary>
/// The frame of all pages: at every width nothing slides sideways, axe finds nothing in light or dark, and the menus open without a script.
/// </summary>
public sealed class FrameTests(Browsers browsers)
{
    private static readonly string[] Open = ["/", "/inloggen", "/uitleg", "/privacy", "/toegankelijkheid", "/meedoen/234-567-89A"];

    private static readonly string[] ForStaff =
    [
        "/vandaag",
        "/vragen",
        "/vragen/nieuw",
        "/dialogen",
        "/dialogen/nieuw",
        "/opvolging",
        "/opvolging?late=true",
        "/beheer/templates",
    ];

    [Fact]
    public async Task Pages_fit_each_window_and_axe_finds_nothing_in_light_and_dark()
    {
        var guest = await Visitor.Arrives(browsers, "a guest");
        guest.MaySay = said => said.Contains("404", StringComparison.Ordinal);
        await Walk(guest, Open);
        var guide = await Visitor.Arrives(browsers, "Noor");
        await using var table = new Table(browsers, guide);
        await Table.SignIn(guide, "noor.achterberg");
        await table.Register("Mag de score beslissen?", "Een model kiest wie hulp krijgt. Mag dat?", "aiOverheid");
        await Walk(guide, new Uri(guide.Page.Url).AbsolutePath);
        await Walk(guide, ForStaff);
        var manager = await Visitor.Arrives(browsers, "Margriet");
        await Table.SignIn(manager, "margriet.vandellen");
        await Walk(manager, "/vandaag", "/overzicht");
        foreach (var visitor in (Visitor[])[guest, guide, manager])
            visitor.HadNoTrouble();
        await guest.DisposeAsync();
        await manager.DisposeAsync();
    }

    [Fact]
    public async Task The_menus_open_without_a_script_and_the_present_place_is_marked()
    {
        var phone = await Visitor.Arrives(browsers, "Noor (phone)", 390, 844);
        await Table.SignIn(phone, "noor.achterberg");
        await Expect(phone[".bar__nav a[href='/vragen']"]).ToBeHiddenAsync();
        await phone[".bar__menu > summary"].ClickAsync();
        await Expect(phone[".bar__nav a[href='/vandaag']"]).ToHaveAttributeAsync("aria-current", "page");
        await phone[".bar__nav a[href='/vragen']"].ClickAsync();
        await Expect(phone["h1"]).ToBeVisibleAsync();
        await Expect(phone[".bar__nav a[href='/vragen']"]).ToHaveAttributeAsync("aria-current", "page");
        await phone[".account > summary"].ClickAsync();
        await Expect(phone[".account__panel button[type=submit]"]).ToBeVisibleAsync();
        await phone.IsNoWiderThanItsWindow("with the account menu open");
        await phone.IsAccessible("with the account menu open");
        await phone[".account__panel button[type=submit]"].ClickAsync();
        await Expect(phone[".account"]).ToHaveCountAsync(0);
        phone.HadNoTrouble();
        await phone.DisposeAsync();
    }

    private static async Task Walk(Visitor visitor, params string[] pages)
    {
        foreach (var page in pages)
        {
            await visitor.Go(page);
            await visitor.FitsEachWindow(page);
            await visitor.IsAccessible(page);
            await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await visitor.IsAccessible(page + ", dark");
            await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        }
    }
}

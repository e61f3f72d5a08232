namespace Dialogue;

public sealed class RoomTests(Browsers browsers)
{
    [Fact]
    public async Task No_page_is_wider_than_its_window()
    {
        await using var table = await Table.Opened(browsers, "persoon-geen-groep", "nl", participants: 1);
        await table.Next("Welkom");
        await table.Next("Wat doet het model?");
        await table.Next("Wat ziet het model van mij?");
        await Table.Note(
            table.People[0],
            "Een tamelijk lange notitie over wat het model niet weet, en een langewoordzondereinde" + new string('e', 60),
            "weet"
        );
        foreach (var width in (int[])[320, 390, 1366])
        {
            foreach (
                var (visitor, path) in new[]
                {
                    (table.People[0], "/"),
                    (table.People[0], $"/meedoen/{table.Code}"),
                    (table.People[0], $"/ruimte/{table.Code}"),
                    (table.Guide, $"/ruimte/{table.Code}/regie"),
                    (table.Guide, $"/ruimte/{table.Code}/scherm"),
                    (table.Guide, "/opvolging"),
                }
            )
            {
                await visitor.Page.SetViewportSizeAsync(width, width < 500 ? 844 : 768);
                await visitor.Go(path);
                await visitor.IsNoWiderThanItsWindow($"{path} at {width}");
                if (width == 1366 && path.EndsWith("/scherm", StringComparison.Ordinal))
                    (
                        await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollHeight - innerHeight")
                    ).ShouldBeLessThanOrEqualTo(0, "the screen does not scroll");
            }
        }
    }

    [Fact]
    public async Task The_room_is_light()
    {
        await using var table = await Table.Opened(browsers, "persoon-geen-groep", "nl", participants: 1);
        await table.Next("Welkom");
        var seat = table.People[0];

        var cold = await seat.Context.NewPageAsync();
        // A server that is run from its sources sends its files as they are; what counts is what a published one sends: Brotli.
        List<Task<int>> sent = [];
        cold.Response += (_, response) => sent.Add(Brotli(response));
        List<string> asked = [];
        cold.Request += (_, request) => asked.Add(request.Url);
        await cold.GotoAsync($"/ruimte/{table.Code}");
        await Expect(cold.Locator("#room")).ToHaveAttributeAsync("data-connected", "true");
        (await Task.WhenAll(sent)).Sum().ShouldBeInRange(10_000, 60_000);
        asked.ShouldAllBe(url => !url.Contains("wasm", StringComparison.Ordinal) && !url.Contains("_framework", StringComparison.Ordinal));

        var plain = await table.Comes("without script", script: false);
        await plain.Context.AddCookiesAsync(
            (await seat.Context.CookiesAsync()).Select(cookie => new Cookie
            {
                Name = cookie.Name,
                Value = cookie.Value,
                Domain = cookie.Domain,
                Path = cookie.Path,
            })
        );
        await plain.Go($"/ruimte/{table.Code}");
        await Expect(plain["#task-title"]).ToContainTextAsync("Welkom");
        await Expect(plain["noscript p"]).ToBeVisibleAsync();
    }

    private static async Task<int> Brotli(IResponse response)
    {
        if (response.Request.Url.Contains("/hubs/", StringComparison.Ordinal))
            return 0;
        using var small = new MemoryStream();
        await using (
            var brotli = new System.IO.Compression.BrotliStream(
                small,
                response.Request.ResourceType == "document"
                    ? System.IO.Compression.CompressionLevel.Fastest
                    : System.IO.Compression.CompressionLevel.SmallestSize,
                leaveOpen: true
            )
        )
            await brotli.WriteAsync(await response.BodyAsync());
        return (int)small.Length;
    }
}

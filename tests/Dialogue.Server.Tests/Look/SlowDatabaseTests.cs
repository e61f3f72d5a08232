using System.Net;

namespace Dialogue.Look;

/// <summary>Finding J1: no page reads what it has not loaded yet. Each page is asked for while every command of the database
/// waits.</summary>
[Trait("Finding", "J1")]
public sealed class SlowDatabaseTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/vandaag")]
    [InlineData("/vragen")]
    [InlineData("/vragen/nieuw")]
    [InlineData("/dialogen")]
    [InlineData("/dialogen/nieuw")]
    [InlineData("/opvolging")]
    [InlineData("/opvolging?state=Offered")]
    [InlineData("/beheer/templates")]
    public async Task A_page_is_drawn_after_what_it_shows_is_loaded(string page)
    {
        using var browser = await server.SignedIn("noor.achterberg@dwb.voorbeeld");
        using var answer = await browser.GetAsync(new Uri(page, UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, page);
    }

    [Fact]
    public void Every_page_and_part_draws_once_it_is_loaded()
    {
        var components = typeof(Program)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Microsoft.AspNetCore.Components.ComponentBase)) && !type.IsAbstract)
            .Where(type => !type.IsSubclassOf(typeof(Microsoft.AspNetCore.Components.LayoutComponentBase)))
            .ToArray();
        components.Length.ShouldBeGreaterThan(50);
        components
            .Where(type =>
                !type.IsSubclassOf(typeof(LoadedComponent))
                && type.GetMethod(
                    "OnInitializedAsync",
                    System.Reflection.BindingFlags.Instance
                        | System.Reflection.BindingFlags.NonPublic
                        | System.Reflection.BindingFlags.DeclaredOnly
                )
                    is not null
            )
            .Select(type => type.Name)
            .ShouldBeEmpty();
    }
}

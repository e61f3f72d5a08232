using Dialogue.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dialogue.Look;

/// <summary>Finding J5: what is promised about erased text is what the chosen database can keep.</summary>
[Trait("Finding", "J5")]
public sealed class PrivacyPageTests
{
    [Theory]
    [InlineData("Sqlite", true)]
    [InlineData("SqlServer", false)]
    public void The_database_says_whether_what_is_erased_leaves_its_log(string provider, bool erased) =>
        new ServiceCollection()
            .AddStorage(new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Provider", provider)]).Build())
            .BuildServiceProvider()
            .GetRequiredService<WhatIsErased>()
            .AlsoFromItsLog.ShouldBe(erased);

    [Theory]
    [InlineData(true, "Na de fase wissen wij dat.")]
    [InlineData(false, "Wij kunnen dat niet wissen.")]
    public async Task The_privacy_page_promises_what_the_database_can_keep(bool erased, string words)
    {
        await using var server = new RunningServer(services => services.AddSingleton(new WhatIsErased(erased)));
        using var browser = server.Browser();
        (await browser.GetStringAsync(new Uri("/privacy?culture=nl", UriKind.Relative))).ShouldContain(words);
    }
}

using System.Net;
using System.Net.Http.Json;
using Dialogue.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Dialogue.Access;

/// <summary>Which address counts as our own, what is said when another one comes, and settings that cannot work.</summary>
[Trait("Finding", "F")]
public sealed class OriginsTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private static HttpRequestMessage Negotiate(string? origin, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/hubs/dialogue/negotiate?negotiateVersion=1");
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return request;
    }

    [Fact]
    public async Task The_public_address_counts_as_own_and_the_first_refusal_of_another_is_logged_with_both_names()
    {
        var lines = new LoggedLines();
        await using var server = new RunningServer(lines, ("PublicAddress", "http://dialoog.voorbeeld"));
        using var http = server.Browser(withOrigin: false);
        (await http.SendAsync(Negotiate("http://dialoog.voorbeeld"), Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await http.SendAsync(Negotiate(server.Origin()), Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        lines.Take();

        for (var time = 0; time < 3; time++)
        {
            using var refused = await http.SendAsync(Negotiate("http://elders.voorbeeld"), Stop);
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await refused.Content.ReadAsStringAsync(Stop)).ShouldContain(Origins.Foreign);
        }
        var told = lines.Take().Where(line => line.Contains("elders.voorbeeld", StringComparison.Ordinal)).ToList();
        var warning = told.ShouldHaveSingleItem();
        warning.ShouldContain(server.Origin());
        warning.ShouldContain("http://dialoog.voorbeeld");
    }

    [Fact]
    public async Task A_poll_without_browser_headers_passes_and_a_negotiation_without_them_does_not()
    {
        await using var server = new RunningServer();
        using var http = server.Browser(withOrigin: false, keepCookies: false);
        // An old Safari, or plain http: a GET of the own site has neither Origin nor Sec-Fetch-Site.
        using var poll = new HttpRequestMessage(HttpMethod.Get, "/hubs/dialogue?id=" + new string('x', 22));
        poll.Headers.Add("Cookie", "staff=iets");
        (await http.SendAsync(poll, Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "no such connection, and not refused");

        (await http.SendAsync(Negotiate(null, ("Cookie", "staff=iets")), Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await http.SendAsync(Negotiate("http://elders.voorbeeld", ("Cookie", "staff=iets")), Stop)).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/hubs/dialogue?id=" + new string('x', 22));
        elsewhere.Headers.Add("Cookie", "staff=iets");
        elsewhere.Headers.Add("Sec-Fetch-Site", "cross-site");
        (await http.SendAsync(elsewhere, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("https://dialoog.voorbeeld/pad", "10.0.0.5", "at the root of a host")]
    [InlineData("dialoog.voorbeeld", "10.0.0.5", "no whole address")]
    [InlineData("ftp://dialoog.voorbeeld", "10.0.0.5", "no whole address")]
    [InlineData("https://dialoog.voorbeeld", null, "TrustedProxies names none")]
    [InlineData("https://dialoog.voorbeeld", "proxy", "is no address and no network")]
    [InlineData("https://dialoog.voorbeeld", "10.0.0.0/8", null)]
    [InlineData("https://dialoog.voorbeeld/", "10.0.0.5", null)]
    [InlineData("http://localhost:5080", null, null)]
    [InlineData(null, null, null)]
    public void Settings_that_cannot_work_are_one_clear_sentence(string? address, string? proxy, string? sentence)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["PublicAddress"] = address,
                    [proxy is null ? "Nothing" : "TrustedProxies:0"] = proxy,
                    ["urls"] = "http://0.0.0.0:8080",
                }
            )
            .Build();
        var faults = SettingsCheck.Faults(settings).ToList();
        if (sentence is null)
            faults.ShouldBeEmpty();
        else
            faults.ShouldHaveSingleItem().ShouldContain(sentence);
    }

    [Fact]
    public async Task The_page_that_tests_a_connection_is_there_for_everybody_and_its_echo_keeps_nothing()
    {
        await using var server = new RunningServer();
        using var http = server.Browser();
        var page = await http.GetStringAsync("/verbinding?culture=nl", Stop);
        page.ShouldContain("Test uw verbinding");
        page.ShouldContain("Wat een dialoog nodig heeft van het netwerk");

        var first = await http.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/v1/connection", Stop);
        first.GetProperty("cookie").GetBoolean().ShouldBeFalse();
        var second = await http.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/v1/connection", Stop);
        second.GetProperty("cookie").GetBoolean().ShouldBeTrue();
        Math.Abs(second.GetProperty("now").GetInt64() - TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()).ShouldBeLessThan(60_000);
        using var sent = await http.PostAsync("/api/v1/connection", new StringContent(new string('x', ConnectionCheck.UploadBytes)), Stop);
        (await sent.Content.ReadAsStringAsync(Stop)).ShouldContain("16384");
    }
}

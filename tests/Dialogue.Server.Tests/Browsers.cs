using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Dialogue.Operations;

namespace Dialogue;

/// <summary>What a browser does with our pages, without one.</summary>
internal static class Browsers
{
    public static string Origin(this RunningServer server) => server.Address.GetLeftPart(UriPartial.Authority);

    public static HttpClient Browser(this RunningServer server, bool withOrigin = true, bool keepCookies = true)
    {
        var http = new HttpClient(
            new HttpClientHandler
            {
                AllowAutoRedirect = false,
                UseCookies = keepCookies,
                CookieContainer = new(),
            }
        )
        {
            BaseAddress = server.Address,
        };
        if (withOrigin)
            http.DefaultRequestHeaders.Add("Origin", server.Origin());
        return http;
    }

    public static async Task<HttpClient> SignedIn(this RunningServer server, string email, string password = DemoOrganisation.Password)
    {
        var http = server.Browser();
        (await http.PostAsJsonAsync("/api/v1/sign-in", new { email, password })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return http;
    }

    public static string FormToken(string page) =>
        Regex
            .Match(page, "name=\"form\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Groups["token"]
            .Value;
}

using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dialogue.Architecture;

/// <summary>What opens something for whoever has it must not stand in the log of the proxy: tried for each address of the
/// program.</summary>
[Trait("Finding", "C7")]
public sealed partial class ProxyLogTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Secret = "GEHEIM23456789";
    private static readonly string Config = File.ReadAllText(Repository.PathOf("infra", "nginx.conf"));

    /// <summary>Names of the parts of an address that are such a key.</summary>
    private static readonly string[] Keys = ["token", "code", "key", "sleutel"];

    private static string Map(string name) =>
        Regex
            .Match(Config, $@"map \$uri \${name} \{{(?<body>.*?)\n?\s*\}}\s*\n", RegexOptions.Singleline, TimeSpan.FromSeconds(1))
            .Groups["body"]
            .Value;

    /// <summary>What nginx would write of an address.</summary>
    private static string Written(string path)
    {
        foreach (Match rule in Rule().Matches(Map("shown_uri")))
            if (Regex.Match(path, rule.Groups["regex"].Value, RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true } match)
                return rule.Groups["becomes"].Value.Replace("$start", match.Groups["start"].Value, StringComparison.Ordinal);
        return path;
    }

    private static bool Logged(string path) =>
        !Rule()
            .Matches(Map("log_this"))
            .Any(rule =>
                rule.Groups["becomes"].Value == "0"
                && Regex.IsMatch(path, rule.Groups["regex"].Value, RegexOptions.None, TimeSpan.FromSeconds(1))
            );

    private IEnumerable<(string Pattern, string Path)> Addresses() =>
        server
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern)
            .Where(pattern => pattern.Parameters.Any(part => Keys.Contains(part.Name, StringComparer.OrdinalIgnoreCase)))
            .Select(pattern =>
                (
                    pattern.RawText!,
                    "/"
                        + string.Join(
                            '/',
                            pattern.PathSegments.Select(segment =>
                                string.Concat(
                                    segment.Parts.Select(part =>
                                        part switch
                                        {
                                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart known
                                                when Keys.Contains(known.Name, StringComparer.OrdinalIgnoreCase) => Secret,
                                            _ => "x",
                                        }
                                    )
                                )
                            )
                        )
                )
            );

    [Fact]
    public void No_token_and_no_code_of_any_address_is_written()
    {
        var addresses = Addresses().ToList();
        addresses.Count.ShouldBeGreaterThan(5);
        addresses.Where(one => Logged(one.Path) && Written(one.Path).Contains(Secret, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Tickets_and_the_hub_are_not_logged_and_other_pages_are()
    {
        Config.ShouldContain("$request_method $shown_uri $status");
        Config.ShouldNotContain("$request_method $uri");
        Logged("/api/v1/dialogues/01a2/boxes/blind/tickets").ShouldBeFalse();
        Logged("/hubs/dialogue/negotiate").ShouldBeFalse();
        Logged("/vragen").ShouldBeTrue();
        Written("/vragen/01a2").ShouldBe("/vragen/01a2");
        Written("/afspraak/abc").ShouldBe("/afspraak/...");
        Written("/geheim/abc").ShouldBe("/geheim/abc", "the check sees an address that no rule knows");
        Config.ShouldContain("Referrer-Policy no-referrer");
    }

    [GeneratedRegex(@"~(?<regex>\S+)\s+(?<becomes>[^;]+);", RegexOptions.ExplicitCapture)]
    private static partial Regex Rule();
}

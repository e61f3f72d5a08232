using System.Globalization;
using Dialogue.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dialogue.Architecture;

/// <summary>Every way in says who may come: <c>entrances.txt</c> is the whole list, so that a new one is seen in review.</summary>
public sealed class EntrancesTests : IAsyncDisposable
{
    private readonly RunningServer server = new();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>
    /// What the framework maps by itself: files that everybody may read, and an answer without content for its own script.
    /// </summary>
    internal static bool IsOfTheFramework(RouteEndpoint endpoint) =>
        endpoint.Metadata.Any(part => part.GetType().Name == "StaticAssetDescriptor")
        || endpoint.RoutePattern.RawText is "{**path:file}" or "/_framework/opaque-redirect";

    private static string Who(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<OpenToAttribute>() is { } open ? "open to: " + open.Who.ToString().ToLowerInvariant()
        : endpoint.Metadata.GetOrderedMetadata<StaffOnlyAttribute>() is [var staff, ..]
            ? staff.Role == StaffRole.Staff ? "staff"
                : staff.Role.ToString().ToLowerInvariant()
        : "UNDECLARED";

    [Fact]
    public void Every_entrance_declares_who_may_come_and_the_list_is_known()
    {
        var entrances = server
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Distinct()
            .Where(endpoint => !IsOfTheFramework(endpoint))
            .ToArray();
        entrances.Length.ShouldBeGreaterThan(20);
        var lines = entrances
            .Select(endpoint =>
            {
                var methods = string.Join(
                    ",",
                    (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["any"]).Order(StringComparer.Ordinal)
                );
                var path = "/" + (endpoint.RoutePattern.RawText ?? "").TrimStart('/');
                return string.Create(CultureInfo.InvariantCulture, $"{path} {methods} → {Who(endpoint)}");
            })
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToArray();
        lines.Where(line => line.EndsWith("UNDECLARED", StringComparison.Ordinal)).ShouldBeEmpty();

        var golden = Repository.PathOf("tests", "Dialogue.Server.Tests", "Architecture", "entrances.txt");
        if (Environment.GetEnvironmentVariable("DIALOGUE_WRITE_GOLDEN") is not null)
            File.WriteAllLines(golden, lines);
        lines.ShouldBe(File.ReadAllLines(golden));
    }
}

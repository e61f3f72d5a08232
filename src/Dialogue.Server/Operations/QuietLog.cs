namespace Dialogue.Operations;

/// <summary>
/// What the framework logs of a message is the connection it came by, its length and, at its loudest, its words: enough to tell whose an
/// anonymous entry is. However loud the log is set, these parts of it speak no louder than this.
/// </summary>
internal static class QuietLog
{
    private static readonly (string Category, LogLevel Least)[] Quiet =
    [
        ("Microsoft.AspNetCore.SignalR", LogLevel.Information),
        ("Microsoft.AspNetCore.Http.Connections", LogLevel.Information),
        ("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Information),
        // Without web sockets each message is a request, and each request would be logged with its length. It also puts the path of the
        // request in the scope of every other line, and a path may hold a personal link: it does neither when it may not log at all.
        ("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None),
        // What these say at their loudest names the path of a request too.
        ("Microsoft.AspNetCore.Routing", LogLevel.Information),
        ("Microsoft.AspNetCore.StaticFiles", LogLevel.Information),
        ("Microsoft.AspNetCore.StaticAssets", LogLevel.Information),
        ("Microsoft.AspNetCore.Components", LogLevel.Information),
        ("Microsoft.AspNetCore.Authorization", LogLevel.Information),
    ];

    public static void Hush(LoggerFilterOptions options)
    {
        foreach (var (category, least) in Quiet)
        {
            LoggerFilterRule[] ours =
            [
                .. options
                    .Rules.Select(rule => rule.ProviderName)
                    .Append(null)
                    .Distinct()
                    .Select(provider => new LoggerFilterRule(
                        provider,
                        category,
                        Higher(Chosen(options, provider, category), least),
                        filter: null
                    )),
            ];
            foreach (
                var rule in options
                    .Rules.Where(rule => rule.CategoryName?.StartsWith(category, StringComparison.OrdinalIgnoreCase) == true)
                    .ToArray()
            )
            {
                options.Rules.Remove(rule);
                options.Rules.Add(
                    new LoggerFilterRule(rule.ProviderName, rule.CategoryName, Higher(rule.LogLevel ?? least, least), rule.Filter)
                );
            }
            foreach (var rule in ours)
                options.Rules.Add(rule);
        }
    }

    private static LogLevel Higher(LogLevel one, LogLevel other) => one > other ? one : other;

    /// <summary>The rule that would count: that of the provider before that of all, the longest category, the last.</summary>
    private static LogLevel Chosen(LoggerFilterOptions options, string? provider, string category) =>
        options
            .Rules.Where(rule =>
                (rule.ProviderName is null || rule.ProviderName == provider)
                && (rule.CategoryName is null || category.StartsWith(rule.CategoryName, StringComparison.OrdinalIgnoreCase))
            )
            .OrderBy(rule => rule.ProviderName is not null)
            .ThenBy(rule => rule.CategoryName?.Length ?? 0)
            .LastOrDefault()
            ?.LogLevel
        ?? options.MinLevel;
}

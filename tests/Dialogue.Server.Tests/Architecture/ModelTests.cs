namespace Dialogue.Architecture;

/// <summary>The model is words and rules: it reads no clock, draws no lots and opens nothing.</summary>
public sealed class ModelTests
{
    private static readonly string[] Outside =
    [
        "System.IO.",
        "System.Net.",
        "System.Data.",
        "System.Threading.Tasks.",
        "System.Threading.Timer",
        "System.Diagnostics.Process",
        "System.Security.Cryptography.",
        "System.Console",
        "System.TimeProvider",
        "System.Random",
        "Microsoft.",
    ];

    private static readonly string[] Uncertain =
    [
        "System.DateTime.get_Now",
        "System.DateTime.get_UtcNow",
        "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now",
        "System.DateTimeOffset.get_UtcNow",
        "System.Guid.NewGuid",
        "System.Guid.CreateVersion7",
        "System.Diagnostics.Stopwatch.GetTimestamp",
        "System.Environment.get_TickCount",
        "System.Environment.get_TickCount64",
        "System.Environment.GetEnvironmentVariable",
    ];

    /// <summary>A type that touches the outside, and why it may.</summary>
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["Dialogue.Activities.Items → System.Random"] =
            "seeded with the number that comes with the command, so that the same command gives the same order",
        ["Dialogue.Wire.IDialogueClient → System.Threading.Tasks.Task"] = "the shape of the hub as SignalR wants it; nothing runs here",
        ["Dialogue.Wire.IDialogueHub → System.Threading.Tasks.Task`1"] = "the shape of the hub as SignalR wants it; nothing runs here",
    };

    private static IReadOnlyList<string> Touched(References references, Func<string, bool> here) =>
        [
            .. references
                .Types.Where(type => here(type.FullName))
                .SelectMany(type =>
                    References
                        .Of(type)
                        .Select(known => known.FullName)
                        .Where(name => Outside.Any(start => name.StartsWith(start, StringComparison.Ordinal)))
                        .Concat(References.Calls(type).Where(Uncertain.Contains))
                        .Select(what => $"{type.FullName} → {what}")
                )
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    [Fact]
    public void The_model_references_the_framework_and_nothing_else()
    {
        using var model = new References(typeof(DialogueState));
        model.AssembliesKnown.ShouldNotBeEmpty();
        model.AssembliesKnown.Where(name => !name.StartsWith("System.", StringComparison.Ordinal)).ShouldBeEmpty();
        typeof(DialogueState)
            .Assembly.GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => name is "System.Net.Http" or "System.Data.Common" or "System.Net.Sockets")
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_model_reads_no_clock_draws_no_lots_and_opens_nothing()
    {
        using var model = new References(typeof(DialogueState));
        model.Types.Count().ShouldBeGreaterThan(100);
        Touched(model, _ => true).Except(Allowed.Keys).ShouldBeEmpty();
    }

    [Fact]
    public void The_check_sees_a_clock_a_file_and_a_random_number()
    {
        using var tests = new References(typeof(ModelTests));
        var seen = Touched(tests, name => name == typeof(UncertainThing).FullName);
        seen.ShouldContain(line => line.EndsWith("System.DateTimeOffset.get_UtcNow", StringComparison.Ordinal));
        seen.ShouldContain(line => line.EndsWith("System.Guid.NewGuid", StringComparison.Ordinal));
        seen.ShouldContain(line => line.EndsWith("System.IO.File", StringComparison.Ordinal));
    }
}

internal static class UncertainThing
{
#pragma warning disable RS0030 // planted
    public static string Now => DateTimeOffset.UtcNow + Guid.NewGuid().ToString() + File.Exists("x");
#pragma warning restore RS0030
}

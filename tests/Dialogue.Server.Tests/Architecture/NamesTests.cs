using System.Reflection;
using System.Runtime.CompilerServices;
using Dialogue.Activities;
using Dialogue.Dialogues;
using Dialogue.Wire;

namespace Dialogue.Architecture;

/// <summary>Names and places that the rest of the code counts on.</summary>
public sealed class NamesTests
{
    private static readonly string[] Vague =
    [
        "Manager",
        "Helper",
        "Helpers",
        "Util",
        "Utils",
        "Service",
        "Processor",
        "Data",
        "Info",
        "Base",
        "Impl",
    ];

    private static IEnumerable<string> VagueNames(params Assembly[] assemblies) =>
        assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type =>
                !type.Name.StartsWith('<')
                && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
                && !(type.Namespace ?? "").Contains("Migrations", StringComparison.Ordinal)
            )
            .Where(type => type.Namespace?.StartsWith("Dialogue", StringComparison.Ordinal) == true)
            .Select(type => type.Name.Split('`')[0])
            .Where(name => Vague.Any(end => name.EndsWith(end, StringComparison.Ordinal)));

    [Fact]
    public void No_type_has_a_name_that_says_nothing() =>
        VagueNames(typeof(Program).Assembly, typeof(DialogueState).Assembly).ShouldBeEmpty();

    [Fact]
    public void The_check_sees_such_a_name() => VagueNames(typeof(NamesTests).Assembly).ShouldContain(nameof(ThingManager));

    [Fact]
    public void The_hub_has_exactly_four_methods_that_a_client_can_call()
    {
        string[] four = ["CatchUp", "Drop", "Perform", "Tickets"];
        typeof(DialogueHub)
            .GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Select(method => method.Name)
            .Where(name => name is not ("OnConnectedAsync" or "OnDisconnectedAsync"))
            .Order(StringComparer.Ordinal)
            .ShouldBe(four);
        typeof(IDialogueHub).GetMethods().Select(method => method.Name).Order(StringComparer.Ordinal).ShouldBe(four);
        typeof(IDialogueClient).GetMethods().Select(method => method.Name).ShouldBe(["Receive"]);
        typeof(Program)
            .Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(Microsoft.AspNetCore.SignalR.Hub)) && !type.IsAbstract)
            .ShouldBe([typeof(DialogueHub)]);
    }

    [Fact]
    public void Every_activity_has_a_folder_of_rules_and_a_folder_of_faces()
    {
        var src = Path.Combine(Repository.Root, "src");
        ActivityCatalogue.All.ShouldNotBeEmpty();
        var folders = ActivityCatalogue
            .All.Select(activity => activity.GetType().Namespace!.Split('.')[^1])
            .Order(StringComparer.Ordinal)
            .ToArray();
        foreach (var activity in ActivityCatalogue.All)
            activity.GetType().Namespace!.Split('.')[^1].ToLowerInvariant().ShouldBe(activity.Name);
        Directory
            .GetDirectories(Path.Combine(src, "Dialogue.Model", "Activities"))
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .ShouldBe(folders);
        // Parts is what the faces share.
        Directory
            .GetDirectories(Path.Combine(src, "Dialogue.Server", "Dialogues", "Room"))
            .Select(path => Path.GetFileName(path)!)
            .Where(name => name != "Parts")
            .Order(StringComparer.Ordinal)
            .ShouldBe(folders);
    }

    private sealed class ThingManager;
}

/// <summary>The working copy that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Dialogue.sln")))
            folder =
                Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("These tests read the sources; run them inside the working copy.");
        return folder;
    }
}

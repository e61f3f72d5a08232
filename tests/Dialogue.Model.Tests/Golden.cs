using System.Runtime.CompilerServices;

namespace Dialogue;

/// <summary>Files that say what was promised. They change only when somebody asks for it: <c>UPDATE_GOLDEN=1 dotnet test</c>.</summary>
public static class Golden
{
    public static bool Updating => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    public static void Check(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        text = text.ReplaceLineEndings("\n");
        if (Updating)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        File.Exists(path).ShouldBeTrue($"{file} is not there: run once with UPDATE_GOLDEN=1 and read what it made");
        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(text, $"{file} says something else: a promise has changed");
    }

    public static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Folder, folder), "*.json").Order(StringComparer.Ordinal);

    public static string Folder { get; } = Here();

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}

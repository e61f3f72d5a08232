using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using NJsonSchema;

namespace Dialogue.Templates;

/// <summary>
/// The methods that can be held: every <c>*.yaml</c> of one folder. A file that is wrong is listed with its line and reason and can not be
/// chosen; it never stops the server, the other files or a dialogue that was prepared from it. The folder is looked at again when
/// something in it changed, so that somebody who writes a template sees the outcome by loading the page again.
/// </summary>
public sealed class TemplateFolder
{
    public const string Setting = "Templates:Folder";
    public const int LargestFile = 256 * 1024;
    private const int MostFiles = 200;
    private const string SchemaFile = "template.schema.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        MaxDepth = YamlReader.Deepest + 2,
    };

    private readonly string folder;
    private readonly Lock reading = new();
    private (string Stamp, TemplateListing Listing) last = ("", new([]));

    public TemplateFolder(IConfiguration configuration, IHostEnvironment environment)
        : this(Find(configuration[Setting], environment.ContentRootPath)) { }

    internal TemplateFolder(string folder) => this.folder = folder;

    public TemplateListing Read()
    {
        lock (reading)
        {
            if (!Directory.Exists(folder))
                return new([
                    new TemplateFile(Path.GetFileName(folder), null, [new TemplateProblem(0, $"the folder '{folder}' is not there")]),
                ]);
            var files = new DirectoryInfo(folder)
                .GetFiles("*.yaml")
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Take(MostFiles)
                .ToArray();
            var stamp = string.Join('|', files.Select(file => $"{file.Name}:{file.Length}:{file.LastWriteTimeUtc.Ticks}"));
            if (stamp != last.Stamp)
                last = (stamp, new([.. Load(files)]));
            return last.Listing;
        }
    }

    /// <summary>A template that can be held, or null.</summary>
    public SessionTemplate? Find(string? key) => key is not null && Read().ByKey.TryGetValue(key, out var found) ? found : null;

    private IEnumerable<TemplateFile> Load(IEnumerable<FileInfo> files)
    {
        JsonSchema schema;
        try
        {
            schema = JsonSchema.FromJsonAsync(File.ReadAllText(Path.Combine(folder, SchemaFile))).GetAwaiter().GetResult();
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or Newtonsoft.Json.JsonException or InvalidOperationException)
        {
            return [new TemplateFile(SchemaFile, null, [new TemplateProblem(0, "the schema can not be read: " + e.Message)])];
        }

        return files.Select(file => Load(file, schema));
    }

    private static TemplateFile Load(FileInfo file, JsonSchema schema)
    {
        try
        {
            if (file.Length > LargestFile)
                return Wrong(file, 0, $"the file is {file.Length / 1024} kB; a template is at most {LargestFile / 1024} kB");
            return Parse(file.Name, File.ReadAllText(file.FullName), schema);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Wrong(file, 0, "the file can not be read: " + e.Message);
        }
    }

    internal static TemplateFile Parse(string name, string yaml, JsonSchema schema)
    {
        YamlDocument document;
        try
        {
            document = YamlReader.Read(yaml);
        }
        catch (YamlRefused e)
        {
            return new TemplateFile(name, null, [new TemplateProblem(e.Line, e.Message)]);
        }

        var json = document.Root?.ToJsonString() ?? "null";
        var problems = SchemaWords.Deepest(schema.Validate(json)).Select(error => SchemaWords.Say(error, document)).ToList();
        if (problems.Count > 0)
            return new TemplateFile(name, null, problems);

        SessionTemplate template;
        try
        {
            template = JsonSerializer.Deserialize<SessionTemplate>(json, Json)!;
        }
        catch (JsonException e)
        {
            return new TemplateFile(
                name,
                null,
                [new TemplateProblem(document.LineOf(e.Path?.TrimStart('$', '.') ?? ""), "this does not fit a template: " + e.Path)]
            );
        }

        if (!string.Equals(Path.GetFileNameWithoutExtension(name), template.Key, StringComparison.Ordinal))
            problems.Add(
                new TemplateProblem(
                    document.LineOf("key"),
                    $"the key is '{template.Key}'; it must be the name of the file, '{Path.GetFileNameWithoutExtension(name)}'"
                )
            );
        if (template.MaxPeople < template.MinPeople)
            problems.Add(new TemplateProblem(document.LineOf("maxPeople"), "'maxPeople' is smaller than 'minPeople'"));
        problems.AddRange(
            TemplateCheck.Problems(template).Select(problem => new TemplateProblem(LineOfPhase(problem, template, document), problem))
        );
        return new TemplateFile(name, problems.Count == 0 ? template : null, problems);
    }

    private static TemplateFile Wrong(FileInfo file, int line, string reason) => new(file.Name, null, [new TemplateProblem(line, reason)]);

    private static int LineOfPhase(string problem, SessionTemplate template, YamlDocument document)
    {
        for (var index = template.Phases.Count - 1; index >= 0; index--)
            if (problem.StartsWith(template.Phases[index].Key + ":", StringComparison.Ordinal))
                return document.LineOf($"phases[{index}]");
        return document.LineOf("phases");
    }

    /// <summary>
    /// The folder that was asked for; else the one beside the program; else the one of the sources, for whoever works on it.
    /// </summary>
    private static string Find(string? setting, string contentRoot)
    {
        if (!string.IsNullOrEmpty(setting))
            return Path.GetFullPath(Path.Combine(contentRoot, setting));
        string[] candidates =
        [
            Path.Combine(contentRoot, "session-templates"),
            Path.Combine(contentRoot, "..", "..", "session-templates"),
            Path.Combine(AppContext.BaseDirectory, "session-templates"),
        ];
        return Path.GetFullPath(candidates.FirstOrDefault(Directory.Exists) ?? candidates[^1]);
    }
}

/// <summary>What is in the folder, right and wrong.</summary>
public sealed class TemplateListing(IReadOnlyList<TemplateFile> files)
{
    public IReadOnlyList<TemplateFile> Files { get; } = files;
    public IReadOnlyList<SessionTemplate> Templates { get; } = [.. files.Select(file => file.Template).OfType<SessionTemplate>()];
    public FrozenDictionary<string, SessionTemplate> ByKey =>
        byKey ??= Templates.ToFrozenDictionary(template => template.Key, StringComparer.Ordinal);
    private FrozenDictionary<string, SessionTemplate>? byKey;
}

/// <summary>One file: a template, or what is wrong with it.</summary>
public sealed record TemplateFile(string Name, SessionTemplate? Template, IReadOnlyList<TemplateProblem> Problems)
{
    public bool Valid => Template is not null;
}

/// <param name="Line">Where in the file; 0 when it is about the whole of it.</param>
public sealed record TemplateProblem(int Line, string Reason);

using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Dialogue.Templates;

/// <summary>
/// YAML as far as a template needs it: mappings, lists and plain values. Anchors, aliases and tags are refused, for they let a small file
/// grow without end or ask for types; so are depth and size beyond reason. Keeps the line of every value, for messages.
/// </summary>
internal static class YamlReader
{
    public const int Deepest = 32;
    private const int MostNodes = 20_000;

    public static YamlDocument Read(string text)
    {
        try
        {
            var reading = new Reading(new Parser(new StringReader(text)));
            return reading.Document();
        }
        catch (YamlException e)
        {
            throw new YamlRefused((int)e.Start.Line, "this is not YAML: " + e.Message);
        }
    }

    private sealed class Reading(Parser parser)
    {
        private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);
        private int nodes;

        public YamlDocument Document()
        {
            parser.Consume<StreamStart>();
            if (parser.TryConsume<StreamEnd>(out _))
                throw new YamlRefused(1, "the file is empty");
            parser.Consume<DocumentStart>();
            var root = Node("", depth: 1);
            parser.Consume<DocumentEnd>();
            if (!parser.TryConsume<StreamEnd>(out var more))
                throw new YamlRefused(Line(parser.Current!), "one file holds one template: a second document begins here");
            _ = more;
            return new YamlDocument(root, lines);
        }

        private JsonNode? Node(string path, int depth)
        {
            var happened = parser.Consume<ParsingEvent>();
            lines.TryAdd(path, Line(happened));
            if (depth > Deepest)
                throw new YamlRefused(Line(happened), $"this is nested more than {Deepest} levels deep");
            if (++nodes > MostNodes)
                throw new YamlRefused(Line(happened), "there is too much in this file");
            if (happened is AnchorAlias)
                throw new YamlRefused(Line(happened), "an alias (*) is not allowed: write it out");
            if (happened is NodeEvent node)
            {
                if (!node.Anchor.IsEmpty)
                    throw new YamlRefused(Line(happened), "an anchor (&) is not allowed: write it out");
                if (!node.Tag.IsEmpty)
                    throw new YamlRefused(Line(happened), "a tag (!) is not allowed");
            }

            switch (happened)
            {
                case Scalar scalar:
                    return Value(scalar);
                case SequenceStart:
                    var list = new JsonArray();
                    while (!parser.TryConsume<SequenceEnd>(out _))
                        list.Add(Node($"{path}[{list.Count}]", depth + 1));
                    return list;
                case MappingStart:
                    var map = new JsonObject();
                    while (!parser.TryConsume<MappingEnd>(out _))
                    {
                        if (parser.Current is not Scalar { Anchor.IsEmpty: true, Tag.IsEmpty: true } key)
                            throw new YamlRefused(Line(parser.Current!), "the name of a field is plain text");
                        parser.MoveNext();
                        if (map.ContainsKey(key.Value))
                            throw new YamlRefused(Line(key), $"'{key.Value}' is there twice");
                        var child = path.Length == 0 ? key.Value : $"{path}.{key.Value}";
                        lines.TryAdd(child, Line(key));
                        map[key.Value] = Node(child, depth + 1);
                    }

                    return map;
                default:
                    throw new YamlRefused(Line(happened), "this can not be read");
            }
        }

        private static JsonNode? Value(Scalar scalar) =>
            scalar.Style != ScalarStyle.Plain
                ? JsonValue.Create(scalar.Value)
                : scalar.Value switch
                {
                    "" or "~" or "null" => null,
                    "true" => JsonValue.Create(true),
                    "false" => JsonValue.Create(false),
                    var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
                        JsonValue.Create(number),
                    var text => JsonValue.Create(text),
                };

        private static int Line(ParsingEvent happened) => (int)happened.Start.Line;
    }
}

/// <summary>A file as JSON, with the line of each path such as <c>phases[2].minutes</c>.</summary>
internal sealed record YamlDocument(JsonNode? Root, IReadOnlyDictionary<string, int> Lines)
{
    /// <summary>The line of a path, or of the nearest thing that holds it.</summary>
    public int LineOf(string path)
    {
        while (true)
        {
            if (Lines.TryGetValue(path, out var line))
                return line;
            var end = path.LastIndexOfAny(['.', '[']);
            if (end < 0)
                return Lines.GetValueOrDefault("", 1);
            path = path[..end];
        }
    }
}

/// <summary>Why a file was not read. Thrown and caught within loading one file.</summary>
#pragma warning disable MA0056, RCS1194, CA1032 // only ever made here, with a line
internal sealed class YamlRefused(int line, string reason) : Exception(reason)
{
    public int Line { get; } = line;
}
#pragma warning restore MA0056, RCS1194, CA1032

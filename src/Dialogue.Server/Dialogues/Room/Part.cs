using Microsoft.Extensions.Localization;

namespace Dialogue.Dialogues.Room;

/// <summary>One thing to change on a page, before it is drawn.</summary>
/// <param name="Do">What the page does with it; see <see cref="Wire.Change"/>.</param>
/// <param name="Into">Where a new element goes; the page also moves an element that stands elsewhere.</param>
/// <param name="Region">The region it lies in: drawn again, that region makes this change needless.</param>
public sealed record Part(
    string Do,
    string Target,
    Type? Face = null,
    string? Into = null,
    string? Region = null,
    (string Name, object Value)? Of = null,
    Func<IStringLocalizer<Words>, string>? Words = null
)
{
    public static Part Morph<TFace>(string target, string? region = null) => new("morph", target, typeof(TFace), Region: region);

    public static Part Put<TFace>(string target, string into, string name, object value, string region = Regions.BoardId) =>
        Put(typeof(TFace), target, into, name, value, region);

    public static Part Put(Type face, string target, string into, string name, object value, string region = Regions.BoardId) =>
        new("put", target, face, into, region, (name, value));

    public static Part Remove(string target, string region = Regions.BoardId) => new("remove", target, Region: region);

    /// <summary>Words for a screen reader and nothing else.</summary>
    public static Part Say(Func<IStringLocalizer<Words>, string> words) => new("say", "polite", Words: words);
}

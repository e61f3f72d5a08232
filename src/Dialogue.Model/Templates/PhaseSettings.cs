namespace Dialogue.Templates;

/// <summary>
/// What a template sets for one phase. Each activity has a record of its own in its own folder; the schema for writers of templates is
/// generated from these records (<c>TemplateSchema</c>), so that the two cannot differ.
/// </summary>
public abstract record PhaseSettings
{
    /// <summary>Keys of earlier phases whose items are worked on; empty means all of them.</summary>
    public virtual IReadOnlyList<string> WorksOn() => [];

    /// <summary>Lists of which each key is used once.</summary>
    public virtual IEnumerable<IReadOnlyList<Choice>> Lists() => [];
}

/// <summary>The settings of an activity that has none.</summary>
public sealed record NoSettings : PhaseSettings
{
    public static NoSettings Instance { get; } = new();
}

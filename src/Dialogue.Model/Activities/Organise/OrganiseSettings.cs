using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dialogue.Templates;

namespace Dialogue.Activities.Organise;

/// <summary>What a template sets for a phase in which what is there is arranged.</summary>
public sealed record OrganiseSettings : PhaseSettings
{
    /// <summary>Null is refused when the template is read.</summary>
    [Description("how items are arranged.")]
    public OrganiseLayout? Layout { get; init; }

    [Description("with layout columns: the columns."), Length(2, 8)]
    public IReadOnlyList<Choice> Columns { get; init; } = [];

    [Description("keys of earlier phases whose items are worked on."), MinLength(1)]
    public IReadOnlyList<string> From { get; init; } = [];

    public override IReadOnlyList<string> WorksOn() => From;

    public override IEnumerable<IReadOnlyList<Choice>> Lists() => [Columns];
}

/// <summary>How items are arranged.</summary>
public enum OrganiseLayout
{
    Columns,
    Values,
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dialogue.Templates;

namespace Dialogue.Activities.Decide;

/// <summary>What a template sets for a phase in which an outcome is fixed.</summary>
public sealed record DecideSettings : PhaseSettings
{
    [Description("what one may stand for."), Length(2, 8)]
    public IReadOnlyList<Choice> Positions { get; init; } = [];

    /// <summary>Null is refused when the template is read.</summary>
    [Description("how the outcome is fixed.")]
    public DecisionRule? Rule { get; init; }

    [Description("keys of earlier phases whose items are worked on."), MinLength(1)]
    public IReadOnlyList<string> From { get; init; } = [];

    public override IReadOnlyList<string> WorksOn() => From;

    public override IEnumerable<IReadOnlyList<Choice>> Lists() => [Positions];
}

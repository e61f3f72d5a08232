using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dialogue.Templates;

namespace Dialogue.Activities.Assess;

/// <summary>What a template sets for a phase in which everybody weighs.</summary>
public sealed record AssessSettings : PhaseSettings
{
    /// <summary>Null is refused when the template is read.</summary>
    [Description("a scale on each subject, or points over items.")]
    public AssessInstrument? Instrument { get; init; }

    [Description("what is assessed, when these are not items."), Length(1, 12)]
    public IReadOnlyList<Choice> Subjects { get; init; } = [];

    [Description("with scale: the number of steps."), Range(2, 10)]
    public int Steps { get; init; } = 5;

    [Description("with dots: the points each person divides."), Range(1, 20)]
    public int Points { get; init; } = 3;

    [Description("with scale: what the lowest step means.")]
    public Text? LowLabel { get; init; }

    [Description("with scale: what the highest step means.")]
    public Text? HighLabel { get; init; }

    [Description("keys of earlier phases whose items are worked on."), MinLength(1)]
    public IReadOnlyList<string> From { get; init; } = [];

    public override IReadOnlyList<string> WorksOn() => From;

    public override IEnumerable<IReadOnlyList<Choice>> Lists() => [Subjects];
}

/// <summary>How something is weighed.</summary>
public enum AssessInstrument
{
    /// <summary>One step for each subject.</summary>
    Scale,

    /// <summary>So many points over all subjects together.</summary>
    Dots,
}

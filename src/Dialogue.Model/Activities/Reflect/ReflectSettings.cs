using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dialogue.Templates;

namespace Dialogue.Activities.Reflect;

/// <summary>What a template sets for a phase in which people look at the conversation.</summary>
public sealed record ReflectSettings : PhaseSettings
{
    [Description("questions on a scale of 1 to 5."), Length(1, 6)]
    public IReadOnlyList<Choice> Questions { get; init; } = [];

    [Description("an open question at the end.")]
    public Text? OpenQuestion { get; init; }

    public override IEnumerable<IReadOnlyList<Choice>> Lists() => [Questions];
}

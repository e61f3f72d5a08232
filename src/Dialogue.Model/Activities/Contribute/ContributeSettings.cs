using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dialogue.Templates;

namespace Dialogue.Activities.Contribute;

/// <summary>What a template sets for a phase in which everybody brings something in.</summary>
public sealed record ContributeSettings : PhaseSettings
{
    [Description("what may be brought in."), MinLength(1)]
    public IReadOnlyList<ItemKind> Kinds { get; init; } = [];

    [Description("compartments; each item goes into one."), Length(2, 8)]
    public IReadOnlyList<Choice> Buckets { get; init; } = [];

    [Description("deal the persona cards of the dialogue, one to a seat.")]
    public bool Personas { get; init; }

    public override IEnumerable<IReadOnlyList<Choice>> Lists() => [Buckets];
}

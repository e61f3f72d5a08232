using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dialogue.Templates;

namespace Dialogue.Activities.Commit;

/// <summary>What a template sets for a phase in which people agree who does what.</summary>
public sealed record CommitSettings : PhaseSettings
{
    [Description("how many agreements are wise; more gives a warning and is allowed."), Range(1, 50)]
    public int AdviceMaximum { get; init; } = 5;

    [Description("keys of earlier phases whose items are worked on."), MinLength(1)]
    public IReadOnlyList<string> From { get; init; } = [];

    public override IReadOnlyList<string> WorksOn() => From;
}

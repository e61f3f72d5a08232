using System.ComponentModel;
using Dialogue.Templates;

namespace Dialogue.Activities.Present;

/// <summary>What a template sets for a phase in which somebody tells.</summary>
public sealed record PresentSettings : PhaseSettings
{
    [Description("show the story of the case and its facts.")]
    public bool ShowCase { get; init; }
}

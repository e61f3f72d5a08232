using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dialogue.Templates;

namespace Dialogue.Activities.Talk;

/// <summary>What a template sets for a spoken exchange.</summary>
public sealed record TalkSettings : PhaseSettings
{
    [Description("what guides may note; without it nothing is noted."), MinLength(1)]
    public IReadOnlyList<ItemKind> Kinds { get; init; } = [];

    [Description("as hands go up, or round the table and then as hands go up. Without it: free.")]
    public TurnMode TurnMode { get; init; } = TurnMode.Free;

    /// <summary>Seconds, as advice: nothing counts and nobody is cut off. Null: no advice.</summary>
    [Description("how long a turn may take, as advice."), Range(10, 900)]
    public int? SecondsPerTurn { get; init; }

    [Description("with a round: the decision maker and whoever is higher in rank come last.")]
    public bool HighestRankLast { get; init; }

    [Description("keys of earlier phases whose items are worked on."), MinLength(1)]
    public IReadOnlyList<string> From { get; init; } = [];

    public override IReadOnlyList<string> WorksOn() => From;
}

/// <summary>Who speaks next.</summary>
public enum TurnMode
{
    /// <summary>As hands go up.</summary>
    Free,

    /// <summary>Everybody with a voice once, and then as hands go up.</summary>
    Round,
}

using Dialogue.Activities;

namespace Dialogue.Outcomes;

/// <summary>The kinds of record, with the class of each in the law on open government and in keeping.</summary>
public static class OutcomeKinds
{
    public const string ValueAtStake = "valueAtStake";
    public const string Tension = "tension";
    public const string Assessment = "assessment";
    public const string Position = "position";
    public const string Objection = "objection";
    public const string Decision = "decision";
    public const string MinorityView = "minorityView";
    public const string OpenQuestion = "openQuestion";
    public const string Agreement = "agreement";
    public const string Risk = "risk";
    public const string Review = "review";
    public const string Evaluation = "evaluation";

    public static IReadOnlyList<string> All { get; } =
    [
        .. Items.Kinds,
        ValueAtStake,
        Tension,
        Assessment,
        Position,
        Objection,
        Decision,
        MinorityView,
        OpenQuestion,
        Agreement,
        Risk,
        Review,
        Evaluation,
    ];

    /// <summary>Somebody brought it in, in words of their own.</summary>
    public static bool IsItem(string kind) => Items.Kinds.Contains(kind);

    public static string WooClass(string kind) =>
        kind switch
        {
            "fact" or "effect" or "option" or "stakeholder" or "question" or "evidence" or OpenQuestion or Agreement or Review =>
                "objective",
            "argument" or "value" or ValueAtStake or Tension or Position or Objection or Assessment or MinorityView => "opinion",
            Evaluation => "personal",
            _ => "mixed",
        };

    /// <summary>
    /// What was concluded belongs to the file; what was only said on the way is working material, unless something rests on it.
    /// </summary>
    public static string RetentionClass(string kind) =>
        kind switch
        {
            Evaluation => "evaluation",
            "fact" or ValueAtStake or Tension or Decision or MinorityView or OpenQuestion or Agreement or Risk or Review => "dossier",
            _ => "working",
        };
}

/// <summary>The kinds of link, from what came later to what it came from.</summary>
public static class OutcomeLinks
{
    /// <summary>A decision or agreement rests on an item.</summary>
    public const string Because = "because";

    /// <summary>An item or agreement serves a value.</summary>
    public const string Serves = "serves";

    /// <summary>An item or tension strains a value.</summary>
    public const string Strains = "strains";

    /// <summary>A minority view or review asks to look at a decision again.</summary>
    public const string Recheck = "recheck";

    /// <summary>A minority view stands beside a decision.</summary>
    public const string Beside = "beside";

    /// <summary>An assessment is of an item.</summary>
    public const string Of = "of";
}

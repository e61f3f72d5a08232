namespace Dialogue.Outcomes;

/// <summary>The kinds of record: what people brought in (as <see cref="ItemKind"/>), and what the dialogue made of it.</summary>
public enum OutcomeKind
{
    Fact,
    Question,
    Stakeholder,
    Effect,
    Value,
    Argument,
    Option,
    Example,
    Signal,
    Lesson,
    Evidence,
    Answer,
    Norm,
    ValueAtStake,
    Tension,
    Assessment,
    Position,
    Objection,
    Decision,

    /// <summary>Earlier words of a decision, with the reason why they were corrected.</summary>
    Wording,
    MinorityView,
    OpenQuestion,
    Agreement,
    Risk,
    Review,
    Evaluation,
}

/// <summary>The line that the law on open government draws.</summary>
public enum WooClass
{
    Objective,
    Opinion,
    Personal,
    Mixed,
}

/// <summary>What a term of keeping hangs on.</summary>
public enum RetentionClass
{
    /// <summary>Belongs to the file of the case.</summary>
    Dossier,

    /// <summary>Was said on the way, and nothing rests on it.</summary>
    Working,

    /// <summary>Is about the conversation and not about the case.</summary>
    Evaluation,
}

/// <summary>The class of each kind in the law on open government and in keeping.</summary>
public static class OutcomeKinds
{
    /// <summary>A record of an item has the same name as its kind.</summary>
    public static OutcomeKind Of(ItemKind kind) => Choices.Read<OutcomeKind>(kind.Word())!.Value;

    /// <summary>Somebody brought it in, in words of their own.</summary>
    public static bool IsItem(OutcomeKind kind) => kind < OutcomeKind.ValueAtStake;

    public static WooClass WooClass(OutcomeKind kind) =>
        kind switch
        {
            OutcomeKind.Fact
            or OutcomeKind.Effect
            or OutcomeKind.Option
            or OutcomeKind.Stakeholder
            or OutcomeKind.Question
            or OutcomeKind.Evidence
            or OutcomeKind.OpenQuestion
            or OutcomeKind.Agreement
            or OutcomeKind.Review => Outcomes.WooClass.Objective,
            OutcomeKind.Argument
            or OutcomeKind.Value
            or OutcomeKind.ValueAtStake
            or OutcomeKind.Tension
            or OutcomeKind.Position
            or OutcomeKind.Objection
            or OutcomeKind.Assessment
            or OutcomeKind.MinorityView => Outcomes.WooClass.Opinion,
            OutcomeKind.Evaluation => Outcomes.WooClass.Personal,
            _ => Outcomes.WooClass.Mixed,
        };

    /// <summary>
    /// What was concluded belongs to the file; what was only said on the way is working material, unless something rests on it.
    /// </summary>
    public static RetentionClass RetentionClass(OutcomeKind kind) =>
        kind switch
        {
            OutcomeKind.Evaluation => Outcomes.RetentionClass.Evaluation,
            OutcomeKind.Fact
            or OutcomeKind.ValueAtStake
            or OutcomeKind.Tension
            or OutcomeKind.Decision
            or OutcomeKind.Wording
            or OutcomeKind.MinorityView
            or OutcomeKind.OpenQuestion
            or OutcomeKind.Agreement
            or OutcomeKind.Risk
            or OutcomeKind.Review => Outcomes.RetentionClass.Dossier,
            _ => Outcomes.RetentionClass.Working,
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

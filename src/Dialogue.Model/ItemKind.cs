namespace Dialogue;

/// <summary>
/// What kind of thing somebody brought in. Kinds are kept apart in the record: a fact is no effect and an effect no value.
/// </summary>
public enum ItemKind
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
}

/// <summary>How sure a fact is. What nobody checked is <see cref="ToCheck"/>, whoever wrote it.</summary>
public enum Certainty
{
    /// <summary>A guide or whoever brought the case stands for it.</summary>
    Known,

    /// <summary>People disagree about it.</summary>
    Disputed,

    /// <summary>Somebody wrote it and nobody has checked it.</summary>
    ToCheck,

    /// <summary>It is known that this is not known.</summary>
    Unknown,
}

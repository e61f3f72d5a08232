namespace Dialogue.Activities.Commit;

/// <summary>
/// What was agreed in the room: what is done, by when, how others will see it, and because of which words. Who does it and who looks
/// whether it was done is kept beside the log (<see cref="PersonKey.Owner"/>, <see cref="PersonKey.Verifier"/>).
/// </summary>
/// <param name="Because">The items (options, effects, arguments) that this agreement comes from; at least one of these or of the
/// values.</param>
/// <param name="BecauseValues">Keys of the values that this agreement serves.</param>
/// <param name="Confirmed">A guide has read it aloud and the room agrees; only confirmed agreements are offered to their owners.</param>
public sealed record Agreement(
    ItemId Id,
    string Text,
    AgreementKind Kind,
    IReadOnlyList<ItemId> Because,
    IReadOnlyList<string> BecauseValues,
    string FirstStep,
    DateOnly FirstStepDate,
    DateOnly DueDate,
    string? IfThen,
    string EvidencePlan,
    string? Indicator,
    bool Confirmed
);

/// <summary>What kind of thing was agreed.</summary>
public enum AgreementKind
{
    /// <summary>Put right what went wrong for somebody.</summary>
    Repair,
    Prevent,
    FindOut,
    Technology,
    Rule,
    Behaviour,
    Communicate,
    ReportBack,
    Signal,
}

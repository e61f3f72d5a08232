namespace Dialogue;

/// <summary>What must be clear before people are asked to come. Fields that are empty or null are not filled in yet.</summary>
public sealed record Intake
{
    /// <summary>Who asks for the dialogue and can do something with its outcome; a person or a role.</summary>
    public string Sponsor { get; init; } = "";

    /// <summary>What the dialogue may end in; null until it is agreed.</summary>
    public OutcomeStatus? StatusOfOutcome { get; init; }

    /// <summary>Who keeps an eye on what was agreed, afterwards.</summary>
    public string FollowUpOwner { get; init; } = "";

    /// <summary>The address at which <see cref="FollowUpOwner"/> is reminded; null when there is none.</summary>
    public string? FollowUpOwnerEmail { get; init; }

    /// <summary>When people look back; a date in the zone of the organisation.</summary>
    public DateOnly? ReviewDate { get; init; }

    /// <summary>Who may decide what; null when nothing is said about it.</summary>
    public string? Mandate { get; init; }

    /// <summary>Managers of participants are at the table.</summary>
    public bool HierarchyPresent { get; init; }

    /// <summary>The groups that the question touches, at most <see cref="Limits.AffectedGroups"/>.</summary>
    public IReadOnlyList<AffectedGroup> Affected { get; init; } = [];

    /// <summary>The same without the people in it, as the log has it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IntakeTerms Terms =>
        new()
        {
            StatusOfOutcome = StatusOfOutcome,
            ReviewDate = ReviewDate,
            Mandate = Mandate,
            HierarchyPresent = HierarchyPresent,
            Affected = [.. Affected.Select(group => group.Chair == Chair.Represented ? group with { Note = null } : group)],
        };

    /// <summary>The people in it, each under the part that they have.</summary>
    public IReadOnlyDictionary<PersonKey, NamedPerson?> People()
    {
        var people = new Dictionary<PersonKey, NamedPerson?>
        {
            [new(PersonPart.Sponsor)] = NamedPerson.Of(Sponsor),
            [new(PersonPart.FollowUpOwner)] = NamedPerson.Of(FollowUpOwner, FollowUpOwnerEmail),
        };
        for (var place = 0; place < Affected.Count; place++)
            if (Affected[place] is { Chair: Chair.Represented, Note: { } representative })
                people[new(PersonPart.Representative, place)] = NamedPerson.Of(representative);
        return people;
    }

    /// <summary>Whether a person of this part belongs to the intake.</summary>
    public static bool Names(PersonKey key) => key.Part is PersonPart.Sponsor or PersonPart.FollowUpOwner or PersonPart.Representative;
}

/// <summary>What was agreed beforehand, as the log keeps it: without people. See <see cref="Intake"/> for what each field means.</summary>
public sealed record IntakeTerms
{
    public OutcomeStatus? StatusOfOutcome { get; init; }
    public DateOnly? ReviewDate { get; init; }
    public string? Mandate { get; init; }
    public bool HierarchyPresent { get; init; }

    /// <summary>The note of a group that somebody speaks for is null here: it is the name of whoever does.</summary>
    public IReadOnlyList<AffectedGroup> Affected { get; init; } = [];

    /// <summary>With the people as they are known now; whoever is forgotten is an empty name.</summary>
    public Intake With(IReadOnlyDictionary<PersonKey, NamedPerson> people) =>
        new()
        {
            Sponsor = people.GetValueOrDefault(new(PersonPart.Sponsor))?.Name ?? "",
            StatusOfOutcome = StatusOfOutcome,
            FollowUpOwner = people.GetValueOrDefault(new(PersonPart.FollowUpOwner))?.Name ?? "",
            FollowUpOwnerEmail = people.GetValueOrDefault(new(PersonPart.FollowUpOwner))?.Email,
            ReviewDate = ReviewDate,
            Mandate = Mandate,
            HierarchyPresent = HierarchyPresent,
            Affected =
            [
                .. Affected.Select(
                    (group, place) =>
                        group.Chair == Chair.Represented
                            ? group with
                            {
                                Note = people.GetValueOrDefault(new(PersonPart.Representative, place))?.Name,
                            }
                            : group
                ),
            ],
        };
}

/// <summary>What a dialogue may end in, agreed beforehand.</summary>
public enum OutcomeStatus
{
    /// <summary>To understand: nothing is settled.</summary>
    Explore,

    /// <summary>The room advises and somebody else decides.</summary>
    Advice,

    /// <summary>The room, or whoever holds the mandate in it, decides.</summary>
    Decision,
}

/// <summary>A group that is affected: is it at the table, does somebody speak for it, or is its chair empty, and why?</summary>
/// <param name="Chair">Null until somebody chose.</param>
/// <param name="Note">Who represents it, or why it is not there; required for those two.</param>
public sealed record AffectedGroup(string Name, Chair? Chair, string? Note);

/// <summary>How an affected group takes part.</summary>
public enum Chair
{
    Invited,
    Represented,
    Waived,
}

using Dialogue.Activities.Decide;
using Dialogue.Dialogues;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Outcomes;

/// <summary>
/// Who is named in the outcome of one dialogue. What is stored of an outcome names nobody; the names are joined when it is read, so that
/// whoever is erased beside the log is erased from every report too.
/// </summary>
internal sealed class OutcomePeople
{
    private readonly Dictionary<PersonKey, NamedPerson> named = [];
    private readonly Dictionary<int, string> seats = [];

    /// <summary>By dialogue; one in which nobody is named (any more) is not in it.</summary>
    public static async Task<IReadOnlyDictionary<Guid, OutcomePeople>> Read(
        DialogueDb db,
        IReadOnlyList<Guid> dialogues,
        CancellationToken stop
    )
    {
        var found = new Dictionary<Guid, OutcomePeople>();
        OutcomePeople Of(Guid dialogue) => found.TryGetValue(dialogue, out var people) ? people : found[dialogue] = new OutcomePeople();
        foreach (
            var row in await db.Set<NamedPersonRow>().AsNoTracking().Where(row => dialogues.Contains(row.DialogueId)).ToListAsync(stop)
        )
            Of(row.DialogueId).named[row.Key] = row.Person;
        foreach (var row in await db.Set<SeatNameRow>().AsNoTracking().Where(row => dialogues.Contains(row.DialogueId)).ToListAsync(stop))
            Of(row.DialogueId).seats[row.Seat] = row.Name;
        return found;
    }

    public OutcomeHead Join(OutcomeHead head) =>
        head with
        {
            Sponsor = Name(new(PersonPart.Sponsor)) ?? "",
            FollowUpOwner = Name(new(PersonPart.FollowUpOwner)) ?? "",
            Affected =
            [
                .. head.Affected.Select(
                    (group, place) =>
                        group.Chair == Chair.Represented ? group with { Note = Name(new(PersonPart.Representative, place)) } : group
                ),
            ],
        };

    public RecordDetail Join(OutcomeRecordRow record, RecordDetail detail) =>
        (record.Kind, record.Number) switch
        {
            (OutcomeKind.Agreement, { } number) => detail with
            {
                Owner = Name(new(PersonPart.Owner, number)),
                Verifier = Name(new(PersonPart.Verifier, number)),
            },
            (OutcomeKind.Risk, { } number) => detail with
            {
                BorneBy = Name(new(PersonPart.RiskBearer, number)),
                AcceptedBy = Name(new(PersonPart.RiskAccepter, number)),
            },
            (OutcomeKind.MinorityView, _) when detail is { HolderKind: HolderKind.Named, HolderSeat: { } seat } => detail with
            {
                Holder = seats.GetValueOrDefault(seat),
            },
            _ => detail,
        };

    private string? Name(PersonKey key) => named.GetValueOrDefault(key) is { Name.Length: > 0 } person ? person.Name : null;
}

using Dialogue.Organisations.People;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>
/// Erases somebody from the dialogues of an organisation: the name at every seat, who is named beside the log, which seat the account had,
/// and the facilitator on the card. Every open screen is drawn again without it.
/// </summary>
internal sealed class ErasesSeats(DialogueDb db, LiveDialogues dialogues, LogWiper wiper) : IErasesPeople
{
    public async Task<Answer.Refused?> EraseFirst(ErasedPerson person, CancellationToken stop)
    {
        var (names, addresses) = (person.Names, person.Addresses);
        var mine = db.Set<DialogueRow>().Where(row => row.OrganisationId == person.Organisation).Select(row => row.Id);
        var named = await db.Set<NamedPersonRow>()
            .AsNoTracking()
            .Where(row =>
                mine.Contains(row.DialogueId) && (names.Contains(row.Name) || (row.Email != null && addresses.Contains(row.Email)))
            )
            .Select(row => new
            {
                row.DialogueId,
                row.Part,
                row.Number,
            })
            .ToListAsync(stop);
        foreach (var one in named)
            if (await Forget(one.DialogueId, new ForgetPerson(one.Part, one.Number)) is { } refused)
                return refused;

        var account = person.Account;
        var seats = await db.Set<SeatNameRow>()
            .AsNoTracking()
            .Where(row =>
                mine.Contains(row.DialogueId)
                && (
                    names.Contains(row.Name)
                    || db.Set<SeatRow>()
                        .Any(seat =>
                            account != null && seat.AccountId == account && seat.DialogueId == row.DialogueId && seat.Seat == row.Seat
                        )
                )
            )
            .Select(row => new { row.DialogueId, row.Seat })
            .ToListAsync(stop);
        foreach (var seat in seats)
            if (await Forget(seat.DialogueId, new ForgetName(new(seat.Seat))) is { } refused)
                return refused;
        return null;
    }

    public async Task Erase(DialogueDb db, ErasedPerson person, CancellationToken stop)
    {
        var names = person.Names;
        await db.Set<DialogueRow>()
            .Where(row => row.OrganisationId == person.Organisation && names.Contains(row.Facilitator))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Facilitator, ErasedPerson.Nobody), stop);
        await db.Set<NewcomerRow>()
            .Where(row =>
                names.Contains(row.Name)
                && db.Set<DialogueRow>().Any(card => card.Id == row.DialogueId && card.OrganisationId == person.Organisation)
            )
            .ExecuteDeleteAsync(stop);
        if (person.Account is not { } account)
            return;
        await db.Set<SeatRow>().Where(row => row.AccountId == account).ExecuteDeleteAsync(stop);
        await db.Set<DialogueTeamRow>().Where(row => row.AccountId == account).ExecuteDeleteAsync(stop);
    }

    /// <summary>What was erased still lies in the log ahead of the database.</summary>
    public void Erased() => wiper.Ask();

    private async Task<Answer.Refused?> Forget(Guid dialogue, DialogueCommand command) =>
        await dialogues.Perform(new DialogueId(dialogue), id: null, command, seat: null, Role.Organiser) switch
        {
            // Somebody else erased it meanwhile.
            Answer.Refused { Code: RefusalCode.NothingToWithdraw } => null,
            Answer.Refused refused => refused,
            _ => null,
        };
}

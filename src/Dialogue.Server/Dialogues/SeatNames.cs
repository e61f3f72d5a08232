using System.Collections.Immutable;
using Dialogue.Activities.Commit;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>
/// The names by which people take part, and of whoever is named without being there. They are not in the log: a dialogue that is opened
/// reads them once, and again when its log was added to elsewhere.
/// </summary>
public sealed class SeatNames(IDbContextFactory<DialogueDb> databases)
{
    /// <summary>The events that come with a change of names.</summary>
    public static bool ChangeWith(DialogueEvent happened) =>
        happened
            is SeatTaken
                or SeatRenamed
                or NewcomerWaits
                or NewcomerLetIn
                or NewcomerTurnedAway
                or IntakeRecorded
                or AgreementProposed
                or AgreementWithdrawn
                or RiskAccepted
                or RiskWithdrawn
                or PersonForgotten;

    /// <summary>Whoever takes part and whoever waits, as the tables have them now.</summary>
    public async Task<KnownPeople> Read(DialogueId dialogue, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var names = await db.Set<SeatNameRow>().AsNoTracking().Where(row => row.DialogueId == dialogue.Value).ToListAsync(stop);
        var waiting = await db.Set<NewcomerRow>().AsNoTracking().Where(row => row.DialogueId == dialogue.Value).ToListAsync(stop);
        var named = await db.Set<NamedPersonRow>().AsNoTracking().Where(row => row.DialogueId == dialogue.Value).ToListAsync(stop);
        return new KnownPeople(
            names.ToImmutableDictionary(row => new SeatId(row.Seat), row => row.Name),
            waiting.ToImmutableDictionary(row => row.Number, row => new NewcomerPerson(row.Name, row.Perspective)),
            named.ToImmutableDictionary(row => row.Key, row => row.Person)
        );
    }
}

/// <summary>Names of people in one dialogue, which the log does not have.</summary>
public sealed record KnownPeople(
    ImmutableDictionary<SeatId, string> Names,
    ImmutableDictionary<int, NewcomerPerson> Waiting,
    ImmutableDictionary<PersonKey, NamedPerson> Named
);

/// <summary>Writes names to their own table, in the transaction of the log.</summary>
internal sealed class KeepNames : IWhenAppended
{
    public async Task Appended(DialogueDb db, Appended appended, CancellationToken stop)
    {
        foreach (var letIn in appended.Events.OfType<NewcomerLetIn>())
            await Seat(db, appended.Dialogue, letIn, stop);
        foreach (var told in appended.Told.OfType<NewcomerTold>())
            await Keep(db, appended.Dialogue, told, stop);
        if (appended.Events.OfType<DialogueClosed>().Any())
        {
            await db.Set<NewcomerRow>().Where(row => row.DialogueId == appended.Dialogue.Value).ExecuteDeleteAsync(stop);
            await db.Set<HandOverRow>().Where(row => row.DialogueId == appended.Dialogue.Value).ExecuteDeleteAsync(stop);
        }
        foreach (var told in appended.Told.OfType<PersonTold>())
            await Keep(db, appended.Dialogue, told, stop);
        foreach (var told in appended.Told.OfType<NameTold>())
        {
            var row = await db.Set<SeatNameRow>().FindAsync([appended.Dialogue.Value, told.Seat.Value], stop);
            if (told.Name is null)
            {
                if (row is not null)
                    db.Remove(row);
            }
            else if (row is not null)
                row.Name = told.Name;
            else
                db.Add(
                    new SeatNameRow
                    {
                        DialogueId = appended.Dialogue.Value,
                        Seat = told.Seat.Value,
                        Name = told.Name,
                    }
                );
        }
    }

    /// <summary>Whoever waited has a seat now, with the token that they waited with.</summary>
    private static async Task Seat(DialogueDb db, DialogueId dialogue, NewcomerLetIn letIn, CancellationToken stop)
    {
        if (await db.Set<NewcomerRow>().FindAsync([dialogue.Value, letIn.Newcomer], stop) is not { } waited)
            return;
        if (await db.Set<SeatRow>().FindAsync([dialogue.Value, letIn.Seat.Value], stop) is { } former)
            former.TokenHash = waited.TokenHash;
        else
            db.Add(
                new SeatRow
                {
                    DialogueId = dialogue.Value,
                    Seat = letIn.Seat.Value,
                    TokenHash = waited.TokenHash,
                }
            );
    }

    private static async Task Keep(DialogueDb db, DialogueId dialogue, PersonTold told, CancellationToken stop)
    {
        var row = await db.Set<NamedPersonRow>().FindAsync([dialogue.Value, told.Key.Part, told.Key.Number], stop);
        if (told.Person is { } person)
        {
            if (row is null)
                db.Add(
                    row = new NamedPersonRow
                    {
                        DialogueId = dialogue.Value,
                        Part = told.Key.Part,
                        Number = told.Key.Number,
                    }
                );
            (row.Name, row.Email) = (person.Name, person.Email);
        }
        else if (row is not null)
            db.Remove(row);
    }

    /// <summary>The row was added by whoever knocked, for only they know the token.</summary>
    private static async Task Keep(DialogueDb db, DialogueId dialogue, NewcomerTold told, CancellationToken stop)
    {
        if (await db.Set<NewcomerRow>().FindAsync([dialogue.Value, told.Newcomer], stop) is not { } row)
            return;
        if (told.Person is { } person)
            (row.Name, row.Perspective) = (person.Name, person.Perspective);
        else
            db.Remove(row);
    }
}

using Dialogue.Activities.Commit;
using Dialogue.FollowUp;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Operations.Demo;

/// <summary>
/// Takes the steps that people took with what was agreed: whoever has an account signs in, everybody else uses a personal link.
/// </summary>
internal sealed class DemoFollowUp(DemoDoor door, IDbContextFactory<DialogueDb> databases, TimeProvider time, CancellationToken stop)
{
    public async Task Bring(DialogueId dialogue, DialogueState state, DemoCase story, DemoTime.Past past)
    {
        var agreements = story.Agreements;
        var held = past.Now;
        await using var db = await databases.CreateDbContextAsync(stop);
        var ids = await db.Set<AgreedActionRow>()
            .Where(row => row.DialogueId == dialogue.Value)
            .ToDictionaryAsync(row => row.AgreementId, row => row.Id, stop);
        Guid ActionOf(string key)
        {
            var text = PlainText.Clean(agreements.First(agreement => agreement.Key == key).Text);
            return ids[state.Agreements().First(agreement => agreement.Text == text).Id.Value];
        }

        // As it went: not one agreement after the other, but one day after the other.
        var steps = agreements
            .SelectMany(agreement =>
                agreement.After.Select(
                    (taken, n) => (Agreement: agreement, taken.By, taken.Step, N: n, Day: agreement.DayOf(n, story.DaysAgo))
                )
            )
            .OrderBy(one => one.Day)
            .ThenBy(one => one.N)
            .ToList();
        var done = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var agreement in agreements.Where(agreement => agreement.After.Length > 0))
            done[agreement.Key] = await Taken(ActionOf(agreement.Key), agreement);
        foreach (var (agreement, by, step, n, day) in steps)
        {
            if (n < done[agreement.Key])
                continue;
            var action = ActionOf(agreement.Key);
            past.GoTo(held.AddDays(day + story.DaysAgo).AddMinutes(37 * n));
            var named = step is ActionStep.Supersede supersede ? supersede with { Successor = ActionOf(agreement.Successor!) } : step;
            var taken = await door.As(null, new TakeStep(action, named, await Acting(action, by)), stop);
            for (var again = 0; again < 20 && taken.Refusal is { Code: RefusalCode.Busy }; again++)
            {
                await Task.Delay(TimeSpan.FromSeconds(0.5), stop);
                taken = await door.As(null, new TakeStep(action, named, await Acting(action, by)), stop);
            }
            if (taken.Refusal is { } refused)
                throw new InvalidOperationException(
                    $"The demo may not take the step {step.Kind} with {agreement.Key} ({dialogue}): {refused.Code}."
                );
        }
    }

    /// <summary>How many of the steps are in the journal already, after the offer with which it begins.</summary>
    private async Task<int> Taken(Guid action, DemoAgreement agreement)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var journal = await db.Set<ActionJournalRow>()
            .Where(line => line.ActionId == action)
            .OrderBy(line => line.Number)
            .Skip(1)
            .Select(line => line.What)
            .ToListAsync(stop);
        return journal.Aggregate(
            0,
            (count, what) => count < agreement.After.Length && agreement.After[count].Step.Kind == what ? count + 1 : count
        );
    }

    private async Task<Acting> Acting(Guid action, ActionPerson by)
    {
        if (DemoOrganisation.Accounts.FirstOrDefault(person => person.Email == by.Email) is { } person)
            return new Acting.Signed(DemoDoor.Member(person));
        await using var db = await databases.CreateDbContextAsync(stop);
        db.ChangeTracker.AutoDetectChangesEnabled = true;
        var row = await db.Set<AgreedActionRow>().AsNoTracking().SingleAsync(row => row.Id == action, stop);
        var purpose = row.OwnerEmail == by.Email ? LinkPurpose.Owner : LinkPurpose.Verifier;
        // As in the letter that this person was sent; only the receiver ever sees the token of that one.
        var token = ActionLinks.Add(db, action, purpose, by.Name, by.Email!, time.GetUtcNow());
        await db.SaveChangesAsync(stop);
        return new Acting.Holder(token);
    }
}

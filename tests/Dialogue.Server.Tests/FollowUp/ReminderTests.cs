using Dialogue.FollowUp;

namespace Dialogue.Server.Tests.FollowUp;

public class ReminderTests
{
    [Fact]
    public async Task After_a_long_downtime_each_reminder_comes_once_and_all_of_them_in_one_letter()
    {
        await using var bench = await FollowUpBench.Start();
        await bench.Offer([FollowUpBench.Agreed(1), FollowUpBench.Agreed(2)], [FollowUpBench.Contact(1), FollowUpBench.Contact(2)]);
        var before = (await bench.Outbox(FollowUpBench.OwnerEmail)).Count;
        bench.Time.SetUtcNow(new(2027, 4, 15, 9, 0, 0, TimeSpan.Zero));
        (await bench.SendNudges()).ShouldBeGreaterThan(3);
        var letters = (await bench.Outbox(FollowUpBench.OwnerEmail)).Skip(before).ToList();
        var letter = letters.ShouldHaveSingleItem();
        letter.TextBody.ShouldContain("Pas werkinstructie 1 aan");
        letter.TextBody.ShouldContain("Pas werkinstructie 2 aan");
        letter.TextBody.ShouldContain("Deze afspraak wacht op uw antwoord");
        (await bench.SendNudges()).ShouldBe(0);
        (await bench.Outbox(FollowUpBench.OwnerEmail)).Count.ShouldBe(before + 1);
        (await bench.Outbox(FollowUpBench.Manager.Email))
            .ShouldHaveSingleItem()
            .TextBody.ShouldContain("Teamleider heeft nog niet geantwoord");
    }

    [Fact]
    public async Task Two_nodes_that_look_at_once_send_one_letter()
    {
        await using var bench = await FollowUpBench.Start();
        await bench.Offer();
        bench.Time.SetUtcNow(new(2027, 3, 9, 9, 0, 0, TimeSpan.Zero));
        var done = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(bench.SendNudges)));
        done.Sum().ShouldBe(1);
        (await bench.Outbox(FollowUpBench.OwnerEmail)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Reminders_follow_a_new_date_and_never_speak_of_the_old_one()
    {
        await using var bench = await FollowUpBench.Start();
        var id = await bench.Offer();
        var owner = await bench.Holder(FollowUpBench.OwnerEmail);
        await bench.Take(null, new ActionStep.Accept(), owner);
        (await bench.Nudges(id)).Single(nudge => nudge.Kind == NudgeKind.DueSoon).About.ShouldBe(new DateOnly(2027, 4, 5));
        (await bench.Take(null, new ActionStep.ChangeDueDate(new(2027, 5, 10), "Wacht op release"), owner)).Ok.ShouldBeTrue();
        var nudges = await bench.Nudges(id);
        nudges
            .Where(nudge => nudge.Kind is NudgeKind.DueSoon or NudgeKind.LateOwner)
            .ShouldAllBe(nudge => nudge.About == new DateOnly(2027, 5, 10));
        // Eight in the morning in Amsterdam, in summer time by then.
        nudges.Single(nudge => nudge.Kind == NudgeKind.DueSoon).At.ShouldBe(new DateTimeOffset(2027, 5, 3, 6, 0, 0, TimeSpan.Zero));
        nudges.ShouldNotContain(nudge => nudge.Kind == NudgeKind.AnswerOwner);
        var row = await bench.Row(id);
        (row.OriginalDueDate, row.DateChanges).ShouldBe((new DateOnly(2027, 4, 5), 1));
    }

    [Fact]
    public async Task A_reminder_reaches_the_guide_when_the_owner_has_no_address()
    {
        await using var bench = await FollowUpBench.Start();
        await bench.Offer(contact: FollowUpBench.Contact(1, owner: null));
        (await bench.Outbox()).ShouldBeEmpty();
        bench.Time.SetUtcNow(new(2027, 3, 9, 9, 0, 0, TimeSpan.Zero));
        (await bench.SendNudges()).ShouldBe(1);
        var letter = (await bench.Outbox()).ShouldHaveSingleItem();
        letter.To.ShouldBe("noor@dienst.test");
        // Never the personal link of somebody else.
        letter.TextBody.ShouldNotContain("/afspraak/");
    }

    [Fact]
    public async Task A_reminder_speaks_the_language_of_the_organisation_and_carries_a_link_that_works()
    {
        await using var bench = await FollowUpBench.Start();
        await using (var db = bench.CreateDbContext())
        {
            await new OfferedActions(bench.Changes, bench.Letters).From(
                db,
                FollowUpBench.From with
                {
                    Language = "en",
                },
                FollowUpBench.With([FollowUpBench.Agreed(1)], [FollowUpBench.Contact(1)]),
                bench.Time.GetUtcNow(),
                CancellationToken.None
            );
            await db.SaveChangesAsync();
        }
        bench.Time.SetUtcNow(new(2027, 3, 9, 9, 0, 0, TimeSpan.Zero));
        await bench.SendNudges();
        (await bench.Outbox(FollowUpBench.OwnerEmail))[^1].TextBody.ShouldContain("This action waits for your answer");
        (await bench.Show(null, await bench.Holder(FollowUpBench.OwnerEmail))).Ok.ShouldBeTrue();
    }
}

using Dialogue.Clock;
using Dialogue.Dialogues;
using Dialogue.FollowUp;
using Dialogue.Mailroom;
using Dialogue.Operations;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dialogue.Outcomes;

/// <summary>A dialogue that nobody ends is asked about, and so is a day of looking back.</summary>
public sealed class DialogueRemindersTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly TimeZoneInfo Amsterdam = LocalMoment.Zone("Europe/Amsterdam");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private IDueWork Reminders => server.Services.GetServices<IDueWork>().OfType<SendReminders>().Single();

    [Theory, Trait("Case", "18"), Trait("Finding", "D10")]
    // Friday afternoon, in winter: that evening at six, and on Monday at nine.
    [InlineData("2027-03-05T13:00:00Z", "2027-03-05T17:00:00Z", "2027-03-08T08:00:00Z")]
    // Held in the evening: two hours after the last phase began.
    [InlineData("2027-03-03T18:30:00Z", "2027-03-03T20:30:00Z", "2027-03-04T08:00:00Z")]
    // Half past midnight there, which is another day than in UTC.
    [InlineData("2027-03-03T23:30:00Z", "2027-03-04T17:00:00Z", "2027-03-05T08:00:00Z")]
    public void The_same_evening_and_the_next_working_day(string held, string evening, string next)
    {
        var at = DateTimeOffset.Parse(held, System.Globalization.CultureInfo.InvariantCulture);
        DialogueReminders.ThisEvening(at, Amsterdam).ToUniversalTime().ShouldBe(Moment(evening));
        DialogueReminders.NextDay(at, Amsterdam).ToUniversalTime().ShouldBe(Moment(next));

        static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact, Trait("Case", "18"), Trait("Finding", "D10")]
    public async Task Whoever_guides_is_asked_about_a_dialogue_that_nobody_ended_and_not_about_one_that_was()
    {
        var room = await Guided();
        await room.Start("open");
        (await Kinds(room)).ShouldBe([ReminderKind.EndThisEvening, ReminderKind.EndNextDay]);
        (await Letters(room)).ShouldBeEmpty();

        await Reminders.DoDue(Now.AddHours(1), Stop);
        (await Letters(room)).ShouldBeEmpty("it is not yet evening");
        await Reminders.DoDue(await At(room, ReminderKind.EndThisEvening), Stop);
        var letter = (await Letters(room)).ShouldHaveSingleItem();
        letter.To.ShouldBe(DemoOrganisation.Facilitator.Email);
        letter.TextBody.ShouldContain("Er zijn nog geen afspraken bevestigd");
        await Reminders.DoDue(await At(room, ReminderKind.EndThisEvening), Stop);
        (await Letters(room)).Count.ShouldBe(1, "once");
        await Reminders.DoDue(await At(room, ReminderKind.EndNextDay), Stop);
        (await Letters(room)).Count.ShouldBe(2);

        var looker = server.Services.GetServices<ILooksAtLetters>().OfType<LooksAtReminders>().Single();
        await using var db = await server.Database();
        var written = new Letter(Guid.Empty, letter.To, letter.Subject, letter.TextBody);
        (await looker.LookAgain(db, letter.Facts!, written, Now, Stop)).ShouldNotBeNull();
        (await room.Guide.Wants(new CloseDialogue("Niets afgesproken"))).ShouldBeOfType<Answer.Accepted>();
        (await looker.LookAgain(db, letter.Facts!, written, Now, Stop)).ShouldBeNull("it was ended meanwhile");
        (await Kinds(room)).ShouldBeEmpty("nobody agreed to look back");
    }

    [Fact, Trait("Finding", "D6")]
    public async Task The_agreed_day_of_looking_back_is_chased_until_a_next_dialogue_is_prepared()
    {
        var room = await Guided();
        var day = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(60);
        await room.Organiser(new RecordIntake(new Intake { ReviewDate = day }));
        await room.Start("open");
        (await room.Guide.Wants(new CloseDialogue("Niets afgesproken"))).ShouldBeOfType<Answer.Accepted>();
        (await Kinds(room)).ShouldBe([ReminderKind.LookBackSoon, ReminderKind.LookBackToday]);
        (await At(room, ReminderKind.LookBackToday)).ShouldBe(LocalMoment.At(day, new(9, 0), Amsterdam));
        (await At(room, ReminderKind.LookBackSoon)).ShouldBe(LocalMoment.At(day.AddDays(-14), new(9, 0), Amsterdam));

        await Reminders.DoDue(await At(room, ReminderKind.LookBackSoon), Stop);
        (await Letters(room)).ShouldHaveSingleItem().Subject.ShouldStartWith("Terugkijken op");

        await using (var db = await server.Database())
        {
            var card = await db.Set<DialogueRow>().SingleAsync(row => row.Id == room.Dialogue.Value, Stop);
            db.Add(
                new DialogueRow
                {
                    Id = Guid.NewGuid(),
                    OrganisationId = card.OrganisationId,
                    CaseId = card.CaseId,
                    Title = "Terug",
                    Stage = Stage.Preparing,
                }
            );
            await db.SaveChangesAsync(Stop);
        }
        await Reminders.DoDue(await At(room, ReminderKind.LookBackToday), Stop);
        (await Letters(room)).Count.ShouldBe(1, "the next dialogue is being prepared");
    }

    private async Task<TestRoom> Guided()
    {
        var room = await server.Room(TestTemplates.Short, 1);
        await using var db = await server.Database();
        db.Add(
            new DialogueTeamRow
            {
                DialogueId = room.Dialogue.Value,
                AccountId = DemoOrganisation.Facilitator.Id,
                AddedBy = DemoOrganisation.Facilitator.Id,
            }
        );
        await db.SaveChangesAsync(Stop);
        return room;
    }

    private async Task<List<ReminderKind>> Kinds(TestRoom room)
    {
        await using var db = await server.Database();
        var rows = await db.Set<DialogueReminderRow>().Where(row => row.DialogueId == room.Dialogue.Value).ToListAsync(Stop);
        return [.. rows.OrderBy(row => row.At).Select(row => row.Kind)];
    }

    private async Task<DateTimeOffset> At(TestRoom room, ReminderKind kind)
    {
        await using var db = await server.Database();
        return (await db.Set<DialogueReminderRow>().SingleAsync(row => row.DialogueId == room.Dialogue.Value && row.Kind == kind, Stop)).At;
    }

    private async Task<List<OutboxRow>> Letters(TestRoom room)
    {
        await using var db = await server.Database();
        return await db.Set<OutboxRow>().AsNoTracking().Where(row => row.About == $"dialogue:{room.Dialogue.Value:N}").ToListAsync(Stop);
    }
}

using Dialogue.Activities.Commit;
using Dialogue.Dialogues;
using Dialogue.FollowUp;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dialogue.Outcomes;

/// <summary>Of what the guides of a dialogue are reminded.</summary>
public enum ReminderKind
{
    /// <summary>On the evening of a day on which it was held, when nobody has ended it.</summary>
    EndThisEvening,

    /// <summary>On the next working day, when still nobody has.</summary>
    EndNextDay,

    /// <summary>Two weeks before the day on which people agreed to look back.</summary>
    LookBackSoon,

    /// <summary>On that day.</summary>
    LookBackToday,
}

/// <summary>A reminder that is planned for the guides of a dialogue; one of each kind.</summary>
public sealed class DialogueReminderRow : IEntityTypeConfiguration<DialogueReminderRow>
{
    public Guid DialogueId { get; set; }
    public ReminderKind Kind { get; set; }
    public DateTimeOffset At { get; set; }
    public DateTimeOffset? SentAt { get; set; }

    public void Configure(EntityTypeBuilder<DialogueReminderRow> row)
    {
        row.ToTable("DialogueReminders");
        row.HasKey(one => new { one.DialogueId, one.Kind });
        row.Property(one => one.Kind).AsWord(20);
        row.HasIndex(one => new { one.SentAt, one.At });
        // The claim: of two processes that send, one finds it already set.
        row.Property(one => one.SentAt).IsConcurrencyToken();
    }
}

/// <summary>
/// Plans the reminders of a dialogue, in the transaction of the log. Nothing is ended by itself: as long as nobody ends a dialogue, what
/// was agreed there reaches no owner, and its guides are asked.
/// </summary>
internal sealed class DialogueReminders : IWhenAppended
{
    public const int LookBackDaysBefore = 14;
    private static readonly TimeOnly Morning = new(9, 0);
    private static readonly TimeOnly Evening = new(18, 0);
    private static readonly TimeSpan AtLeast = TimeSpan.FromHours(2);

    public async Task Appended(DialogueDb db, Appended appended, CancellationToken stop)
    {
        var zone = LocalMoment.Zone(appended.After.TimeZone);
        if (appended.Events.OfType<DialogueClosed>().Any())
        {
            await db.Set<DialogueReminderRow>().Where(row => row.DialogueId == appended.Dialogue.Value).ExecuteDeleteAsync(stop);
            if (ReviewOf(appended.After) is { } day)
            {
                Add(db, appended.Dialogue, ReminderKind.LookBackSoon, LocalMoment.At(day.AddDays(-LookBackDaysBefore), Morning, zone));
                Add(db, appended.Dialogue, ReminderKind.LookBackToday, LocalMoment.At(day, Morning, zone));
            }
        }
        else if (appended.Events.Any(happened => happened is PhaseStarted or DialogueResumed))
        {
            await Plan(db, appended.Dialogue, ReminderKind.EndThisEvening, ThisEvening(appended.At, zone), stop);
            await Plan(db, appended.Dialogue, ReminderKind.EndNextDay, NextDay(appended.At, zone), stop);
        }
    }

    /// <summary>Six in the evening, or two hours later when it is held late.</summary>
    public static DateTimeOffset ThisEvening(DateTimeOffset held, TimeZoneInfo zone)
    {
        var evening = LocalMoment.At(LocalMoment.DateOf(held, zone), Evening, zone);
        return evening - held < AtLeast ? held + AtLeast : evening;
    }

    public static DateTimeOffset NextDay(DateTimeOffset held, TimeZoneInfo zone) =>
        LocalMoment.At(LocalMoment.AddWorkingDays(LocalMoment.DateOf(held, zone), 1), Morning, zone);

    /// <summary>The day that the room agreed, else that of the intake.</summary>
    public static DateOnly? ReviewOf(DialogueState state) =>
        state
            .Phases.Select(phase => phase.State)
            .OfType<CommitState>()
            .Select(commit => commit.Review)
            .LastOrDefault(review => review is not null)
        ?? state.Terms?.ReviewDate;

    private static async Task Plan(DialogueDb db, DialogueId dialogue, ReminderKind kind, DateTimeOffset at, CancellationToken stop)
    {
        if (await db.Set<DialogueReminderRow>().FindAsync([dialogue.Value, kind], stop) is { } row)
            (row.At, row.SentAt) = (at, null);
        else
            Add(db, dialogue, kind, at);
    }

    private static void Add(DialogueDb db, DialogueId dialogue, ReminderKind kind, DateTimeOffset at) =>
        db.Add(
            new DialogueReminderRow
            {
                DialogueId = dialogue.Value,
                Kind = kind,
                At = at,
            }
        );
}

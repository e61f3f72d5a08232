using System.Globalization;
using System.Text;
using Dialogue.Activities.Commit;
using Dialogue.Clock;
using Dialogue.Dialogues;
using Dialogue.FollowUp;
using Dialogue.Look;
using Dialogue.Mailroom;
using Dialogue.Organisations;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Outcomes;

/// <summary>
/// Turns due reminders into letters to the team of a dialogue, one each. What is no longer so is not sent: a dialogue that was ended, a
/// look-back that is being prepared. After downtime only the latest of two comes.
/// </summary>
public sealed partial class SendReminders(
    IDbContextFactory<DialogueDb> databases,
    LiveDialogues dialogues,
    MailSettings mail,
    ILogger<SendReminders> log
) : IDueWork
{
    private const int AtATime = 100;

    public string Name => "send-dialogue-reminders";

    public async Task<int> DoDue(DateTimeOffset now, CancellationToken stop)
    {
        List<DialogueReminderRow> due;
        await using (var db = await databases.CreateDbContextAsync(stop))
            due = await db.Set<DialogueReminderRow>()
                .AsNoTracking()
                .Where(row => row.SentAt == null && row.At <= now)
                .OrderBy(row => row.At)
                .Take(AtATime)
                .ToListAsync(stop);
        var done = 0;
        foreach (var row in due)
        {
            try
            {
                await Send(row, later: due.Exists(other => other.DialogueId == row.DialogueId && other.At > row.At), now, stop);
                done++;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another process sends it.
            }
            catch (Exception e) when (e is not OperationCanceledException && !Outage.Is(e))
            {
                NotMade(log, row.Kind, row.DialogueId, e);
            }
        }
        return done;
    }

    private async Task Send(DialogueReminderRow due, bool later, DateTimeOffset now, CancellationToken stop)
    {
        // A room that is open is read before the transaction: it may have to read its log.
        var state = (await dialogues.Read(new DialogueId(due.DialogueId), stop)).State;
        await using var db = await databases.CreateDbContextAsync(stop);
        var row = new DialogueReminderRow
        {
            DialogueId = due.DialogueId,
            Kind = due.Kind,
            At = due.At,
        };
        db.Attach(row).Entity.SentAt = now;
        var card = await db.Set<DialogueRow>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == due.DialogueId, stop);
        if (card is not null && !later && await Holds(db, due.DialogueId, due.Kind, stop))
            foreach (var to in await Team(db, card, stop))
                Post.Add(db, Written(card, state, due.Kind, to), now);
        await db.SaveChangesAsync(stop);
    }

    /// <summary>Whether it is still so.</summary>
    internal static async Task<bool> Holds(DialogueDb db, Guid dialogue, ReminderKind kind, CancellationToken stop)
    {
        if (await db.Set<DialogueRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == dialogue, stop) is not { } card)
            return false;
        return kind is ReminderKind.EndThisEvening or ReminderKind.EndNextDay
            ? card.Stage is Stage.Running or Stage.Paused
            : card.ClosedAt is { } closed
                && !await db.Set<DialogueRow>()
                    .AnyAsync(
                        other => other.CaseId == card.CaseId && other.Id != card.Id && (other.ClosedAt == null || other.ClosedAt > closed),
                        stop
                    );
    }

    private static Task<List<Guide>> Team(DialogueDb db, DialogueRow card, CancellationToken stop) =>
        db.Set<DialogueTeamRow>()
            .Where(member => member.DialogueId == card.Id)
            .Join(db.Users, member => member.AccountId, account => account.Id, (_, account) => account)
            .Where(account => account.DeactivatedAt == null && account.Email != null)
            .Select(account => new Guide(
                account.Name,
                account.Email!,
                account.Language
                    ?? db.Set<OrganisationRow>().Where(one => one.Id == card.OrganisationId).Select(one => one.Language).FirstOrDefault()
            ))
            .ToListAsync(stop);

    private Letter Written(DialogueRow card, DialogueState state, ReminderKind kind, Guide to)
    {
        var culture = CultureInfo.GetCultureInfo(to.Language == "en" ? "en-GB" : "nl-NL");
        var say = Words.In(culture);
        var zone = LocalMoment.Zone(state.TimeZone);
        var ending = kind is ReminderKind.EndThisEvening or ReminderKind.EndNextDay;
        var text = new StringBuilder();
        void Paragraph(string words) => text.Append(words).Append("\n\n");
        Paragraph(say("Reminder.Hello", to.Name));
        string subject;
        if (ending)
        {
            var ready = state.Agreements().Count(agreement => agreement.Confirmed);
            var held = Moments.Date(LocalMoment.DateOf(state.StartedAt ?? card.PreparedAt, zone), culture);
            subject = say("Reminder.End.Subject", card.Title);
            Paragraph(say("Reminder.End", card.Title, held));
            Paragraph(
                ready == 0 ? say("Reminder.End.None")
                : ready == 1 ? say("Reminder.End.One")
                : say("Reminder.End.Many", ready)
            );
            Paragraph(say("Reminder.End.Do"));
            Paragraph(mail.Link(card.Code is { } code ? $"ruimte/{code}/regie" : "dialogen"));
        }
        else
        {
            var day = DialogueReminders.ReviewOf(state) is { } agreed ? Moments.Date(agreed, culture) : "";
            subject = say("Reminder.LookBack.Subject", card.Title, day);
            Paragraph(say("Reminder.LookBack", card.Title, day));
            Paragraph(say("Reminder.LookBack.Do"));
            Paragraph(mail.Link($"vragen/{card.CaseId}"));
        }

        return new Letter(card.OrganisationId, to.Email, Post.OneLine(subject), text.ToString().TrimEnd() + "\n", $"dialogue:{card.Id:N}")
        {
            Check = new(LooksAtReminders.Key, $"{card.Id:N} {kind}"),
        };
    }

    private sealed record Guide(string Name, string Email, string? Language);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reminder {Kind} of dialogue {Dialogue} could not be made; it is tried again.")]
    private static partial void NotMade(ILogger log, ReminderKind kind, Guid dialogue, Exception e);
}

/// <summary>A reminder that waited for a mail server is not sent when it is no longer so.</summary>
internal sealed class LooksAtReminders : ILooksAtLetters
{
    public const string Key = "dialogues";

    public string Name => Key;

    public async Task<Letter?> LookAgain(DialogueDb db, string facts, Letter written, DateTimeOffset now, CancellationToken stop) =>
        facts.Split(' ') is [var dialogue, var kind]
        && Enum.TryParse<ReminderKind>(kind, out var about)
        && await SendReminders.Holds(db, Guid.ParseExact(dialogue, "N"), about, stop)
            ? written
            : null;
}

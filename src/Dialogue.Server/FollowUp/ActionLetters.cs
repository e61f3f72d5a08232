using System.Text;
using Dialogue.Look;
using Dialogue.Mailroom;
using Dialogue.Storage;

namespace Dialogue.FollowUp;

/// <summary>
/// The letters of follow-up, in plain text and the language of the organisation. A letter says what is asked and why; the
/// link in it is personal when the receiver has no account.
/// </summary>
public sealed class ActionLetters(MailSettings mail)
{
    /// <summary>
    /// One letter to one owner about one or more actions. An owner who cannot be reached cannot be asked: then nothing is sent, and
    /// the page of the action says so.
    /// </summary>
    public async Task AskOwner(DialogueDb db, IReadOnlyList<AgreedActionRow> rows, DateTimeOffset now, CancellationToken stop)
    {
        if ((await Reach.Read(db, rows, stop)).Owner(rows[0]) is { } to)
            Add(db, LetterKind.AskOwner, to, OwnerLetter(db, rows, to, now), rows, now);
    }

    public async Task AskVerifier(DialogueDb db, AgreedActionRow row, DateTimeOffset now, CancellationToken stop)
    {
        if ((await Reach.Read(db, [row], stop)).Verifier(row) is { } to)
            Add(db, LetterKind.AskVerifier, to, VerifierLetter(db, row, to, now), [row], now);
    }

    public async Task TellRejected(DialogueDb db, AgreedActionRow row, string reason, DateTimeOffset now, CancellationToken stop)
    {
        if ((await Reach.Read(db, [row], stop)).Owner(row) is not { } to)
            return;
        var say = Say(row);
        var text = new StringBuilder();
        Line(text, say("Letter.Hello", to.Name));
        Line(text, say("Letter.Rejected"));
        Item(text, say, row, LinkFor(db, row, LinkPurpose.Owner, to, now), reason);
        Foot(text, say);
        Add(db, LetterKind.TellRejected, to, Written(to, say("Letter.Rejected.Subject", row.Text), text, [row]), [row], now);
    }

    /// <summary>A fresh link for the address that we already know, on request of whoever holds an ended one.</summary>
    public async Task Renew(DialogueDb db, AgreedActionRow row, LinkPurpose purpose, DateTimeOffset now, CancellationToken stop)
    {
        var reach = await Reach.Read(db, [row], stop);
        if ((purpose == LinkPurpose.Owner ? reach.Owner(row) : reach.Verifier(row)) is not { } to)
            return;
        var say = Say(row);
        var text = new StringBuilder();
        Line(text, say("Letter.Hello", to.Name));
        Line(text, say("Letter.Renewed"));
        Item(text, say, row, LinkFor(db, row, purpose, to, now), null);
        Foot(text, say);
        Add(db, LetterKind.Renew, to, Written(to, say("Letter.Renewed.Subject", row.Text), text, [row]), [row], now);
    }

    /// <summary>All reminders of one day for one receiver, in one letter.</summary>
    public void Remind(DialogueDb db, Receiver to, IReadOnlyList<(AgreedActionRow Row, Nudge Nudge)> nudges, DateTimeOffset now) =>
        Post.Add(
            db,
            Reminder(db, to, nudges, now) with
            {
                Check = new(
                    LooksAtActionLetters.Key,
                    new LetterReason(
                        LetterKind.Remind,
                        to.Account,
                        to.Email,
                        [
                            .. nudges.Select(one => new LetterReason.Item(
                                one.Row.Id,
                                one.Nudge.Kind,
                                one.Nudge.To,
                                one.Nudge.About,
                                one.Nudge.Round
                            )),
                        ]
                    ).Write()
                ),
            },
            now
        );

    internal Letter OwnerLetter(DialogueDb db, IReadOnlyList<AgreedActionRow> rows, Receiver to, DateTimeOffset now)
    {
        var first = rows[0];
        var say = Say(first);
        var text = new StringBuilder();
        Line(text, say("Letter.Hello", to.Name));
        Line(text, say(rows.Count == 1 ? "Letter.AskOwner.One" : "Letter.AskOwner.Many", first.DialogueTitle, rows.Count));
        foreach (var row in rows)
            Item(text, say, row, LinkFor(db, row, LinkPurpose.Owner, to, now), null);
        Line(text, say("Letter.AskOwner.End"));
        Foot(text, say);
        var subject =
            rows.Count == 1
                ? say("Letter.AskOwner.Subject", first.Text, 1)
                : say("Letter.AskOwner.SubjectMany", first.DialogueTitle, rows.Count);
        return Written(to, subject, text, rows);
    }

    internal Letter VerifierLetter(DialogueDb db, AgreedActionRow row, Receiver to, DateTimeOffset now)
    {
        var say = Say(row);
        var text = new StringBuilder();
        Line(text, say("Letter.Hello", to.Name));
        Line(text, say("Letter.AskVerifier", row.OwnerName));
        Item(text, say, row, LinkFor(db, row, LinkPurpose.Verifier, to, now), null);
        Foot(text, say);
        return Written(to, say("Letter.AskVerifier.Subject", row.Text), text, [row]);
    }

    internal Letter Reminder(DialogueDb db, Receiver to, IReadOnlyList<(AgreedActionRow Row, Nudge Nudge)> nudges, DateTimeOffset now)
    {
        var say = Say(nudges[0].Row);
        var text = new StringBuilder();
        Line(text, say("Letter.Hello", to.Name));
        Line(text, say(nudges.Count == 1 ? "Letter.Remind.One" : "Letter.Remind.Many", nudges.Count));
        foreach (var about in nudges.GroupBy(one => one.Row.Id))
        {
            var row = about.First().Row;
            var link = about.First().Nudge.To switch
            {
                NudgeTo.Owner => LinkFor(db, row, LinkPurpose.Owner, to, now),
                NudgeTo.Verifier => LinkFor(db, row, LinkPurpose.Verifier, to, now),
                _ => mail.Link($"opvolging/{row.Id}"),
            };
            Item(
                text,
                say,
                row,
                link,
                string.Join(' ', about.Select(one => say("Nudge." + one.Nudge.Kind, row.OwnerName, DayOf(row, one.Nudge.Kind))))
            );
        }
        Foot(text, say);
        return Written(to, say("Letter.Remind.Subject", nudges.Count), text, [.. nudges.Select(one => one.Row)]);
    }

    /// <summary>
    /// The date that a reminder speaks of: words about time are dates, so that they stay true however long a letter waits.
    /// </summary>
    private static string DayOf(AgreedActionRow row, NudgeKind kind) =>
        Moments.Date(
            kind switch
            {
                NudgeKind.FirstStepSoon => row.FirstStepDate,
                NudgeKind.BlockedSponsor or NudgeKind.VerifyReminder or NudgeKind.VerifierNeeded or NudgeKind.DeclinedSponsor =>
                    row.StateSince,
                NudgeKind.AnswerOwner or NudgeKind.AnswerSponsor => row.AskedOn,
                _ => row.DueDate,
            },
            Words.CultureOf(row.Language)
        );

    private static void Add(
        DialogueDb db,
        LetterKind kind,
        Receiver to,
        Letter letter,
        IReadOnlyList<AgreedActionRow> rows,
        DateTimeOffset now
    ) =>
        Post.Add(
            db,
            letter with
            {
                Check = new(
                    LooksAtActionLetters.Key,
                    new LetterReason(kind, to.Account, to.Email, [.. rows.Select(row => new LetterReason.Item(row.Id))]).Write()
                ),
            },
            now
        );

    private static Letter Written(Receiver to, string subject, StringBuilder text, IReadOnlyList<AgreedActionRow> rows) =>
        new(rows[0].OrganisationId, to.Email, Post.OneLine(subject), text.ToString(), About(rows[0]))
        {
            AlsoAbout = [.. rows.Skip(1).Select(About).Distinct(StringComparer.Ordinal)],
        };

    public static string About(AgreedActionRow row) => "action:" + row.Id.ToString("N");

    private string LinkFor(DialogueDb db, AgreedActionRow row, LinkPurpose purpose, Receiver to, DateTimeOffset now)
    {
        // Somebody who comes in the place of the owner or the verifier looks on as themselves, and gets no link of another.
        var (account, email) =
            purpose == LinkPurpose.Owner ? (row.OwnerAccountId, row.OwnerEmail) : (row.VerifierAccountId, row.VerifierEmail);
        return account is not null || !string.Equals(email, to.Email, StringComparison.OrdinalIgnoreCase)
            ? mail.Link($"opvolging/{row.Id}")
            : mail.Link("afspraak/" + ActionLinks.Add(db, row.Id, purpose, to.Name, to.Email, now));
    }

    private static void Item(StringBuilder text, Words.Sayer say, AgreedActionRow row, string link, string? remark)
    {
        var culture = Words.CultureOf(row.Language);
        text.Append("* ").Append(row.Text).Append('\n');
        if (!string.IsNullOrEmpty(remark))
            text.Append("  ").Append(remark).Append('\n');
        if (row.WhyText.Length > 0)
            text.Append("  ").Append(say("Letter.Why", row.WhyText)).Append('\n');
        if (!string.IsNullOrEmpty(row.IfThen))
            text.Append("  ").Append(say("Letter.IfThen", row.IfThen)).Append('\n');
        text.Append("  ").Append(say("Letter.Due", Moments.Date(row.DueDate, culture))).Append('\n');
        text.Append("  ").Append(link).Append("\n\n");
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append("\n\n");

    private static void Foot(StringBuilder text, Words.Sayer say) => text.Append("-- \n").Append(say("Letter.Foot")).Append('\n');

    private static Words.Sayer Say(AgreedActionRow row) => Words.In(Words.CultureOf(row.Language));
}

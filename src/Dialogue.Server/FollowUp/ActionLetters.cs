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
    /// One letter to one owner about one or more actions. Without an address the owner cannot be asked: then nothing is sent.
    /// </summary>
    public void AskOwner(DialogueDb db, IReadOnlyList<AgreedActionRow> rows, DateTimeOffset now)
    {
        var first = rows[0];
        if (!Post.IsAddress(first.OwnerEmail, out var to))
            return;
        var say = Say(first);
        var text = new StringBuilder();
        Line(text, say("Letter.Hello", first.OwnerName));
        Line(text, say(rows.Count == 1 ? "Letter.AskOwner.One" : "Letter.AskOwner.Many", first.DialogueTitle, rows.Count));
        foreach (var row in rows)
            Item(text, say, row, LinkFor(db, row, LinkPurpose.Owner, now), null);
        Line(text, say("Letter.AskOwner.End"));
        Foot(text, say);
        Post.Add(
            db,
            new(
                to,
                Post.OneLine(
                    say(
                        rows.Count == 1 ? "Letter.AskOwner.Subject" : "Letter.AskOwner.SubjectMany",
                        rows.Count == 1 ? first.Text : first.DialogueTitle,
                        rows.Count
                    )
                ),
                text.ToString(),
                About(first)
            ),
            now
        );
    }

    public void AskVerifier(DialogueDb db, AgreedActionRow row, DateTimeOffset now)
    {
        if (!Post.IsAddress(row.VerifierEmail, out var to))
            return;
        var say = Say(row);
        var text = new StringBuilder();
        Line(text, say("Letter.Hello", row.VerifierName ?? ""));
        Line(text, say("Letter.AskVerifier", row.OwnerName));
        Item(text, say, row, LinkFor(db, row, LinkPurpose.Verifier, now), null);
        Foot(text, say);
        Post.Add(db, new(to, Post.OneLine(say("Letter.AskVerifier.Subject", row.Text)), text.ToString(), About(row)), now);
    }

    public void TellRejected(DialogueDb db, AgreedActionRow row, string reason, DateTimeOffset now)
    {
        if (!Post.IsAddress(row.OwnerEmail, out var to))
            return;
        var say = Say(row);
        var text = new StringBuilder();
        Line(text, say("Letter.Hello", row.OwnerName));
        Line(text, say("Letter.Rejected"));
        Item(text, say, row, LinkFor(db, row, LinkPurpose.Owner, now), reason);
        Foot(text, say);
        Post.Add(db, new(to, Post.OneLine(say("Letter.Rejected.Subject", row.Text)), text.ToString(), About(row)), now);
    }

    /// <summary>A fresh link for the address that we already know, on request of whoever holds an ended one.</summary>
    public void Renew(DialogueDb db, AgreedActionRow row, LinkPurpose purpose, DateTimeOffset now)
    {
        if (!Post.IsAddress(purpose == LinkPurpose.Owner ? row.OwnerEmail : row.VerifierEmail, out var to))
            return;
        var say = Say(row);
        var text = new StringBuilder();
        Line(text, say("Letter.Hello", (purpose == LinkPurpose.Owner ? row.OwnerName : row.VerifierName) ?? ""));
        Line(text, say("Letter.Renewed"));
        Item(text, say, row, LinkFor(db, row, purpose, now), null);
        Foot(text, say);
        Post.Add(db, new(to, Post.OneLine(say("Letter.Renewed.Subject", row.Text)), text.ToString(), About(row)), now);
    }

    /// <summary>All reminders of one day for one receiver, in one letter.</summary>
    public void Remind(
        DialogueDb db,
        string to,
        string name,
        IReadOnlyList<(AgreedActionRow Row, NudgeKind Kind, NudgeTo To)> nudges,
        DateTimeOffset now
    )
    {
        var say = Say(nudges[0].Row);
        var text = new StringBuilder();
        Line(text, say("Letter.Hello", name));
        Line(text, say(nudges.Count == 1 ? "Letter.Remind.One" : "Letter.Remind.Many", nudges.Count));
        foreach (var about in nudges.GroupBy(nudge => nudge.Row.Id))
        {
            var row = about.First().Row;
            var link = about.First().To switch
            {
                NudgeTo.Owner => LinkFor(db, row, LinkPurpose.Owner, now),
                NudgeTo.Verifier => LinkFor(db, row, LinkPurpose.Verifier, now),
                _ => mail.Link($"opvolging/{row.Id}"),
            };
            Item(text, say, row, link, string.Join(' ', about.Select(nudge => say("Nudge." + nudge.Kind, row.OwnerName))));
        }
        Foot(text, say);
        Post.Add(db, new(to, Post.OneLine(say("Letter.Remind.Subject", nudges.Count)), text.ToString(), About(nudges[0].Row)), now);
    }

    public static string About(AgreedActionRow row) => "action:" + row.Id.ToString("N");

    private string LinkFor(DialogueDb db, AgreedActionRow row, LinkPurpose purpose, DateTimeOffset now)
    {
        var (account, name, email) =
            purpose == LinkPurpose.Owner
                ? (row.OwnerAccountId, row.OwnerName, row.OwnerEmail)
                : (row.VerifierAccountId, row.VerifierName, row.VerifierEmail);
        return account is not null
            ? mail.Link($"opvolging/{row.Id}")
            : mail.Link("afspraak/" + ActionLinks.Add(db, row.Id, purpose, name ?? "", email ?? "", now));
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

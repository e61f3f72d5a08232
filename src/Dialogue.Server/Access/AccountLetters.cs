using System.Text;
using Dialogue.Mailroom;
using Dialogue.Organisations;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Access;

/// <summary>
/// The mails about an account, in the language of the account, else of its organisation. Each names the organisation and, where somebody
/// asked for it, that person. Added to the caller's transaction.
/// </summary>
public sealed class AccountLetters(MailSettings mail, TimeProvider time)
{
    internal async Task Link(
        DialogueDb db,
        Account account,
        AccountLinkPurpose purpose,
        string to,
        string? asker,
        string token,
        CancellationToken stop
    )
    {
        var path = purpose switch
        {
            AccountLinkPurpose.Invite => "account/uitnodiging/",
            AccountLinkPurpose.Recover => "account/herstel/",
            _ => "account/adres/",
        };
        var (organisation, say) = await Say(db, account, stop);
        var kind = "Letter." + purpose;
        var text = new StringBuilder();
        Paragraph(text, say("Letter.Hello", account.Name));
        Paragraph(
            text,
            say(purpose == AccountLinkPurpose.Invite && asker is null ? kind + ".NoAsker" : kind, organisation, asker ?? "", to)
        );
        Paragraph(text, mail.Link(path + token));
        Paragraph(text, say(kind + ".Valid"));
        Foot(text, say, organisation);
        Add(db, account, to, say(kind + ".Subject", organisation), text);
    }

    /// <summary>Tells somebody that their password, address or second factor changed, so that a stranger who did it is noticed.</summary>
    /// <param name="what">The part of the names of the words, such as Password or Address.</param>
    /// <param name="to">Where it goes; null is the address of the account.</param>
    internal async Task Changed(
        DialogueDb db,
        Account account,
        string what,
        string? to = null,
        string fact = "",
        CancellationToken stop = default
    )
    {
        if ((to ?? account.Email) is not { } address || !Post.IsAddress(address, out _))
            return;
        var (organisation, say) = await Say(db, account, stop);
        var text = new StringBuilder();
        Paragraph(text, say("Letter.Hello", account.Name));
        Paragraph(text, say($"Letter.Changed.{what}", organisation, fact));
        Paragraph(text, say("Letter.Changed.NotYou"));
        Foot(text, say, organisation);
        Add(db, account, address, say($"Letter.Changed.{what}.Subject", organisation), text);
    }

    private void Add(DialogueDb db, Account account, string to, string subject, StringBuilder text) =>
        Post.Add(
            db,
            new Letter(account.OrganisationId, to, Post.OneLine(subject), text.ToString(), "account:" + account.Id.ToString("N")),
            time.GetUtcNow()
        );

    private static async Task<(string Organisation, Words.Sayer Say)> Say(DialogueDb db, Account account, CancellationToken stop)
    {
        var organisation = await db.Set<OrganisationRow>()
            .AsNoTracking()
            .Where(o => o.Id == account.OrganisationId)
            .Select(o => new { o.Name, o.Language })
            .SingleOrDefaultAsync(stop);
        // An organisation that is made in the same transaction is known to the context and not yet to the database.
        var made = organisation is null ? await db.Set<OrganisationRow>().FindAsync([account.OrganisationId], stop) : null;
        return (organisation?.Name ?? made!.Name, Words.In(account.Language ?? organisation?.Language ?? made!.Language));
    }

    private static void Paragraph(StringBuilder text, string words) => text.Append(words).Append("\n\n");

    private static void Foot(StringBuilder text, Words.Sayer say, string organisation) =>
        text.Append("-- \n").Append(say("Letter.Foot", organisation)).Append('\n');
}

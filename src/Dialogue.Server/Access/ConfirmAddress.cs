using Dialogue.Storage;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Access;

/// <summary>
/// The mail to a new address arrived: from now on it is the address of the account, to sign in with and to be written at. The old
/// address is told, and every module that keeps addresses of accounts hears it in the same transaction.
/// </summary>
public sealed record ConfirmAddress(string Token) : IRequest<ConfirmAddressAnswer>;

public enum ConfirmAddressAnswer
{
    Done,
    LinkEnded,

    /// <summary>Another account got this address meanwhile.</summary>
    Taken,
}

/// <summary>
/// For modules that keep something by the mail address of an account. Called inside the transaction that changes it; what is thrown here
/// undoes the change.
/// </summary>
public interface IWhenAddressChanged
{
    Task AddressChanged(DialogueDb db, Guid account, string from, string to, CancellationToken stop);
}

internal sealed class ConfirmAddressHandler(
    DialogueDb db,
    UserManager<Account> accounts,
    AccountLinks links,
    AccountLetters letters,
    IEnumerable<IWhenAddressChanged> listeners,
    SecurityLog security
) : IRequestHandler<ConfirmAddress, ConfirmAddressAnswer>
{
    public async Task<ConfirmAddressAnswer> Handle(ConfirmAddress request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await links.Use(db, request.Token, AccountLinkPurpose.ConfirmAddress, cancellationToken) is not ({ } link, { } account))
            return ConfirmAddressAnswer.LinkEnded;
        var (from, to) = (account.Email ?? "", link.Email);
        var normal = accounts.NormalizeEmail(to);
        if (await db.Users.AnyAsync(a => a.NormalizedEmail == normal && a.Id != account.Id, cancellationToken))
            return ConfirmAddressAnswer.Taken;
        account.Email = account.UserName = to;
        account.NormalizedEmail = normal;
        account.NormalizedUserName = accounts.NormalizeName(to);
        account.EmailConfirmed = true;
        account.ConcurrencyStamp = Guid.NewGuid().ToString();
        // A link that was mailed to the old address must not open the account any more.
        await links.Revoke(db, account.Id, AccountLinkPurpose.Recover, cancellationToken);
        await letters.Changed(db, account, "Address", from, to, cancellationToken);
        foreach (var listener in listeners)
            await listener.AddressChanged(db, account.Id, from, to, cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ConfirmAddressAnswer.LinkEnded;
        }

        await transaction.CommitAsync(cancellationToken);
        security.LinkUsed(account.Id, AccountLinkPurpose.ConfirmAddress);
        security.AddressChanged(account.Id);
        return ConfirmAddressAnswer.Done;
    }
}

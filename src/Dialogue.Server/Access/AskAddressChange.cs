using Dialogue.Mailroom;
using Dialogue.Storage;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Access;

/// <summary>
/// Somebody wants another mail address for their own account. A link goes to the new one and counts when it is confirmed there; the old
/// one is told now, so that its owner can still object.
/// </summary>
public sealed record AskAddressChange(string? NewAddress, string? Password) : IRequest<AskAddressChangeAnswer>;

public enum AskAddressChangeAnswer
{
    Sent,
    PasswordWrong,
    MustWait,

    /// <summary>Not one mail address, or the one the account has already.</summary>
    AddressWrong,
}

internal sealed class AskAddressChangeHandler(
    OwnPassword own,
    ICurrentStaff current,
    DialogueDb db,
    UserManager<Account> accounts,
    AccountLinks links,
    AccountLetters letters
) : IRequestHandler<AskAddressChange, AskAddressChangeAnswer>
{
    public async Task<AskAddressChangeAnswer> Handle(AskAddressChange request, CancellationToken cancellationToken)
    {
        var (account, wait) = await own.Check(request.Password, cancellationToken);
        if (account is null)
            return wait > TimeSpan.Zero ? AskAddressChangeAnswer.MustWait : AskAddressChangeAnswer.PasswordWrong;
        if (!Post.IsAddress(request.NewAddress, out var address) || accounts.NormalizeEmail(address) == account.NormalizedEmail)
            return AskAddressChangeAnswer.AddressWrong;
        var normal = accounts.NormalizeEmail(address);
        // An address of somebody else gets no link; the answer is the same, so that nobody learns who works here.
        if (!await db.Users.AnyAsync(a => a.NormalizedEmail == normal, cancellationToken))
        {
            var staff = await current.Get(cancellationToken);
            await links.Send(db, account, AccountLinkPurpose.ConfirmAddress, staff, address, cancellationToken);
            await letters.Changed(db, account, "AddressAsked", fact: address, stop: cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        return AskAddressChangeAnswer.Sent;
    }
}

using Dialogue.Organisations;
using Dialogue.Storage;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace Dialogue.Access;

/// <summary>The first account of an empty installation, with the organisation it belongs to.</summary>
public sealed record SetUpFirstAdministrator(
    string? Code,
    string? Organisation,
    string? Name,
    string? Email,
    string? Password,
    string Address
) : IRequest<SetUpAnswer>;

public enum SetUpAnswer
{
    Done,
    CodeWrong,

    /// <summary>This network address typed a wrong code too often.</summary>
    MustWait,
    OrganisationMissing,
    NameMissing,
    EmailWrong,
    PasswordTooShort,
    PasswordTooLong,
    PasswordTooCommon,
    PasswordTooPersonal,
    AlreadyDone,
}

internal sealed class SetUpFirstAdministratorHandler(DialogueDb db, UserManager<Account> accounts, SetupCode setup, TimeProvider time)
    : IRequestHandler<SetUpFirstAdministrator, SetUpAnswer>
{
    public async Task<SetUpAnswer> Handle(SetUpFirstAdministrator request, CancellationToken cancellationToken)
    {
        if (await setup.AccountsExist(cancellationToken))
        {
            return SetUpAnswer.AlreadyDone;
        }

        if (string.IsNullOrWhiteSpace(request.Organisation) || request.Organisation.Length > 200)
        {
            return SetUpAnswer.OrganisationMissing;
        }

        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > 200)
        {
            return SetUpAnswer.NameMissing;
        }

        var account = new Account
        {
            Id = Guid.CreateVersion7(),
            Name = request.Name.Trim(),
            Email = request.Email?.Trim(),
            UserName = request.Email?.Trim(),
            Roles = StaffRole.Administrator,
            EmailConfirmed = true,
            PasswordChosenAt = time.GetUtcNow(),
        };
        if (account.Email is not { Length: > 2 and <= 200 } || !account.Email.Contains('@', StringComparison.Ordinal))
        {
            return SetUpAnswer.EmailWrong;
        }

        if (PasswordRules.Check(request.Password, account.Name, account.Email, request.Organisation) is { } fault)
        {
            return fault switch
            {
                PasswordFault.TooShort => SetUpAnswer.PasswordTooShort,
                PasswordFault.TooLong => SetUpAnswer.PasswordTooLong,
                PasswordFault.TooCommon => SetUpAnswer.PasswordTooCommon,
                _ => SetUpAnswer.PasswordTooPersonal,
            };
        }

        if (setup.Left(request.Address) > TimeSpan.Zero)
        {
            return SetUpAnswer.MustWait;
        }

        if (!setup.Use(request.Code, request.Address))
        {
            return SetUpAnswer.CodeWrong;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var organisation = new OrganisationRow
        {
            Id = Guid.CreateVersion7(),
            Name = request.Organisation.Trim(),
            RunsInstallation = true,
        };
        db.Add(organisation);
        account.OrganisationId = organisation.Id;
        if (!(await accounts.CreateAsync(account, request.Password!)).Succeeded)
        {
            setup.GiveBack(request.Code!);
            return SetUpAnswer.EmailWrong;
        }

        await transaction.CommitAsync(cancellationToken);
        return SetUpAnswer.Done;
    }
}

using Dialogue.Access;
using Dialogue.Operations.Demo;
using Dialogue.Organisations;
using Dialogue.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Operations;

/// <summary>
/// An invented agency with invented people, to look around with. Made only when <c>Demo</c> is on and there is no organisation
/// yet. Everybody can read the password, so it must never be on where real questions are kept.
/// </summary>
public static class DemoOrganisation
{
    public const string Password = "samen-aan-tafel";
    public const string OrganisationName = "Dienst Werk en Begeleiding";
    public static readonly Guid OrganisationId = Guid.Parse("0d1a1090-0000-7000-8000-000000000001");

    public static readonly Person Facilitator = new(
        1,
        "Noor Achterberg",
        "noor.achterberg",
        StaffRole.Facilitator,
        "Gespreksleider",
        "Facilitator"
    );
    public static readonly Person SecondFacilitator = new(
        2,
        "Ilyas Benhaddou",
        "ilyas.benhaddou",
        StaffRole.Facilitator,
        "Co-gespreksleider",
        "Second facilitator"
    );
    public static readonly Person Manager = new(
        3,
        "Margriet van Dellen",
        "margriet.vandellen",
        StaffRole.Manager,
        "Manager Dienstverlening",
        "Manager of services"
    );
    public static readonly Person Coordinator = new(
        4,
        "Sanne Rietkerk",
        "sanne.rietkerk",
        StaffRole.Coordinator,
        "Coördinator data-ethiek",
        "Data ethics coordinator"
    );
    public static readonly Person CoachLead = new(
        5,
        "Femke Oosterling",
        "femke.oosterling",
        StaffRole.Staff,
        "Teamleider werkcoaches",
        "Lead of the work coaches"
    );
    public static readonly Person DataScientist = new(
        6,
        "Joris Tamboer",
        "joris.tamboer",
        StaffRole.Staff,
        "Datawetenschapper",
        "Data scientist"
    );
    public static readonly Person Administrator = new(
        7,
        "Wies Lamberink",
        "wies.lamberink",
        StaffRole.Administrator,
        "Beheerder",
        "Administrator"
    );

    public static readonly Person RecordsOfficer = new(
        8,
        "Dirk Veenstra",
        "dirk.veenstra",
        StaffRole.RecordsOfficer,
        "Archivaris",
        "Records officer"
    );

    public static IReadOnlyList<Person> Accounts { get; } =
    [Facilitator, SecondFacilitator, Manager, Coordinator, CoachLead, DataScientist, Administrator, RecordsOfficer];

    public static bool IsDemo(this IConfiguration configuration) => configuration.GetValue<bool>("Demo");

    public static async Task SeedDemo(this WebApplication app, CancellationToken stop = default)
    {
        if (!app.Configuration.IsDemo())
        {
            return;
        }

        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DialogueDb>();
        if (await db.Set<OrganisationRow>().AnyAsync(stop))
        {
            return;
        }

        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        db.Add(
            new OrganisationRow
            {
                Id = OrganisationId,
                Name = OrganisationName,
                RunsInstallation = true,
                StartedAt = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow(),
            }
        );
        DemoChain.AddOther(db);
        DemoChain.AddUnits(db);
        await db.SaveChangesAsync(stop);
        foreach (var person in Accounts.Append(DemoChain.Elsewhere))
        {
            var made = await accounts.CreateAsync(
                new Account
                {
                    Id = person.Id,
                    OrganisationId = person == DemoChain.Elsewhere ? DemoChain.OtherId : OrganisationId,
                    UnitId = DemoChain.UnitOf(person),
                    Name = person.Name,
                    Email = person.Email,
                    UserName = person.Email,
                    EmailConfirmed = true,
                    Roles = person.Roles,
                },
                Password
            );
            if (!made.Succeeded)
            {
                throw new InvalidOperationException($"Demo account {person.Email}: {string.Join(", ", made.Errors.Select(e => e.Code))}");
            }
        }

        DemoChain.AddFunctionsAndPartners(db);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }

    /// <summary>Somebody of the invented agency, with what they do there in both languages.</summary>
    public sealed record Person(
        int Number,
        string Name,
        string Mailbox,
        StaffRole Roles,
        string Task,
        string TaskEn,
        string Host = "dwb.voorbeeld"
    )
    {
        public Guid Id { get; } = Guid.Parse($"0d1a1090-0000-7000-8000-0000000001{Number:D2}");
        public string Email => $"{Mailbox}@{Host}";
    }
}

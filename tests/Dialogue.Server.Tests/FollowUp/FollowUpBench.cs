using Dialogue.Access;
using Dialogue.Activities.Commit;
using Dialogue.FollowUp;
using Dialogue.Mailroom;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Dialogue.Server.Tests.FollowUp;

/// <summary>A real SQLite file, a clock that we turn, and the slices of follow-up on top.</summary>
internal sealed class FollowUpBench : IDbContextFactory<DialogueDb>, IAsyncDisposable
{
    public static readonly Guid Organisation = Guid.Parse("aaaaaaaa-0000-0000-0000-000000000001");
    public static readonly DialogueId Dialogue = new(Guid.Parse("bbbbbbbb-0000-0000-0000-000000000001"));
    public const string OwnerEmail = "eigenaar@partner.test";
    public const string VerifierEmail = "jurist@partner.test";

    private readonly LinkAllowances allowances = new();
    private readonly string folder = Directory.CreateTempSubdirectory("followup-").FullName;
    private readonly DbContextOptions<SqliteDialogueDb> options;

    private FollowUpBench()
    {
        options = new DbContextOptionsBuilder<SqliteDialogueDb>()
            .UseSqlite($"{StorageSetup.SqliteConnectionString(Path.Combine(folder, "test.db"))};Pooling=False")
            .AddInterceptors(SqliteSettings.Instance)
            .Options;
        Letters = new(Mail);
        Changes = new(Letters, Policies);
    }

    /// <summary>Monday 1 March 2027, ten in the morning in Amsterdam.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2027, 3, 1, 9, 0, 0, TimeSpan.Zero));
    public FollowUpPolicy Policy { get; } = new();
    public FollowUpPolicies Policies => new(Policy);
    public MailSettings Mail { get; } = new() { PublicAddress = new("https://dialoog.test/") };
    public ActionLetters Letters { get; }
    public ActionChanges Changes { get; }
    public string Folder => folder;

    public static StaffMember Coordinator { get; } =
        new(Guid.Parse("cccccccc-0000-0000-0000-000000000001"), Organisation, "Sanne", "sanne@dienst.test", StaffRole.Coordinator);
    public static StaffMember Manager { get; } =
        new(Guid.Parse("cccccccc-0000-0000-0000-000000000002"), Organisation, "Margriet", "margriet@dienst.test", StaffRole.Manager);
    public static StaffMember Colleague { get; } =
        new(Guid.Parse("cccccccc-0000-0000-0000-000000000003"), Organisation, "Femke", "femke@dienst.test", StaffRole.Staff);
    public static StaffMember Stranger { get; } =
        new(
            Guid.Parse("cccccccc-0000-0000-0000-000000000009"),
            Guid.Parse("aaaaaaaa-0000-0000-0000-000000000009"),
            "Ander",
            "ander@elders.test",
            StaffRole.Manager | StaffRole.Coordinator
        );

    public static async Task<FollowUpBench> Start()
    {
        var bench = new FollowUpBench();
        await using var db = bench.CreateDbContext();
        await db.Database.EnsureCreatedAsync();
        db.Add(new Organisations.OrganisationRow { Id = Organisation, Name = "Dienst" });
        foreach (var staff in new[] { Coordinator, Manager, Colleague })
        {
            db.Users.Add(
                new Account
                {
                    Id = staff.AccountId,
                    OrganisationId = Organisation,
                    Name = staff.Name,
                    Email = staff.Email,
                    NormalizedEmail = staff.Email.ToUpperInvariant(),
                    UserName = staff.Email,
                    NormalizedUserName = staff.Email.ToUpperInvariant(),
                    Roles = staff.Roles,
                    SecurityStamp = "x",
                }
            );
        }
        await db.SaveChangesAsync();
        return bench;
    }

    public DialogueDb CreateDbContext() => new SqliteDialogueDb(options);

    public async ValueTask DisposeAsync()
    {
        await Task.CompletedTask;
        allowances.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    public static Agreement Agreed(int id, AgreementKind kind = AgreementKind.Prevent, bool confirmed = true) =>
        new(
            new(id),
            $"Pas werkinstructie {id} aan",
            kind,
            [new(7)],
            ["menselijke-maat"],
            "Bel de burger",
            new(2027, 3, 15),
            new(2027, 4, 5),
            "Als het maandag is, dan bel ik",
            "Nieuwe werkinstructie",
            null,
            confirmed
        );

    public static (int Agreement, NamedPerson Owner, NamedPerson Verifier) Contact(
        int id,
        string? owner = OwnerEmail,
        string? verifier = VerifierEmail
    ) => (id, new("Teamleider", owner), new("Jurist", verifier));

    public static IReadOnlyList<AgreedWith> With(
        IReadOnlyList<Agreement> agreements,
        IReadOnlyList<(int Agreement, NamedPerson Owner, NamedPerson Verifier)> contacts
    ) =>
        [
            .. agreements.Select(agreement =>
                contacts.FirstOrDefault(one => one.Agreement == agreement.Id.Value) is { Owner: not null } contact
                    ? new AgreedWith(agreement, contact.Owner, contact.Verifier)
                    : new AgreedWith(agreement, new("Teamleider"), new("Jurist"))
            ),
        ];

    public static OfferedFrom From =>
        new(
            Organisation,
            Dialogue,
            "Mag het model kiezen?",
            null,
            "Intake",
            new("Noor", "noor@dienst.test"),
            null,
            "nl",
            "Europe/Amsterdam",
            new Dictionary<ItemId, string> { [new(7)] = "De burger krijgt geen uitleg" },
            new Dictionary<string, string> { ["menselijke-maat"] = "Menselijke maat" }
        );

    public async Task<Guid> Offer(Agreement? agreement = null, (int Agreement, NamedPerson Owner, NamedPerson Verifier)? contact = null)
    {
        agreement ??= Agreed(1);
        return (await Offer([agreement], [contact ?? Contact(agreement.Id.Value)]))[0];
    }

    public async Task<IReadOnlyList<Guid>> Offer(
        IReadOnlyList<Agreement> agreements,
        IReadOnlyList<(int Agreement, NamedPerson Owner, NamedPerson Verifier)> contacts
    )
    {
        await using var db = CreateDbContext();
        var ids = await new OfferedActions(Changes, Letters).From(
            db,
            From,
            With(agreements, contacts),
            Time.GetUtcNow(),
            CancellationToken.None
        );
        await db.SaveChangesAsync();
        return ids;
    }

    public async Task<Result<StepTaken>> Take(Guid? action, ActionStep step, Acting by)
    {
        // People do one thing after the other, so that letters have an order.
        Time.Advance(TimeSpan.FromSeconds(1));
        await using var db = CreateDbContext();
        return await new TakeStepHandler(db, Changes, allowances, Time).Handle(new(action, step, by), CancellationToken.None);
    }

    public Task<Result<StepTaken>> Take(Guid action, ActionStep step, StaffMember by) => Take(action, step, new Acting.Signed(by));

    public async Task<Result<ActionView>> Show(Guid? action, Acting by)
    {
        await using var db = CreateDbContext();
        return await new ShowActionHandler(db, Time, Policies).Handle(new(action, by), CancellationToken.None);
    }

    public async Task<int> SendNudges() =>
        await new SendNudges(this, Letters, NullLogger<SendNudges>.Instance).DoDue(Time.GetUtcNow(), CancellationToken.None);

    public async Task<List<OutboxRow>> Outbox(string? to = null)
    {
        await using var db = CreateDbContext();
        return await db.Set<OutboxRow>()
            .AsNoTracking()
            .Where(row => to == null || row.To == to)
            .OrderBy(row => row.CreatedAt)
            .ThenBy(row => row.Id)
            .ToListAsync();
    }

    /// <summary>The token of the last personal link that somebody was sent.</summary>
    public async Task<string> TokenOf(string email) => TokenIn((await Outbox(email))[^1].TextBody);

    public static string TokenIn(string text)
    {
        var start = text.LastIndexOf("/afspraak/", StringComparison.Ordinal) + "/afspraak/".Length;
        return text[start..(start + 43)];
    }

    public async Task<Acting> Holder(string email) => new Acting.Holder(await TokenOf(email));

    public async Task<AgreedActionRow> Row(Guid id)
    {
        await using var db = CreateDbContext();
        return await db.Set<AgreedActionRow>().AsNoTracking().SingleAsync(row => row.Id == id);
    }

    public async Task<List<NudgeRow>> Nudges(Guid id)
    {
        await using var db = CreateDbContext();
        return await db.Set<NudgeRow>().AsNoTracking().Where(row => row.ActionId == id).ToListAsync();
    }
}

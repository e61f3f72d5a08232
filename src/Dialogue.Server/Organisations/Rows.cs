using Dialogue.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dialogue.Organisations;

/// <summary>
/// The public body whose questions and agreements these are. Dates are dates in its time zone. Several can live in one installation;
/// nothing of the one is visible to the other.
/// </summary>
public sealed class OrganisationRow : IEntityTypeConfiguration<OrganisationRow>
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";

    /// <summary>Address for letters, on several lines; null when it is not known.</summary>
    public string? Address { get; set; }

    /// <summary>An IANA time zone, such as <c>Europe/Amsterdam</c>.</summary>
    public string TimeZone { get; set; } = "Europe/Amsterdam";

    /// <summary>nl or en: of mails and reports.</summary>
    public string Language { get; set; } = "nl";

    /// <summary>House colour as <c>#rrggbb</c>, with enough contrast for white text; null for the colours of the program.</summary>
    public string? Accent { get; set; }

    public WorkingDays WorkingDays { get; set; } = WorkingDays.MondayToFriday;

    /// <summary>Everybody of this organisation must sign in with a second factor.</summary>
    public bool RequireSecondFactor { get; set; }

    /// <summary>The level that a new dialogue begins with.</summary>
    public DialogueLevel Level { get; set; } = DialogueLevel.Organisation;

    /// <summary>Calendar days before a date on which the owner is reminded.</summary>
    public int RemindDaysBefore { get; set; } = 7;

    /// <summary>Working days within which an owner is asked to answer an offered agreement.</summary>
    public int AnswerWorkingDays { get; set; } = 5;

    /// <summary>Calendar days late after which each rung of the ladder hears of it.</summary>
    public int LateDays { get; set; } = 7;
    public int LateDaysSponsor { get; set; } = 14;
    public int LateDaysPortfolio { get; set; } = 30;
    public int LateDaysBoard { get; set; } = 60;

    /// <summary>Its administrators may add organisations to this installation. True for the organisation that was set up first.</summary>
    public bool RunsInstallation { get; set; }

    /// <summary>When a mail to an administrator was last seen to leave; null when that was never tried.</summary>
    public DateTimeOffset? MailTestedAt { get; set; }

    /// <summary>When somebody said that the first steps are done; null while the page of first steps is shown.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>Rises with each change of rights. Its row is the lock of such a change: see <see cref="People.Rights"/>.</summary>
    public int RightsChanges { get; set; }

    /// <summary>Rises with each change of settings; a form that was based on another number is refused.</summary>
    public int Version { get; set; }

    public void Configure(EntityTypeBuilder<OrganisationRow> row)
    {
        row.ToTable("Organisations");
        row.HasKey(o => o.Id);
        row.Property(o => o.Id).ValueGeneratedNever();
        row.Property(o => o.Name).HasMaxLength(200);
        row.Property(o => o.Address).HasMaxLength(400);
        row.Property(o => o.TimeZone).HasMaxLength(60);
        row.Property(o => o.Language).HasMaxLength(10);
        row.Property(o => o.Accent).HasMaxLength(7);
        // Defaults for rows that were there before a column was.
        row.Property(o => o.WorkingDays)
            .HasConversion<int>()
            .HasDefaultValue(WorkingDays.MondayToFriday)
            .HasSentinel(WorkingDays.MondayToFriday);
        row.Property(o => o.Level).HasDefaultValue(DialogueLevel.Organisation).HasSentinel(DialogueLevel.Organisation);
        row.Property(o => o.RemindDaysBefore).HasDefaultValue(7).HasSentinel(7);
        row.Property(o => o.AnswerWorkingDays).HasDefaultValue(5).HasSentinel(5);
        row.Property(o => o.LateDays).HasDefaultValue(7).HasSentinel(7);
        row.Property(o => o.LateDaysSponsor).HasDefaultValue(14).HasSentinel(14);
        row.Property(o => o.LateDaysPortfolio).HasDefaultValue(30).HasSentinel(30);
        row.Property(o => o.LateDaysBoard).HasDefaultValue(60).HasSentinel(60);
        row.Property(o => o.Version).IsConcurrencyToken();
    }
}

/// <summary>The days on which people of an organisation work.</summary>
[Flags]
public enum WorkingDays
{
    None = 0,
    Monday = 1,
    Tuesday = 2,
    Wednesday = 4,
    Thursday = 8,
    Friday = 16,
    Saturday = 32,
    Sunday = 64,
    MondayToFriday = Monday | Tuesday | Wednesday | Thursday | Friday,
}

/// <summary>How far a dialogue and its outcome may be read, from few to many.</summary>
public enum DialogueLevel
{
    /// <summary>The team, and whoever took part.</summary>
    Team,

    /// <summary>The people of the unit of the dialogue as well; of a team of a unit, those of the whole unit.</summary>
    Unit,

    /// <summary>All staff of the organisation.</summary>
    Organisation,

    /// <summary>As <see cref="Organisation"/>, and meant to be shared with partner organisations.</summary>
    Chain,

    /// <summary>As <see cref="Organisation"/>, and meant to be made public.</summary>
    Public,
}

/// <summary>The logo of an organisation, apart so that nobody loads it by accident.</summary>
public sealed class LogoRow : IEntityTypeConfiguration<LogoRow>
{
    public Guid OrganisationId { get; set; }

    /// <summary>image/png or image/jpeg, read from the picture itself.</summary>
    public string Type { get; set; } = "";

    public byte[] Bytes { get; set; } = [];

    /// <summary>First half of the SHA-256 of the bytes, in hexadecimal: the ETag.</summary>
    public string Hash { get; set; } = "";

    public void Configure(EntityTypeBuilder<LogoRow> row)
    {
        row.ToTable("Logos");
        row.HasKey(l => l.OrganisationId);
        row.Property(l => l.OrganisationId).ValueGeneratedNever();
        row.Property(l => l.Type).HasMaxLength(20);
        row.Property(l => l.Hash).HasMaxLength(32);
        row.HasOne<OrganisationRow>().WithOne().HasForeignKey<LogoRow>(l => l.OrganisationId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>A part of the organisation. There are two levels: a unit, and the teams in it.</summary>
public sealed class UnitRow : IEntityTypeConfiguration<UnitRow>
{
    public Guid Id { get; set; }
    public Guid OrganisationId { get; set; }

    /// <summary>The unit that this team is in; null for a unit of the first level.</summary>
    public Guid? ParentId { get; set; }

    public string Name { get; set; } = "";

    public void Configure(EntityTypeBuilder<UnitRow> row)
    {
        row.ToTable("Units");
        row.HasKey(u => u.Id);
        row.Property(u => u.Id).ValueGeneratedNever();
        row.Property(u => u.Name).HasMaxLength(200);
        row.HasIndex(u => new { u.OrganisationId, u.Name }).IsUnique();
        row.HasOne<OrganisationRow>().WithMany().HasForeignKey(u => u.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        row.HasOne<UnitRow>().WithMany().HasForeignKey(u => u.ParentId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>A function that follow-up writes to by its name, so that nobody needs to know who holds it now.</summary>
public enum NamedFunction
{
    /// <summary>Answers for a case: hears of what is late, blocked or given back.</summary>
    Sponsor,

    /// <summary>The manager with this subject in the portfolio: hears of what is long late.</summary>
    PortfolioHolder,

    BoardMember,
    EthicsCoordinator,

    /// <summary>Speaks with partner organisations.</summary>
    ChainCoordinator,
}

/// <summary>
/// Who holds a named function, for the whole organisation or for one unit: an account, or a mailbox that several people read.
/// </summary>
public sealed class FunctionRow : IEntityTypeConfiguration<FunctionRow>
{
    public Guid Id { get; set; }
    public Guid OrganisationId { get; set; }
    public NamedFunction Function { get; set; }

    /// <summary>Null: for the whole organisation.</summary>
    public Guid? UnitId { get; set; }

    /// <summary>The unit, or else the organisation: one holder for each.</summary>
    public Guid ScopeId { get; set; }

    /// <summary>The person; null when it is a mailbox.</summary>
    public Guid? AccountId { get; set; }

    /// <summary>What the mailbox is called in letters; null when it is a person.</summary>
    public string? MailboxName { get; set; }

    public string? MailboxEmail { get; set; }

    public void Configure(EntityTypeBuilder<FunctionRow> row)
    {
        row.ToTable("Functions");
        row.HasKey(f => f.Id);
        row.Property(f => f.Id).ValueGeneratedNever();
        row.Property(f => f.MailboxName).HasMaxLength(200);
        row.Property(f => f.MailboxEmail).HasMaxLength(320);
        row.HasIndex(f => new
            {
                f.OrganisationId,
                f.ScopeId,
                f.Function,
            })
            .IsUnique();
        row.HasIndex(f => f.AccountId);
        row.HasOne<OrganisationRow>().WithMany().HasForeignKey(f => f.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        row.HasOne<UnitRow>().WithMany().HasForeignKey(f => f.UnitId).OnDelete(DeleteBehavior.Restrict);
        row.HasOne<Account>().WithMany().HasForeignKey(f => f.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>Another body in the chain, with a time zone and a language of its own. Its people have no account here.</summary>
public sealed class PartnerRow : IEntityTypeConfiguration<PartnerRow>
{
    public Guid Id { get; set; }

    /// <summary>Whose partner it is.</summary>
    public Guid OrganisationId { get; set; }

    public string Name { get; set; } = "";

    /// <summary>What people call it, such as LID; null when they use the whole name.</summary>
    public string? ShortName { get; set; }

    public string TimeZone { get; set; } = "Europe/Amsterdam";
    public string Language { get; set; } = "nl";

    public void Configure(EntityTypeBuilder<PartnerRow> row)
    {
        row.ToTable("Partners");
        row.HasKey(p => p.Id);
        row.Property(p => p.Id).ValueGeneratedNever();
        row.Property(p => p.Name).HasMaxLength(200);
        row.Property(p => p.ShortName).HasMaxLength(40);
        row.Property(p => p.TimeZone).HasMaxLength(60);
        row.Property(p => p.Language).HasMaxLength(10);
        row.HasIndex(p => new { p.OrganisationId, p.Name }).IsUnique();
        row.HasOne<OrganisationRow>().WithMany().HasForeignKey(p => p.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>Somebody at a partner organisation whom we write to.</summary>
public sealed class PartnerContactRow : IEntityTypeConfiguration<PartnerContactRow>
{
    public Guid Id { get; set; }
    public Guid PartnerId { get; set; }
    public string Name { get; set; } = "";

    /// <summary>What this person does there, such as "ketencoördinator"; null when it is not known.</summary>
    public string? Task { get; set; }

    public string Email { get; set; } = "";

    public void Configure(EntityTypeBuilder<PartnerContactRow> row)
    {
        row.ToTable("PartnerContacts");
        row.HasKey(c => c.Id);
        row.Property(c => c.Id).ValueGeneratedNever();
        row.Property(c => c.Name).HasMaxLength(200);
        row.Property(c => c.Task).HasMaxLength(200);
        row.Property(c => c.Email).HasMaxLength(320);
        row.HasOne<PartnerRow>().WithMany().HasForeignKey(c => c.PartnerId).OnDelete(DeleteBehavior.Cascade);
    }
}

using Dialogue.Organisations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dialogue.Access;

internal sealed class AccountColumns : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> row)
    {
        row.ToTable("Accounts");
        row.Property(a => a.Id).ValueGeneratedNever();
        row.Property(a => a.Name).HasMaxLength(200);
        row.Property(a => a.Roles).HasConversion<int>();
        row.Property(a => a.Language).HasMaxLength(10);
        row.HasOne<OrganisationRow>().WithMany().HasForeignKey(a => a.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        row.HasOne<UnitRow>().WithMany().HasForeignKey(a => a.UnitId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AccountTables
    : IEntityTypeConfiguration<IdentityUserClaim<Guid>>,
        IEntityTypeConfiguration<IdentityUserLogin<Guid>>,
        IEntityTypeConfiguration<IdentityUserToken<Guid>>,
        IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> builder) => builder.ToTable("AccountClaims");

    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> builder) => builder.ToTable("AccountLogins");

    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> builder) => builder.ToTable("AccountTokens");

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> builder)
    {
        builder.ToTable("AccountPasskeys");
        builder.HasKey(passkey => passkey.CredentialId);
        builder.OwnsOne(passkey => passkey.Data).ToJson();
        builder.HasOne<Account>().WithMany().HasForeignKey(passkey => passkey.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(passkey => passkey.CredentialId).HasMaxLength(900); // what fits in a key of SQL Server
    }
}

/// <summary>
/// Somebody is signed in, on one device. The cookie holds a random token of which only the hash is here; deleting the row
/// signs that device out, whatever its cookie still says.
/// </summary>
public sealed class StaffSessionRow : IEntityTypeConfiguration<StaffSessionRow>
{
    public byte[] TokenHash { get; set; } = [];
    public Guid AccountId { get; set; }

    /// <summary>What the list of sessions calls it by, so that no page shows the hash.</summary>
    public Guid Id { get; set; }

    /// <summary>Browser and system in short, such as <c>Firefox, Windows</c>; empty when the browser did not say.</summary>
    public string Device { get; set; } = "";

    /// <summary>Two factors were shown: a code beside the password, or a passkey.</summary>
    public bool Strong { get; set; }

    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset SeenAt { get; set; }

    public void Configure(EntityTypeBuilder<StaffSessionRow> row)
    {
        row.ToTable("StaffSessions");
        row.HasKey(s => s.TokenHash);
        row.Property(s => s.TokenHash).HasMaxLength(32);
        row.Property(s => s.Device).HasMaxLength(80);
        row.HasIndex(s => s.StartedAt);
        row.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>
/// A link that was mailed to somebody about their account. Works once, for one purpose, until it expires or a newer one is sent.
/// Only the hash of its token is here.
/// </summary>
public sealed class AccountLinkRow : IEntityTypeConfiguration<AccountLinkRow>
{
    public string TokenHash { get; set; } = "";
    public Guid AccountId { get; set; }
    public AccountLinkPurpose Purpose { get; set; }

    /// <summary>Where it was sent; for a change of address this is the new one.</summary>
    public string Email { get; set; } = "";

    /// <summary>The account of whoever asked; null when the person did so without signing in, or when a set-up did.</summary>
    public Guid? AskedBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Two who use one link at the same moment: the second finds another number here.</summary>
    public int Version { get; set; }

    public void Configure(EntityTypeBuilder<AccountLinkRow> row)
    {
        row.ToTable("AccountLinks");
        row.HasKey(l => l.TokenHash);
        row.Property(l => l.TokenHash).HasMaxLength(64);
        row.Property(l => l.Email).HasMaxLength(320);
        row.Property(l => l.Version).IsConcurrencyToken();
        row.HasIndex(l => new { l.AccountId, l.Purpose });
        row.HasIndex(l => l.ExpiresAt);
        row.HasOne<Account>().WithMany().HasForeignKey(l => l.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

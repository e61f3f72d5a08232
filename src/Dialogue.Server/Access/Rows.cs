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
        row.HasOne<OrganisationRow>().WithMany().HasForeignKey(a => a.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        row.HasOne<UnitRow>().WithMany().HasForeignKey(a => a.UnitId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AccountTables
    : IEntityTypeConfiguration<IdentityUserClaim<Guid>>,
        IEntityTypeConfiguration<IdentityUserLogin<Guid>>,
        IEntityTypeConfiguration<IdentityUserToken<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> builder) => builder.ToTable("AccountClaims");

    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> builder) => builder.ToTable("AccountLogins");

    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> builder) => builder.ToTable("AccountTokens");
}

/// <summary>
/// Somebody is signed in, on one device. The cookie holds a random token of which only the hash is here; deleting the row
/// signs that device out, whatever its cookie still says.
/// </summary>
public sealed class StaffSessionRow : IEntityTypeConfiguration<StaffSessionRow>
{
    public byte[] TokenHash { get; set; } = [];
    public Guid AccountId { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset SeenAt { get; set; }

    public void Configure(EntityTypeBuilder<StaffSessionRow> row)
    {
        row.ToTable("StaffSessions");
        row.HasKey(s => s.TokenHash);
        row.Property(s => s.TokenHash).HasMaxLength(32);
        row.HasIndex(s => s.StartedAt);
        row.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

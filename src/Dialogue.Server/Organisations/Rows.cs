using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dialogue.Organisations;

/// <summary>The public body whose questions and agreements these are. Dates of follow-up are dates in its time zone.</summary>
public sealed class OrganisationRow : IEntityTypeConfiguration<OrganisationRow>
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public string TimeZone { get; set; } = "Europe/Amsterdam";
    public string Language { get; set; } = "nl";

    public void Configure(EntityTypeBuilder<OrganisationRow> row)
    {
        row.ToTable("Organisations");
        row.HasKey(o => o.Id);
        row.Property(o => o.Id).ValueGeneratedNever();
        row.Property(o => o.Name).HasMaxLength(200);
        row.Property(o => o.TimeZone).HasMaxLength(60);
        row.Property(o => o.Language).HasMaxLength(10);
    }
}

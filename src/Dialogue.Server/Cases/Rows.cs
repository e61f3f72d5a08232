using System.Globalization;
using Dialogue.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dialogue.Cases;

/// <summary>
/// An ethical question of an organisation, with its story. It outlives its dialogues, which copy the story at preparing. Its number counts
/// within a year and is drawn by the unique index: whoever comes second takes the next one.
/// </summary>
public sealed class CaseRow : IEntityTypeConfiguration<CaseRow>
{
    public Guid Id { get; set; }
    public Guid OrganisationId { get; set; }
    public int Year { get; set; }
    public int NumberInYear { get; set; }
    public string Title { get; set; } = "";
    public string Story { get; set; } = "";

    /// <summary>One of <see cref="CaseWords.Domains"/>; suggests a method and forbids none.</summary>
    public string Domain { get; set; } = "other";

    /// <summary>One of <see cref="CaseWords.Triggers"/>.</summary>
    public string Trigger { get; set; } = "signal";
    public Guid RegisteredBy { get; set; }
    public string RegisteredByName { get; set; } = "";
    public DateTimeOffset RegisteredAt { get; set; }
    public bool Closed { get; set; }

    /// <summary>Title and story as a search compares them (<see cref="Folded"/>): the same on every database.</summary>
    public string SearchText
    {
        get => Folded.Of(Title + "\n" + Story);
        private set => _ = value;
    }
    public int Version { get; set; } = 1;

    public string Number => Year.ToString(CultureInfo.InvariantCulture) + "-" + NumberInYear.ToString("000", CultureInfo.InvariantCulture);

    public void Configure(EntityTypeBuilder<CaseRow> row)
    {
        row.ToTable("Cases");
        row.HasKey(c => c.Id);
        row.Property(c => c.Id).ValueGeneratedNever();
        row.Property(c => c.Title).HasMaxLength(Limits.ShortTextLength);
        row.Property(c => c.Story).HasMaxLength(Limits.TextLength);
        row.Property(c => c.SearchText).HasMaxLength(Folded.Longest).UsePropertyAccessMode(PropertyAccessMode.Property);
        row.Property(c => c.Domain).HasMaxLength(20);
        row.Property(c => c.Trigger).HasMaxLength(20);
        row.Property(c => c.RegisteredByName).HasMaxLength(200);
        row.Property(c => c.Version).IsConcurrencyToken();
        row.Ignore(c => c.Number);
        row.HasIndex(c => new
            {
                c.OrganisationId,
                c.Year,
                c.NumberInYear,
            })
            .IsUnique();
        row.HasOne<OrganisationRow>().WithMany().HasForeignKey(c => c.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}

public static class CaseWords
{
    public static IReadOnlyList<string> Domains { get; } = ["iOverheid", "aiOverheid", "both", "other"];
    public static IReadOnlyList<string> Triggers { get; } = ["signal", "complaint", "project", "lawChange", "incident", "periodic"];
}

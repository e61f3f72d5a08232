using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dialogue.Trail;

/// <summary>
/// One line of the audit trail: who did what to which thing, and when. Append-only: no property can be set after the line was made, and
/// nothing in the program updates or deletes one. A line holds no name of a person, no mail address and no words of a dialogue.
/// </summary>
public sealed class AuditRow : IEntityTypeConfiguration<AuditRow>
{
    public const int MostDetail = 400;

    public Guid Id { get; init; }
    public Guid OrganisationId { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>The account of whoever did it; null when the program did, or somebody without an account.</summary>
    public Guid? AccountId { get; init; }

    public AuditAct Act { get; init; }

    /// <summary>What kind of thing it was done to, such as <c>account</c>, <c>unit</c> or <c>dialogue</c>.</summary>
    public string SubjectKind { get; init; } = "";

    /// <summary>Which one: mostly an id. Null when there is only one, such as the settings of the organisation.</summary>
    public string? SubjectId { get; init; }

    /// <summary>Facts of the program, such as roles before and after; null when the act says it all.</summary>
    public string? Detail { get; init; }

    public void Configure(EntityTypeBuilder<AuditRow> row)
    {
        row.ToTable("Audit");
        row.HasKey(r => r.Id);
        row.Property(r => r.Id).ValueGeneratedNever();
        row.Property(r => r.OrganisationId);
        row.Property(r => r.At);
        row.Property(r => r.AccountId);
        row.Property(r => r.Act);
        row.Property(r => r.SubjectKind).HasMaxLength(40);
        row.Property(r => r.SubjectId).HasMaxLength(60);
        row.Property(r => r.Detail).HasMaxLength(MostDetail);
        row.HasIndex(r => new
        {
            r.OrganisationId,
            r.At,
            r.Id,
        });
    }
}

using System.Globalization;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dialogue.Outcomes;

/// <summary>What one dialogue left, as a whole: the front of its report. Written once, when the dialogue closes.</summary>
public sealed class OutcomeRow : IEntityTypeConfiguration<OutcomeRow>
{
    public Guid DialogueId { get; set; }
    public Guid CaseId { get; set; }
    public Guid OrganisationId { get; set; }
    public string Title { get; set; } = "";
    public DateTimeOffset ClosedAt { get; set; }
    public int Version { get; set; } = 1;

    /// <summary>An <see cref="OutcomeHead"/> as JSON.</summary>
    public string Head { get; set; } = "{}";

    public void Configure(EntityTypeBuilder<OutcomeRow> row)
    {
        row.ToTable("Outcomes");
        row.HasKey(o => o.DialogueId);
        row.Property(o => o.DialogueId).ValueGeneratedNever();
        row.Property(o => o.Title).HasMaxLength(Limits.ShortTextLength);
        row.HasIndex(o => new { o.OrganisationId, o.ClosedAt });
        row.HasIndex(o => o.CaseId);
    }
}

/// <summary>
/// One typed record of what a dialogue left: a fact, an effect, a decision ... What came from an anonymous phase has no perspective, and no
/// record has a moment of its own: all were written when the dialogue closed.
/// </summary>
public sealed class OutcomeRecordRow : IEntityTypeConfiguration<OutcomeRecordRow>
{
    public Guid Id { get; set; }
    public Guid DialogueId { get; set; }
    public Guid CaseId { get; set; }
    public Guid OrganisationId { get; set; }

    /// <summary>Order in the report.</summary>
    public int Place { get; set; }
    public OutcomeKind Kind { get; set; }

    /// <summary>The number in the dialogue; null for what has none there, such as a value or the review date.</summary>
    public int? Number { get; set; }
    public string Text { get; set; } = "";
    public string? Perspective { get; set; }
    public string? Bucket { get; set; }

    public WooClass WooClass { get; set; }
    public RetentionClass RetentionClass { get; set; }

    /// <summary>A <see cref="RecordDetail"/> as JSON.</summary>
    public string Detail { get; set; } = "{}";

    /// <summary>What it is called within its dialogue, the same for whoever reads it: parts of addresses are made of it.</summary>
    public string Local =>
        Kind switch
        {
            OutcomeKind.Agreement => AgreementLocal(Number!.Value),
            OutcomeKind.ValueAtStake => "v-" + Bucket,
            _ when Number is { } number => (OutcomeKinds.IsItem(Kind) ? "" : Kind.Word()) + number.ToString(CultureInfo.InvariantCulture),
            _ => Kind.Word() + "p" + Place.ToString(CultureInfo.InvariantCulture),
        };

    public static string AgreementLocal(int number) => "a" + number.ToString(CultureInfo.InvariantCulture);

    public void Configure(EntityTypeBuilder<OutcomeRecordRow> row)
    {
        row.ToTable("OutcomeRecords");
        row.HasKey(r => r.Id);
        row.Property(r => r.Id).ValueGeneratedNever();
        row.Property(r => r.Kind).AsWord(40);
        row.Property(r => r.Text).HasMaxLength(Limits.TextLength);
        row.Property(r => r.Perspective).HasMaxLength(40);
        row.Property(r => r.Bucket).HasMaxLength(40);
        row.Property(r => r.WooClass).AsWord(20);
        row.Property(r => r.RetentionClass).AsWord(20);
        row.Ignore(r => r.Local);
        row.HasIndex(r => new { r.DialogueId, r.Place }).IsUnique();
        row.HasIndex(r => new { r.CaseId, r.Kind });
        row.HasIndex(r => new { r.OrganisationId, r.Kind });
        row.HasIndex(r => new { r.RetentionClass, r.DialogueId });
        row.HasOne<OutcomeRow>().WithMany().HasForeignKey(r => r.DialogueId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>One record rests on another: the way from value to argument to decision to agreement, walkable both ways.</summary>
public sealed class OutcomeLinkRow : IEntityTypeConfiguration<OutcomeLinkRow>
{
    public Guid DialogueId { get; set; }
    public Guid From { get; set; }
    public Guid To { get; set; }

    /// <summary>One of <see cref="OutcomeLinks"/>.</summary>
    public string Kind { get; set; } = "";

    public void Configure(EntityTypeBuilder<OutcomeLinkRow> row)
    {
        row.ToTable("OutcomeLinks");
        row.HasKey(l => new
        {
            l.From,
            l.To,
            l.Kind,
        });
        row.Property(l => l.From).HasColumnName("FromRecord");
        row.Property(l => l.To).HasColumnName("ToRecord");
        row.Property(l => l.Kind).HasMaxLength(20);
        row.HasIndex(l => l.To);
        row.HasIndex(l => l.DialogueId);
        // One road of deletion only: through the outcome. Two to the same table is what SQL Server refuses.
        row.HasOne<OutcomeRow>().WithMany().HasForeignKey(l => l.DialogueId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>An act of a guide, for the list at the end of the report that everybody who was there can read.</summary>
public sealed class GuideActRow : IEntityTypeConfiguration<GuideActRow>
{
    public Guid DialogueId { get; set; }

    /// <summary>The number of the event in the log of the dialogue.</summary>
    public int Sequence { get; set; }
    public string Kind { get; set; } = "";
    public DateTimeOffset At { get; set; }
    public string? About { get; set; }
    public string? AboutEnglish { get; set; }
    public string? Reason { get; set; }

    public void Configure(EntityTypeBuilder<GuideActRow> row)
    {
        row.ToTable("GuideActs");
        row.HasKey(a => new { a.DialogueId, a.Sequence });
        row.Property(a => a.Kind).HasMaxLength(40);
        row.Property(a => a.About).HasMaxLength(Limits.ShortTextLength);
        row.Property(a => a.AboutEnglish).HasMaxLength(Limits.ShortTextLength);
        row.Property(a => a.Reason).HasMaxLength(Limits.ShortTextLength);
    }
}

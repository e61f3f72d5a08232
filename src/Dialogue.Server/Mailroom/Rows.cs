using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dialogue.Mailroom;

/// <summary>
/// A letter that must go out. The text is kept until it is sent and then erased, because it may carry a personal link.
/// </summary>
public sealed class OutboxRow : IEntityTypeConfiguration<OutboxRow>
{
    public Guid Id { get; set; }

    /// <summary>Whose letter it is.</summary>
    public Guid OrganisationId { get; set; }

    public string To { get; set; } = "";
    public string Subject { get; set; } = "";
    public string TextBody { get; set; } = "";

    /// <summary>What it is about, for whoever wants to show that a letter does not get through. The mailroom does not read it.</summary>
    public string? About { get; set; }

    /// <summary>Who looks once more when it leaves, and what that one needs for it; null: it leaves as it is.</summary>
    public string? Checker { get; set; }
    public string? Facts { get; set; }

    /// <summary>When it was seen at sending that its reason was gone; it is not sent any more.</summary>
    public DateTimeOffset? DroppedAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset DueAt { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>When it was given up: the address or the letter was refused for good, or it failed too often. Null while it is
    /// tried.</summary>
    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>The same at each attempt, so that a receiver can recognise a second copy.</summary>
    public string StableMessageId { get; set; } = "";

    public string? LastError { get; set; }

    public void Configure(EntityTypeBuilder<OutboxRow> row)
    {
        row.ToTable("Outbox");
        row.HasKey(r => r.Id);
        row.Property(r => r.Id).ValueGeneratedNever();
        row.Property(r => r.To).HasMaxLength(320);
        row.Property(r => r.Subject).HasMaxLength(300);
        row.Property(r => r.About).HasMaxLength(100);
        row.Property(r => r.Checker).HasMaxLength(40);
        row.Property(r => r.StableMessageId).HasMaxLength(200);
        row.Property(r => r.LastError).HasMaxLength(500);
        // The claim: of two processes that send, one finds it already raised.
        row.Property(r => r.Attempts).IsConcurrencyToken();
        row.HasIndex(r => new { r.SentAt, r.DueAt });
        row.HasIndex(r => new { r.OrganisationId, r.SentAt });
    }
}

/// <summary>What else a letter is about, besides <see cref="OutboxRow.About"/>.</summary>
public sealed class OutboxAboutRow : IEntityTypeConfiguration<OutboxAboutRow>
{
    public Guid LetterId { get; set; }
    public string About { get; set; } = "";

    public void Configure(EntityTypeBuilder<OutboxAboutRow> row)
    {
        row.ToTable("OutboxAbout");
        row.HasKey(r => new { r.LetterId, r.About });
        row.Property(r => r.About).HasMaxLength(100);
        row.HasIndex(r => r.About);
        row.HasOne<OutboxRow>().WithMany().HasForeignKey(r => r.LetterId).OnDelete(DeleteBehavior.Cascade);
    }
}

using Dialogue.Activities.Commit;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dialogue.FollowUp;

/// <summary>
/// An agreed action as it stands now. Every change is one transaction of this row, lines in the journal, planned nudges and
/// letters; the number of the journal line is the lock, <see cref="Version"/> is the last of those numbers.
/// </summary>
public sealed class AgreedActionRow : IEntityTypeConfiguration<AgreedActionRow>
{
    public Guid Id { get; set; }
    public Guid OrganisationId { get; set; }
    public Guid? CaseId { get; set; }
    public Guid DialogueId { get; set; }
    public string DialogueTitle { get; set; } = "";
    public string? Unit { get; set; }

    /// <summary>The unit by id, for its named functions; null when it belongs to the organisation as a whole.</summary>
    public Guid? UnitId { get; set; }

    public int AgreementId { get; set; }

    public string Text { get; set; } = "";

    /// <summary>The reason in words, for people.</summary>
    public string WhyText { get; set; } = "";

    /// <summary>The reason as links: the items and values of the dialogue, as JSON.</summary>
    public string Why { get; set; } = "{}";

    public AgreementKind Kind { get; set; }

    public string OwnerName { get; set; } = "";
    public string? OwnerEmail { get; set; }
    public Guid? OwnerAccountId { get; set; }
    public string? VerifierName { get; set; }
    public string? VerifierEmail { get; set; }
    public Guid? VerifierAccountId { get; set; }
    public string? GuideName { get; set; }
    public string? GuideEmail { get; set; }
    public Guid? GuideAccountId { get; set; }

    /// <summary>Whoever keeps an eye on the follow-up, as agreed beforehand: is told when the facilitator cannot be reached.</summary>
    public string? FollowUpOwnerName { get; set; }
    public string? FollowUpOwnerEmail { get; set; }
    public Guid? FollowUpOwnerAccountId { get; set; }

    public string FirstStep { get; set; } = "";
    public DateOnly FirstStepDate { get; set; }
    public DateOnly DueDate { get; set; }
    public DateOnly OriginalDueDate { get; set; }
    public int DateChanges { get; set; }
    public DateOnly AskedOn { get; set; }
    public DateOnly StateSince { get; set; }
    public string Zone { get; set; } = "Europe/Amsterdam";
    public string Language { get; set; } = "nl";
    public string? IfThen { get; set; }
    public string EvidencePlan { get; set; } = "";
    public string? Indicator { get; set; }

    public ActionState State { get; set; }
    public ActionEffect? Effect { get; set; }
    public Guid? SuccessorId { get; set; }
    public int Version { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    public void Configure(EntityTypeBuilder<AgreedActionRow> row)
    {
        row.ToTable("AgreedActions");
        row.HasKey(r => r.Id);
        row.Property(r => r.Id).ValueGeneratedNever();
        row.Property(r => r.DialogueTitle).HasMaxLength(300);
        row.Property(r => r.Unit).HasMaxLength(200);
        row.Property(r => r.Kind).AsWord(40);
        row.Property(r => r.OwnerName).HasMaxLength(200);
        row.Property(r => r.OwnerEmail).HasMaxLength(320);
        row.Property(r => r.VerifierName).HasMaxLength(200);
        row.Property(r => r.VerifierEmail).HasMaxLength(320);
        row.Property(r => r.GuideName).HasMaxLength(200);
        row.Property(r => r.GuideEmail).HasMaxLength(320);
        row.Property(r => r.FollowUpOwnerName).HasMaxLength(200);
        row.Property(r => r.FollowUpOwnerEmail).HasMaxLength(320);
        row.Property(r => r.Zone).HasMaxLength(60);
        row.Property(r => r.Language).HasMaxLength(10);
        row.Property(r => r.Version).IsConcurrencyToken();
        row.HasIndex(r => new { r.DialogueId, r.AgreementId }).IsUnique();
        row.HasIndex(r => new
        {
            r.OrganisationId,
            r.DueDate,
            r.Id,
        });
        row.HasIndex(r => r.OwnerAccountId);
        row.HasIndex(r => r.VerifierAccountId);
    }
}

/// <summary>
/// One line of the journal: append-only. Two people who act at the same moment collide here, and the second decides again.
/// </summary>
public sealed class ActionJournalRow : IEntityTypeConfiguration<ActionJournalRow>
{
    public Guid ActionId { get; set; }
    public int Number { get; set; }
    public ActionRoles Role { get; set; }
    public string Who { get; set; } = "";
    public ActionStepKind What { get; set; }
    public ActionState Before { get; set; }
    public ActionState After { get; set; }

    /// <summary>What this person wrote, and nothing else.</summary>
    public string? Reason { get; set; }
    public Verdict? Verdict { get; set; }
    public ActionEffect? Effect { get; set; }
    public DropCategory? Category { get; set; }
    public DateOnly? OldDate { get; set; }
    public DateOnly? NewDate { get; set; }
    public string? OldPerson { get; set; }
    public string? NewPerson { get; set; }
    public string? FromWhom { get; set; }
    public DateTimeOffset At { get; set; }

    public void Configure(EntityTypeBuilder<ActionJournalRow> row)
    {
        row.ToTable("ActionJournal");
        row.HasKey(r => new { r.ActionId, r.Number });
        row.Property(r => r.Who).HasMaxLength(200);
        row.Property(r => r.Verdict).AsWord(20);
        row.Property(r => r.Effect).AsWord(20);
        row.Property(r => r.Category).AsWord(20);
        row.Property(r => r.OldPerson).HasMaxLength(200);
        row.Property(r => r.NewPerson).HasMaxLength(200);
        row.Property(r => r.FromWhom).HasMaxLength(Limits.TextLength);
        row.HasOne<AgreedActionRow>().WithMany().HasForeignKey(r => r.ActionId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>What was handed in to show that it is done.</summary>
public sealed class EvidenceRow : IEntityTypeConfiguration<EvidenceRow>
{
    public Guid Id { get; set; }
    public Guid ActionId { get; set; }
    public int JournalNumber { get; set; }
    public EvidenceKind Kind { get; set; }
    public string Text { get; set; } = "";
    public string? Reference { get; set; }
    public DateTimeOffset At { get; set; }

    public void Configure(EntityTypeBuilder<EvidenceRow> row)
    {
        row.ToTable("ActionEvidence");
        row.HasKey(r => r.Id);
        row.Property(r => r.Id).ValueGeneratedNever();
        row.HasOne<AgreedActionRow>().WithMany().HasForeignKey(r => r.ActionId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>A planned reminder. The unique key makes each take effect once; unsent ones are planned again at every change.</summary>
public sealed class NudgeRow : IEntityTypeConfiguration<NudgeRow>
{
    public Guid Id { get; set; }
    public Guid ActionId { get; set; }
    public NudgeKind Kind { get; set; }
    public NudgeTo To { get; set; }
    public DateOnly About { get; set; }
    public int Round { get; set; }
    public DateTimeOffset At { get; set; }
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>How often making the letter failed; after five times it is not tried again.</summary>
    public int Attempts { get; set; }

    /// <summary>The kind of the last failure; null when there was none.</summary>
    public string? LastError { get; set; }

    public void Configure(EntityTypeBuilder<NudgeRow> row)
    {
        row.ToTable("ActionNudges");
        row.HasKey(r => r.Id);
        row.Property(r => r.Id).ValueGeneratedNever();
        row.HasIndex(r => new
            {
                r.ActionId,
                r.Kind,
                r.About,
                r.Round,
            })
            .IsUnique();
        row.HasIndex(r => new { r.SentAt, r.At });
        // The claim: of two processes that send, one finds it already set.
        row.Property(r => r.SentAt).IsConcurrencyToken();
        row.Property(r => r.LastError).HasMaxLength(200);
        row.HasOne<AgreedActionRow>().WithMany().HasForeignKey(r => r.ActionId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>For which role a link without an account was given.</summary>
public enum LinkPurpose
{
    Owner,
    Verifier,
}

/// <summary>A personal link. Only the SHA-256 of its token is stored, so a copy of the database opens nothing.</summary>
public sealed class ActionLinkRow : IEntityTypeConfiguration<ActionLinkRow>
{
    public string TokenHash { get; set; } = "";
    public Guid ActionId { get; set; }
    public LinkPurpose Purpose { get; set; }
    public string Name { get; set; } = "";
    public string Email { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }

    public void Configure(EntityTypeBuilder<ActionLinkRow> row)
    {
        row.ToTable("ActionLinks");
        row.HasKey(r => r.TokenHash);
        row.Property(r => r.TokenHash).HasMaxLength(64);
        row.Property(r => r.Name).HasMaxLength(200);
        row.Property(r => r.Email).HasMaxLength(320);
        row.HasIndex(r => new { r.ActionId, r.Purpose });
        row.HasOne<AgreedActionRow>().WithMany().HasForeignKey(r => r.ActionId).OnDelete(DeleteBehavior.Cascade);
    }
}

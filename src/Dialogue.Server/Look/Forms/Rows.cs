using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dialogue.Look.Forms;

/// <summary>One form that was sent and done, and the answer it got. Kept for a day, so that the same form sent again gets the same
/// answer.</summary>
public sealed class FormReceiptRow : IEntityTypeConfiguration<FormReceiptRow>
{
    /// <summary>Hash of the id of the form, whose it is, the page and what was typed.</summary>
    public byte[] Key { get; set; } = [];

    /// <summary>Where the answer led, readable only with the id of the form (an address may hold a personal link).</summary>
    public byte[] Answer { get; set; } = [];
    public DateTimeOffset At { get; set; }

    public void Configure(EntityTypeBuilder<FormReceiptRow> row)
    {
        row.ToTable("FormReceipts");
        row.HasKey(r => r.Key);
        row.Property(r => r.Key).HasMaxLength(32);
        row.Property(r => r.Answer).HasMaxLength(4000);
        row.HasIndex(r => r.At);
    }
}

/// <summary>What somebody typed in a form that met an ended session; for half an hour, readable only with the key in that browser's
/// cookie.</summary>
public sealed class KeptFormRow : IEntityTypeConfiguration<KeptFormRow>
{
    public byte[] Key { get; set; } = [];
    public byte[] Typed { get; set; } = [];
    public DateTimeOffset Until { get; set; }

    public void Configure(EntityTypeBuilder<KeptFormRow> row)
    {
        row.ToTable("KeptForms");
        row.HasKey(r => r.Key);
        row.Property(r => r.Key).HasMaxLength(32);
        row.HasIndex(r => r.Until);
    }
}

using Dialogue.Organisations;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dialogue.Dialogues;

/// <summary>
/// The card of a dialogue: what lists and doors need to know without reading its log. Stage and dates follow from the log.
/// </summary>
public sealed class DialogueRow : IEntityTypeConfiguration<DialogueRow>
{
    public Guid Id { get; set; }
    public Guid OrganisationId { get; set; }
    public Guid CaseId { get; set; }
    public string Title { get; set; } = "";
    public string Template { get; set; } = "";
    public string Language { get; set; } = "nl";
    public Stage Stage { get; set; }

    /// <summary>How far the dialogue and its outcome may be read; see <see cref="DialogueAccess"/>.</summary>
    public DialogueLevel Level { get; set; } = DialogueLevel.Organisation;

    /// <summary>The unit that it is of: that of whoever registered the question, else of the facilitator. Null, or a unit
    /// that was removed: of no unit.</summary>
    public Guid? UnitId { get; set; }

    /// <summary>Nine characters without dashes; null until the lobby opens.</summary>
    public string? Code { get; set; }
    public string Facilitator { get; set; } = "";
    public DateTimeOffset PreparedAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }

    public void Configure(EntityTypeBuilder<DialogueRow> row)
    {
        row.ToTable("Dialogues");
        row.HasKey(dialogue => dialogue.Id);
        row.Property(dialogue => dialogue.Id).ValueGeneratedNever();
        row.Property(dialogue => dialogue.Title).HasMaxLength(Limits.ShortTextLength);
        row.Property(dialogue => dialogue.Template).HasMaxLength(60);
        row.Property(dialogue => dialogue.Language).HasMaxLength(8);
        row.Property(dialogue => dialogue.Code).HasMaxLength(16);
        row.Property(dialogue => dialogue.Facilitator).HasMaxLength(200);
        row.Property(dialogue => dialogue.Level).HasDefaultValue(DialogueLevel.Organisation).HasSentinel(DialogueLevel.Organisation);
        row.HasIndex(dialogue => dialogue.Code).IsUnique();
        row.HasIndex(dialogue => new { dialogue.OrganisationId, dialogue.PreparedAt });
        row.HasIndex(dialogue => dialogue.CaseId);
    }
}

/// <summary>Who prepares and guides a dialogue: whoever prepared it, and facilitators whom the team invited.</summary>
public sealed class DialogueTeamRow : IEntityTypeConfiguration<DialogueTeamRow>
{
    public Guid DialogueId { get; set; }
    public Guid AccountId { get; set; }
    public Guid AddedBy { get; set; }
    public DateTimeOffset AddedAt { get; set; }

    public void Configure(EntityTypeBuilder<DialogueTeamRow> row)
    {
        row.ToTable("DialogueTeams");
        row.HasKey(member => new { member.DialogueId, member.AccountId });
        row.HasIndex(member => member.AccountId);
    }
}

/// <summary>
/// One line of the log. No actor and no command id: a named event carries a seat, and only the roster knows who sits there.
/// </summary>
public sealed class EventRow : IEntityTypeConfiguration<EventRow>
{
    public Guid DialogueId { get; set; }
    public int Sequence { get; set; }
    public string Json { get; set; } = "";

    /// <summary>SHA-256 of the hash before it and the JSON (<c>HashChain</c>); null only between a rewrite of stored events and the end of
    /// the start that made it.</summary>
    public byte[]? Hash { get; set; }

    public void Configure(EntityTypeBuilder<EventRow> row)
    {
        row.ToTable("DialogueEvents");
        row.HasKey(line => new { line.DialogueId, line.Sequence });
        row.Property(line => line.Hash).HasMaxLength(32).IsFixedLength();
    }
}

/// <summary>A command that was accepted, with the number up to which: the same command again gets the same answer.</summary>
public sealed class ReceiptRow : IEntityTypeConfiguration<ReceiptRow>
{
    public Guid DialogueId { get; set; }
    public Guid CommandId { get; set; }
    public int Through { get; set; }

    /// <summary>
    /// A hash of the command, so that its id with another command is refused; salted with the client's id, which is stored nowhere.
    /// </summary>
    public byte[]? Payload { get; set; }

    public void Configure(EntityTypeBuilder<ReceiptRow> row)
    {
        row.ToTable("DialogueReceipts");
        row.HasKey(receipt => new { receipt.DialogueId, receipt.CommandId });
        row.Property(receipt => receipt.Payload).HasMaxLength(16).IsFixedLength();
    }
}

/// <summary>
/// The roster: which person sits on which seat, an account or whoever holds the token. The only place where the two meet.
/// </summary>
public sealed class SeatRow : IEntityTypeConfiguration<SeatRow>
{
    public Guid DialogueId { get; set; }
    public int Seat { get; set; }
    public Guid? AccountId { get; set; }

    /// <summary>SHA-256 of the guest's reference token.</summary>
    public byte[]? TokenHash { get; set; }

    public void Configure(EntityTypeBuilder<SeatRow> row)
    {
        row.ToTable("DialogueSeats");
        row.HasKey(seat => new { seat.DialogueId, seat.Seat });
        row.Property(seat => seat.TokenHash).HasMaxLength(32);
        row.HasIndex(seat => seat.TokenHash).IsUnique();
        row.HasIndex(seat => new { seat.DialogueId, seat.AccountId }).IsUnique();
    }
}

/// <summary>
/// By what name somebody takes part: not in the log, so that erasing it is deleting this row. A screen joins it when it is drawn.
/// </summary>
public sealed class SeatNameRow : IEntityTypeConfiguration<SeatNameRow>
{
    public Guid DialogueId { get; set; }
    public int Seat { get; set; }
    public string Name { get; set; } = "";

    public void Configure(EntityTypeBuilder<SeatNameRow> row)
    {
        row.ToTable("SeatNames");
        row.HasKey(name => new { name.DialogueId, name.Seat });
        // A name that clashes gets a number behind it.
        row.Property(name => name.Name).HasMaxLength(Limits.NameLength + 8);
    }
}

/// <summary>
/// Who is named in the intake, in an agreement or in a risk, and how to reach them: not in the log, so that erasing is deleting this row.
/// </summary>
public sealed class NamedPersonRow : IEntityTypeConfiguration<NamedPersonRow>
{
    public Guid DialogueId { get; set; }
    public PersonPart Part { get; set; }

    /// <summary>See <see cref="PersonKey.Number"/>.</summary>
    public int Number { get; set; }
    public string Name { get; set; } = "";

    /// <summary>Null when none was given.</summary>
    public string? Email { get; set; }

    public PersonKey Key => new(Part, Number);
    public NamedPerson Person => new(Name, Email);

    public void Configure(EntityTypeBuilder<NamedPersonRow> row)
    {
        row.ToTable("NamedPeople");
        row.HasKey(person => new
        {
            person.DialogueId,
            person.Part,
            person.Number,
        });
        row.Property(person => person.Part).AsWord(20);
        row.Property(person => person.Name).HasMaxLength(Limits.TextLength);
        row.Property(person => person.Email).HasMaxLength(320);
        row.Ignore(person => person.Key);
        row.Ignore(person => person.Person);
        row.HasIndex(person => person.Email);
    }
}

/// <summary>Somebody who waits at a locked door; gone as soon as they are let in or turned away, or the dialogue ends.</summary>
public sealed class NewcomerRow : IEntityTypeConfiguration<NewcomerRow>
{
    public Guid DialogueId { get; set; }
    public int Number { get; set; }
    public string Name { get; set; } = "";
    public string Perspective { get; set; } = "";

    /// <summary>SHA-256 of the token that becomes the token of the seat.</summary>
    public byte[] TokenHash { get; set; } = [];

    public void Configure(EntityTypeBuilder<NewcomerRow> row)
    {
        row.ToTable("Newcomers");
        row.HasKey(newcomer => new { newcomer.DialogueId, newcomer.Number });
        row.Property(newcomer => newcomer.Name).HasMaxLength(Limits.NameLength);
        row.Property(newcomer => newcomer.Perspective).HasMaxLength(40);
        row.Property(newcomer => newcomer.TokenHash).HasMaxLength(32);
        row.HasIndex(newcomer => newcomer.TokenHash).IsUnique();
    }
}

/// <summary>The right to go on with a seat on another device: a number and a link, for some minutes and once.</summary>
public sealed class HandOverRow : IEntityTypeConfiguration<HandOverRow>
{
    public Guid DialogueId { get; set; }
    public int Seat { get; set; }

    /// <summary>Six digits; they mean something only together with the code of the dialogue.</summary>
    public string Digits { get; set; } = "";

    /// <summary>SHA-256 of the token in the link that is shown as a picture.</summary>
    public byte[] LinkHash { get; set; } = [];
    public DateTimeOffset EndsAt { get; set; }

    public void Configure(EntityTypeBuilder<HandOverRow> row)
    {
        row.ToTable("SeatHandOvers");
        row.HasKey(move => new { move.DialogueId, move.Seat });
        row.Property(move => move.Digits).HasMaxLength(6);
        row.Property(move => move.LinkHash).HasMaxLength(32);
        row.HasIndex(move => move.LinkHash).IsUnique();
    }
}

/// <summary>The right to put one entry in a box: a hash, and nothing that says whose right it is.</summary>
public sealed class TicketRow : IEntityTypeConfiguration<TicketRow>
{
    public byte[] Hash { get; set; } = [];
    public Guid DialogueId { get; set; }
    public string Activity { get; set; } = "";

    public void Configure(EntityTypeBuilder<TicketRow> row)
    {
        row.ToTable("SealedTickets");
        row.HasKey(ticket => ticket.Hash);
        row.Property(ticket => ticket.Hash).HasMaxLength(32);
        row.Property(ticket => ticket.Activity).HasMaxLength(40);
        row.HasIndex(ticket => new { ticket.DialogueId, ticket.Activity });
    }
}

/// <summary>An entry in a box, under the hash of its ticket: no author, time, order, seat or connection.</summary>
public sealed class SealedRow : IEntityTypeConfiguration<SealedRow>
{
    public byte[] Hash { get; set; } = [];
    public Guid DialogueId { get; set; }
    public string Activity { get; set; } = "";
    public string Payload { get; set; } = "";

    public void Configure(EntityTypeBuilder<SealedRow> row)
    {
        row.ToTable("SealedEntries");
        row.HasKey(entry => entry.Hash);
        row.Property(entry => entry.Hash).HasMaxLength(32);
        row.Property(entry => entry.Activity).HasMaxLength(40);
        row.HasIndex(entry => new { entry.DialogueId, entry.Activity });
    }
}

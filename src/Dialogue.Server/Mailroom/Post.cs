using System.Diagnostics.CodeAnalysis;
using Dialogue.Storage;

namespace Dialogue.Mailroom;

/// <summary>Plain text to one address.</summary>
/// <param name="Organisation">Whose letter it is: only its administrators hear that it does not get through.</param>
public sealed record Letter(Guid Organisation, string To, string Subject, string Text, string? About = null)
{
    /// <summary>What else it is about, so that a letter that does not get through shows there too.</summary>
    public IReadOnlyList<string> AlsoAbout { get; init; } = [];

    /// <summary>Who looks at it once more when it leaves; null when it leaves as it is.</summary>
    public LetterCheck? Check { get; init; }
}

/// <summary>
/// Puts a letter in the outbox, in the transaction of whoever writes it: no change without its letter, no letter without its change.
/// </summary>
public static class Post
{
    /// <exception cref="ArgumentException">The address or the subject could smuggle in a header: a bug of the caller.</exception>
    public static OutboxRow Add(DialogueDb db, Letter letter, DateTimeOffset now)
    {
        if (!IsAddress(letter.To, out var address))
            throw new ArgumentException("This is not one mail address.", nameof(letter));
        if (HasControl(letter.Subject))
            throw new ArgumentException("A subject is one line.", nameof(letter));

        var id = Guid.CreateVersion7(now);
        var row = new OutboxRow
        {
            Id = id,
            OrganisationId = letter.Organisation,
            To = address,
            Subject = Cut(letter.Subject, 300),
            TextBody = letter.Text,
            About = letter.About,
            Checker = letter.Check?.By,
            Facts = letter.Check?.Facts,
            CreatedAt = now,
            DueAt = now,
            StableMessageId = $"{id:N}@dialogue.invalid",
        };
        db.Add(row);
        foreach (var about in letter.AlsoAbout.Distinct(StringComparer.Ordinal))
            db.Add(new OutboxAboutRow { LetterId = id, About = about });
        return row;
    }

    /// <summary>Exactly one address, without a display name, a line break or anything else that a mail header could take as more.</summary>
    public static bool IsAddress([NotNullWhen(true)] string? text, out string address)
    {
        address = text?.Trim() ?? "";
        // One check for what the room accepts and what a letter is sent to.
        return !HasControl(text ?? "") && PlainText.IsAddress(address);
    }

    /// <summary>Somebody's words as one line that fits in a subject.</summary>
    public static string OneLine(string text) =>
        Cut(
            string.Join(
                ' ',
                string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            ),
            120
        );

    private static bool HasControl(string text) => text.Any(char.IsControl);

    private static string Cut(string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1), "…");
}

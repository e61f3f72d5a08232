using Dialogue.Waiting;

namespace Dialogue.Mailroom;

internal static class StuckLetters
{
    /// <summary>Letters that do not get through: tried several times, or given up.</summary>
    public static IQueryable<OutboxRow> Stuck(this IQueryable<OutboxRow> letters) =>
        letters.Where(letter =>
            letter.SentAt == null && letter.DroppedAt == null && (letter.Attempts >= WhatWaits.LetterAttempts || letter.FailedAt != null)
        );
}

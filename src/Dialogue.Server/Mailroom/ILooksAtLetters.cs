using Dialogue.Storage;

namespace Dialogue.Mailroom;

/// <summary>
/// A letter can wait for days on a mail server that is down. A module that writes letters about things that change registers one of these:
/// it looks at each of its letters once more when it leaves.
/// </summary>
public interface ILooksAtLetters
{
    /// <summary>As in <see cref="LetterCheck.By"/>.</summary>
    string Name { get; }

    /// <summary>
    /// The letter as it should leave now; null when its reason is gone. What is added to the context is saved before it leaves.
    /// </summary>
    Task<Letter?> LookAgain(DialogueDb db, string facts, Letter written, DateTimeOffset now, CancellationToken stop);
}

/// <param name="By">The name of who looks.</param>
/// <param name="Facts">What that one needs for it.</param>
public sealed record LetterCheck(string By, string Facts);

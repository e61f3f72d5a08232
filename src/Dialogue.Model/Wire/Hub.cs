using Dialogue.Anonymous;

namespace Dialogue.Wire;

/// <summary>Browser to server: four methods and no more.</summary>
public interface IDialogueHub
{
    /// <summary>Wants something; the same <paramref name="id"/> again is the same wish and gets the same answer.</summary>
    Task<Answer> Perform(DialogueId dialogue, CommandId id, DialogueCommand command);

    /// <summary>
    /// The anonymous door: puts one entry in a sealed box, or replaces or (null) takes back what the same ticket put there.
    /// </summary>
    Task<Answer> Drop(DialogueId dialogue, PhaseId box, Ticket ticket, SealedEntry? entry);

    /// <summary>
    /// The tickets of this seat for an anonymous phase that is open. The same <paramref name="pad"/> again gets the same answer.
    /// </summary>
    /// <param name="pad">320 random bytes of the device's own making, base64; what comes back is hidden with it.</param>
    Task<TicketsDrawn> Tickets(DialogueId dialogue, PhaseId box, string pad);

    /// <summary>What happened after <paramref name="since"/>. Also the heartbeat and the sign of presence.</summary>
    Task<Batch> CatchUp(DialogueId dialogue, int since);
}

/// <summary>Server to browser. Not reliable by itself: whatever is lost here is pulled.</summary>
public interface IDialogueClient
{
    Task Receive(DialogueId dialogue, Batch batch);
}

/// <summary>
/// What happened between two numbers, for one viewer. Numbers always advance, also over what is not yours to see, so that a gap means loss.
/// Client rule, whole: <c>After &gt; mine</c> is a gap: pull; else apply what is above mine and set mine to the larger of mine and
/// <c>Through</c>.
/// </summary>
/// <param name="More">There is a next page: pull again from <c>Through</c>.</param>
/// <param name="Changes">For a connection that shows HTML.</param>
/// <param name="Events">For a connection that asked <c>view=events</c>.</param>
/// <param name="Now">The server's clock, in milliseconds since 1970 UTC, so that clocks on screens agree.</param>
/// <param name="Hint">Null: take the batch as it is.</param>
public sealed record Batch(
    int After,
    int Through,
    bool More,
    long Now,
    IReadOnlyList<Change>? Changes = null,
    IReadOnlyList<NumberedEvent>? Events = null,
    BatchHint? Hint = null
);

/// <summary>What a client does besides, or instead.</summary>
public enum BatchHint
{
    /// <summary>Load the page again, with what is being typed kept: too much happened to send it in parts, or it could not be drawn. A
    /// program that asked for events and gets this begins again from 0: the log is shorter than what it knows.</summary>
    Reload,

    /// <summary>Nothing was looked up: too many calls, or the database does not answer. Ask again in some seconds.</summary>
    Later,
}

/// <summary>The answer to drawing tickets.</summary>
/// <param name="Tickets">The tickets one after the other, 32 bytes each, each byte combined (exclusive or) with that of the pad, base64;
/// null when refused. A ticket is the base64 of its 32 bytes.</param>
/// <param name="Refused">Why not. <see cref="RefusalCode.TicketUnknown"/>: this seat drew them with another pad, on another device.</param>
public sealed record TicketsDrawn(string? Tickets, RefusalCode? Refused = null);

/// <summary>One thing to put in place on a page.</summary>
/// <param name="Do"><c>morph</c> the target; <c>put</c>: morph the target when it is there, else append it to <paramref name="Into"/>;
/// <c>remove</c> it; <c>say</c> the text to a screen reader.</param>
public sealed record Change(string Do, string Target, string? Html = null, string? Into = null)
{
    /// <summary>What many are sent is turned into JSON once; see <see cref="ModelJson"/>.</summary>
    internal byte[]? Json { get; set; }

    public bool Equals(Change? other) => other is not null && (Do, Target, Html, Into) == (other.Do, other.Target, other.Html, other.Into);

    public override int GetHashCode() => HashCode.Combine(Do, Target, Html, Into);
}

public sealed record NumberedEvent(int Number, DialogueEvent Event);

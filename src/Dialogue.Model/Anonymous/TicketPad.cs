namespace Dialogue.Anonymous;

/// <summary>
/// Tickets travel hidden under random bytes that the device made (a one-time pad), so that the server can keep what it handed out, and give
/// it again when the answer was lost, without being able to read it.
/// </summary>
public static class TicketPad
{
    public const int TicketLength = 32;

    /// <summary>Bytes of a pad: enough for as many tickets as one seat can get in one phase.</summary>
    public const int Length = TicketLength * Limits.TicketsPerSeatAndPhase;

    /// <summary>Hides and unhides: the same both ways.</summary>
    public static byte[] Combine(ReadOnlySpan<byte> tickets, ReadOnlySpan<byte> pad)
    {
        var combined = new byte[tickets.Length];
        for (var i = 0; i < combined.Length; i++)
            combined[i] = (byte)(tickets[i] ^ pad[i]);
        return combined;
    }

    /// <summary>The tickets in an answer.</summary>
    public static IReadOnlyList<Ticket> Read(string hidden, ReadOnlySpan<byte> pad) =>
        [.. Combine(Convert.FromBase64String(hidden), pad).Chunk(TicketLength).Select(one => new Ticket(Convert.ToBase64String(one)))];
}

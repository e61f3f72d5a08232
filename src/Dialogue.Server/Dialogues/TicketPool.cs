using System.Security.Cryptography;
using Dialogue.Anonymous;
using Dialogue.Wire;

namespace Dialogue.Dialogues;

/// <summary>
/// The tickets of the anonymous phases of one room: those that nobody drew, and for each seat that drew, what it was given. The latter is
/// kept hidden under the pad of the device (<see cref="TicketPad"/>): the pad itself is forgotten at once, so a copy of the memory does not
/// tell which ticket a seat has, and a device that lost the answer asks again with its pad and gets the same. Nowhere stored.
/// </summary>
internal sealed class TicketPool
{
    public const int PadLength = TicketPad.Length;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Dictionary<PhaseId, OfPhase> phases = [];
    private volatile bool any;

    /// <summary>Nobody drew anything.</summary>
    public bool IsEmpty => !any;

    /// <summary>The pool of one phase, for one caller at a time until it is disposed of.</summary>
    public async Task<OfPhase> Of(PhaseId phase)
    {
        await gate.WaitAsync();
        if (!phases.TryGetValue(phase, out var found))
            phases.Add(phase, found = new OfPhase(gate));
        any = true;
        return found;
    }

    internal sealed class OfPhase(SemaphoreSlim gate) : IDisposable
    {
        private readonly List<byte[]> free = [];
        private readonly Dictionary<SeatId, (byte[] PadHash, string Hidden)> drawn = [];

        public int Free => free.Count;

        public void Add(IEnumerable<byte[]> tickets) => free.AddRange(tickets);

        /// <summary>What this seat drew before, or null. With another pad it is refused: the tickets are on another device.</summary>
        public TicketsDrawn? Drawn(SeatId seat, byte[] pad) =>
            !drawn.TryGetValue(seat, out var before) ? null
            : before.PadHash.AsSpan().SequenceEqual(SHA256.HashData(pad)) ? new TicketsDrawn(before.Hidden)
            : new TicketsDrawn(null, RefusalCode.TicketUnknown);

        public TicketsDrawn Draw(SeatId seat, int quota, byte[] pad)
        {
            var tickets = new byte[quota * TicketPad.TicketLength];
            for (var i = 0; i < quota; i++)
            {
                var at = RandomNumberGenerator.GetInt32(free.Count);
                free[at].CopyTo(tickets, i * TicketPad.TicketLength);
                free[at] = free[^1];
                free.RemoveAt(free.Count - 1);
            }
            var hidden = Convert.ToBase64String(TicketPad.Combine(tickets, pad));
            drawn.Add(seat, (SHA256.HashData(pad), hidden));
            return new TicketsDrawn(hidden);
        }

        public void Dispose() => gate.Release();
    }
}

using Dialogue.Storage;
using Dialogue.Wire;

namespace Dialogue.Dialogues;

/// <summary>
/// The tickets of one seat for an anonymous phase, asked for by its device when the phase opens, and again when the answer was lost. Not a
/// traced use case and no request of its own: no log can tell when somebody drew.
/// </summary>
public sealed class DrawTickets(SealedBox boxes)
{
    /// <param name="pad">Random bytes of the device (<see cref="TicketPool"/>), base64.</param>
    public async Task<TicketsDrawn> For(Connection connection, PhaseId box, string? pad)
    {
        try
        {
            var bytes = new byte[TicketPool.PadLength];
            if (pad is null || !Convert.TryFromBase64String(pad, bytes, out var length) || length != TicketPool.PadLength)
                return Refused(RefusalCode.Malformed);
            var room = connection.Room;
            var state = (await room.Read(CancellationToken.None)).State;
            if (state.Seat(connection.Seat) is not { Left: false } holder || (holder.Role & Role.Table) == 0)
                return Refused(RefusalCode.NotAllowed);
            var phase = Drop.OpenBox(state, box);
            return phase.Ok
                ? await boxes.Draw(room, state, phase.Value!, holder.Id, bytes).WaitAsync(Limits.AnswerWithin)
                : new TicketsDrawn(null, phase.Refusal!.Code);
        }
        catch (Exception e) when (Outage.Is(e))
        {
            return Refused(RefusalCode.Busy);
        }
    }

    private static TicketsDrawn Refused(RefusalCode code) => new(null, code);
}

using Dialogue.Storage;
using Dialogue.Wire;
using MediatR;

namespace Dialogue.Dialogues;

/// <summary>
/// What one connection missed. The pull is the contract: everything that a push brings comes this way too, made by the same code. Never an
/// exception: what cannot be told now, or costs more than the page itself, is a <see cref="BatchHint"/>.
/// </summary>
public sealed record CatchUp(Connection Connection, int Since) : IRequest<Batch>;

internal sealed partial class CatchUpHandler(Batches batches, Broadcast broadcast, ILogger<CatchUpHandler> log)
    : IRequestHandler<CatchUp, Batch>
{
    public async Task<Batch> Handle(CatchUp ask, CancellationToken cancellationToken)
    {
        var (connection, room) = (ask.Connection, ask.Connection.Room);
        if (!RoomConnections.MayCall(connection))
            return batches.Later(ask.Since);
        try
        {
            var snapshot = await room.Read(cancellationToken);
            if (ask.Since > snapshot.Number)
            {
                // Somebody was told of more than the log holds: it was cut off by damage, or is an older copy.
                Shorter(log, room.Id, ask.Since, snapshot.Number);
                return batches.Reload(snapshot.Number, snapshot);
            }
            var batch = await batches.Between(room, connection, Math.Max(ask.Since, 0), snapshot);
            broadcast.Pulled(connection, batch);
            return batch;
        }
        catch (Exception e) when (Outage.Is(e))
        {
            return batches.Later(ask.Since);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            NotDrawn(log, room.Id, ask.Since, e);
            var batch = batches.Reload(Math.Max(ask.Since, 0), room.Committed);
            broadcast.Pulled(connection, batch);
            return batch;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A client of dialogue {Dialogue} knows number {Known}, and the log ends at {Number}: what was acknowledged is missing."
    )]
    private static partial void Shorter(ILogger log, DialogueId dialogue, int known, int number);

    [LoggerMessage(Level = LogLevel.Error, Message = "Dialogue {Dialogue} could not be drawn after {Since}; the page is loaded again.")]
    private static partial void NotDrawn(ILogger log, DialogueId dialogue, int since, Exception e);
}

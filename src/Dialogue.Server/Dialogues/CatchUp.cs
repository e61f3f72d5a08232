using Dialogue.Wire;
using MediatR;

namespace Dialogue.Dialogues;

/// <summary>
/// What one connection missed. The pull is the contract: everything that a push brings comes this way too, made by the same code.
/// </summary>
public sealed record CatchUp(Connection Connection, int Since) : IRequest<Batch>;

internal sealed class CatchUpHandler(LiveDialogues dialogues, Batches batches, Broadcast broadcast) : IRequestHandler<CatchUp, Batch>
{
    public async Task<Batch> Handle(CatchUp ask, CancellationToken cancellationToken)
    {
        var snapshot = await dialogues.Read(ask.Connection.Dialogue, stop: cancellationToken);
        var batch = await batches.Between(ask.Connection, Math.Clamp(ask.Since, 0, snapshot.Number), snapshot);
        broadcast.Pulled(ask.Connection, batch, snapshot);
        return batch;
    }
}

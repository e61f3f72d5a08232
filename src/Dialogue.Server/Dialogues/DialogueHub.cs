using Dialogue.Access;
using Dialogue.Anonymous;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Wire;
using MediatR;
using Microsoft.AspNetCore.SignalR;

namespace Dialogue.Dialogues;

/// <summary>
/// The live door: four methods and no logic. A connection belongs to one dialogue and one seat (or a big screen); who that is, is settled
/// when it opens, from our own tables, and what it may do is settled at each command. No method ends in an exception because the database
/// is away: the answer is <see cref="RefusalCode.Busy"/> or <see cref="BatchHint.Later"/>.
/// </summary>
public sealed class DialogueHub(
    IMediator mediator,
    Drop drop,
    DrawTickets tickets,
    Admission admission,
    Broadcast broadcast,
    StaffLines lines
) : Hub<IDialogueClient>, IDialogueHub
{
    private static readonly object Key = new();

    public override async Task OnConnectedAsync()
    {
        Connection? connection;
        try
        {
            connection = await admission.Of(Context);
        }
        catch (Exception e) when (Outage.Is(e))
        {
            // The client comes back by itself, as after any lost connection.
            connection = null;
        }
        if (connection is null)
        {
            Context.Abort();
            return;
        }
        Context.Items[Key] = connection;
        connection.Room.Connections.Add(connection);
        broadcast.PresenceChanged(connection.Room);
        await lines.Opened(Context);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        lines.Closed(Context);
        if (Context.Items.TryGetValue(Key, out var known) && known is Connection connection)
        {
            connection.Room.Connections.Remove(connection);
            broadcast.PresenceChanged(connection.Room);
            connection.Use!.Dispose();
        }
        return Task.CompletedTask;
    }

    public async Task<Answer> Perform(DialogueId dialogue, CommandId id, DialogueCommand command)
    {
        if (command is null)
            return new Answer.Refused(RefusalCode.Malformed);
        if (Of(dialogue) is not { Seat: { } seat } connection)
            return new Answer.Refused(RefusalCode.NotAllowed);
        return RoomConnections.MayCall(connection)
            ? await mediator.Send(new Perform(connection.Room, id, command, seat))
            : new Answer.Refused(RefusalCode.TooFast);
    }

    public async Task<Answer> Drop(DialogueId dialogue, PhaseId box, Ticket ticket, SealedEntry? entry)
    {
        if (Of(dialogue) is not { Seat: not null } connection)
            return new Answer.Refused(RefusalCode.NotAllowed);
        return RoomConnections.MayCall(connection)
            ? await drop.Into(dialogue, box, ticket, entry)
            : new Answer.Refused(RefusalCode.TooFast);
    }

    public async Task<TicketsDrawn> Tickets(DialogueId dialogue, PhaseId box, string pad)
    {
        if (Of(dialogue) is not { Seat: not null } connection)
            return new TicketsDrawn(null, RefusalCode.NotAllowed);
        return RoomConnections.MayCall(connection) ? await tickets.For(connection, box, pad) : new TicketsDrawn(null, RefusalCode.TooFast);
    }

    public async Task<Batch> CatchUp(DialogueId dialogue, int since) =>
        Of(dialogue) is { } connection && await lines.Heard(Context)
            ? await mediator.Send(new CatchUp(connection, since))
            : throw new HubException(Problems.Kebab(RefusalCode.NotAllowed));

    private Connection? Of(DialogueId dialogue) =>
        Context.Items.TryGetValue(Key, out var known) && known is Connection connection && connection.Dialogue == dialogue
            ? connection
            : null;
}

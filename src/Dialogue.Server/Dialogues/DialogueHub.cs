using Dialogue.Access;
using Dialogue.Anonymous;
using Dialogue.Operations;
using Dialogue.Wire;
using MediatR;
using Microsoft.AspNetCore.SignalR;

namespace Dialogue.Dialogues;

/// <summary>
/// The live door: three methods and no logic. A connection belongs to one dialogue and one seat (or a big screen); who that is, is settled
/// when it opens, from our own tables, and what it may do is settled at each command.
/// </summary>
public sealed class DialogueHub(
    IMediator mediator,
    Drop drop,
    Admission admission,
    Connections connections,
    Broadcast broadcast,
    StaffLines lines,
    TimeProvider time
) : Hub<IDialogueClient>, IDialogueHub
{
    private static readonly object Key = new();
    private static readonly object Allowance = new();

    public override async Task OnConnectedAsync()
    {
        if (await admission.Of(Context) is not { } connection)
        {
            Context.Abort();
            return;
        }
        Context.Items[Key] = connection;
        Context.Items[Allowance] = new Allowance(time);
        connections.Add(connection);
        _ = broadcast.PresenceChanged(connection.Dialogue);
        await lines.Opened(Context);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        lines.Closed(Context);
        if (Context.Items.TryGetValue(Key, out var known) && known is Connection connection)
        {
            connections.Remove(connection);
            _ = broadcast.PresenceChanged(connection.Dialogue);
        }
        return Task.CompletedTask;
    }

    public async Task<Answer> Perform(DialogueId dialogue, CommandId id, DialogueCommand command)
    {
        if (command is null)
            return new Answer.Refused(RefusalCode.Malformed);
        if (Of(dialogue) is not { Seat: { } seat })
            return new Answer.Refused(RefusalCode.NotAllowed);
        return Spend() ?? await mediator.Send(new Perform(dialogue, id, command, seat));
    }

    public async Task<Answer> Drop(DialogueId dialogue, PhaseId box, Ticket ticket, SealedEntry? entry)
    {
        if (Of(dialogue) is not { Seat: not null })
            return new Answer.Refused(RefusalCode.NotAllowed);
        return Spend() ?? await drop.Into(dialogue, box, ticket, entry);
    }

    public async Task<Batch> CatchUp(DialogueId dialogue, int since) =>
        Of(dialogue) is { } connection && await lines.Heard(Context)
            ? await mediator.Send(new CatchUp(connection, since))
            : throw new HubException(Problems.Kebab(RefusalCode.NotAllowed));

    private Connection? Of(DialogueId dialogue) =>
        Context.Items.TryGetValue(Key, out var known) && known is Connection connection && connection.Dialogue == dialogue
            ? connection
            : null;

    private Answer.Refused? Spend() => ((Allowance)Context.Items[Allowance]!).Take() ? null : new Answer.Refused(RefusalCode.TooFast);
}

/// <summary>A token bucket for one connection: thirty at once, ten a second after that.</summary>
internal sealed class Allowance(TimeProvider time)
{
    private const double Most = 30,
        PerSecond = 10;
    private double left = Most;
    private long since = time.GetTimestamp();

    public bool Take()
    {
        left = Math.Min(Most, left + (time.GetElapsedTime(since).TotalSeconds * PerSecond));
        since = time.GetTimestamp();
        if (left < 1)
            return false;
        left--;
        return true;
    }
}

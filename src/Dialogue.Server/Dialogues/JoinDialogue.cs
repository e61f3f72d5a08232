using Dialogue.Access;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>A guest takes a seat with a code and a name that they choose. No account; what they get is a token for this one seat.</summary>
/// <param name="Token">
/// Thirty-two random bytes in hexadecimal that become the token of the seat, so that who asks twice because the answer was lost gets the
/// same seat
/// again; made here when left out.
/// </param>
public sealed record JoinDialogue(string Code, string Name, string Perspective, string Language, string? Token = null)
    : IRequest<Result<Joined>>;

public sealed record Joined(DialogueId Dialogue, SeatId Seat, string Token);

/// <summary>The dialogue behind a code, for its front page.</summary>
public sealed record FindByCode(string Code) : IRequest<Result<DialogueReading>>;

internal sealed class FindByCodeHandler(
    IDbContextFactory<DialogueDb> databases,
    LiveDialogues dialogues,
    Doors doors,
    WrongCodes wrong,
    IHttpContextAccessor http
) : IRequestHandler<FindByCode, Result<DialogueReading>>
{
    public async Task<Result<DialogueReading>> Handle(FindByCode ask, CancellationToken cancellationToken)
    {
        var caller = http.HttpContext?.CallerAddress() ?? "";
        if (!wrong.MayTry(caller))
            return RefusalCode.TooFast;
        var code = JoinCode.Normalise(ask.Code);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = JoinCode.IsWellFormed(code)
            ? await db.Set<DialogueRow>().AsNoTracking().FirstOrDefaultAsync(one => one.Code == code, cancellationToken)
            : null;
        if (row is null)
        {
            wrong.Count(caller);
            return RefusalCode.CodeUnknown;
        }
        var snapshot = await dialogues.Read(new DialogueId(row.Id), stop: cancellationToken);
        return new DialogueReading(DialogueCard.Of(row), snapshot.State, snapshot.Number, Invitation.For(code, doors));
    }
}

internal sealed class JoinDialogueHandler(IMediator mediator, LiveDialogues dialogues, Seats seats, IHttpContextAccessor http)
    : IRequestHandler<JoinDialogue, Result<Joined>>
{
    public async Task<Result<Joined>> Handle(JoinDialogue ask, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new FindByCode(ask.Code), cancellationToken);
        if (!found.Ok)
            return found.Refusal!;
        if (found.Value!.State.Stage == Stage.Closed)
            return RefusalCode.CodeEnded;
        var dialogue = found.Value.Card.Id;
        var token = ask.Token ?? Seats.NewToken();
        if (!Seats.IsToken(token))
            return RefusalCode.Malformed;
        var seat = await seats.OfToken(dialogue, token, cancellationToken) is { } before
            ? before
            : await Seats.Take(dialogues, dialogue, new TakeSeat(ask.Name, ask.Perspective, Role.Participant), token: token);
        // Two at once: one was first, and the other finds its seat.
        if (seat.Refusal is { Code: RefusalCode.Busy } && await seats.OfToken(dialogue, token, cancellationToken) is { } meanwhile)
            seat = meanwhile;
        if (!seat.Ok)
            return seat.Refusal!;
        if (http.HttpContext is not null)
            seats.Remember(dialogue, token);
        return new Joined(dialogue, seat.Value, token);
    }
}

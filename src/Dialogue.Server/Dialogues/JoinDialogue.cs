using Dialogue.Access;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>A guest takes a seat with a code and a name that they choose. No account; what they get is a token for this one seat.</summary>
/// <param name="Token">
/// Thirty-two random bytes in hexadecimal that become the token of the seat, so that who asks twice because the answer was lost gets the
/// same seat again; made here when left out.
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
    Seats seats,
    WrongCodes wrong,
    ICurrentStaff staff,
    IHttpContextAccessor http
) : IRequestHandler<FindByCode, Result<DialogueReading>>
{
    public async Task<Result<DialogueReading>> Handle(FindByCode ask, CancellationToken cancellationToken)
    {
        var found = await doors.Behind(ask.Code, cancellationToken);
        var member = await staff.Get(cancellationToken);
        // Whoever is known is not held to the mistakes of others at the same address; a member of staff only to their own.
        var seated =
            found is { } there && http.HttpContext is { } context && await seats.Of(context, there, member, cancellationToken) is not null;
        var caller = member is not null ? "account " + member.AccountId.ToString("N") : http.HttpContext?.CallerAddress() ?? "";
        if (!seated && !wrong.MayTry(caller))
            return RefusalCode.TooFast;
        if (found is not { } dialogue)
        {
            wrong.Count(caller);
            return RefusalCode.CodeUnknown;
        }
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<DialogueRow>().AsNoTracking().FirstAsync(one => one.Id == dialogue.Value, cancellationToken);
        var snapshot = await dialogues.Read(dialogue, stop: cancellationToken);
        return new DialogueReading(DialogueCard.Of(row), snapshot.State, snapshot.Number, Invitation.For(row.Code!, doors));
    }
}

internal sealed class JoinDialogueHandler(
    IMediator mediator,
    LiveDialogues dialogues,
    Seats seats,
    NewcomerCounts counts,
    ICurrentStaff staff,
    IHttpContextAccessor http
) : IRequestHandler<JoinDialogue, Result<Joined>>
{
    public async Task<Result<Joined>> Handle(JoinDialogue ask, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new FindByCode(ask.Code), cancellationToken);
        if (!found.Ok)
            return found.Refusal!;
        var state = found.Value!.State;
        if (state.Stage == Stage.Closed)
            return RefusalCode.CodeEnded;
        var dialogue = found.Value.Card.Id;
        var former = http.HttpContext is { } context
            ? await seats.FormerOf(context, dialogue, await staff.Get(cancellationToken), cancellationToken)
            : null;
        var token = ask.Token ?? Seats.NewToken();
        if (!Seats.IsToken(token))
            return RefusalCode.Malformed;
        if (await seats.OfToken(dialogue, token, cancellationToken) is { } before)
        {
            if (state.Seat(before) is not { Left: true } left)
                return Enter(dialogue, before, token);
            former = left;
        }
        // Whoever comes back waits, or sits, with the token that this browser has: so the same browser stays the same person.
        if (former is not null && http.HttpContext is { } browser && Seats.Kept(browser, dialogue) is { } kept)
            token = kept;
        if (await seats.Waits(dialogue, token, cancellationToken))
            return RefusalCode.Waiting;
        var crowded = former is null && !counts.Take(dialogue);
        if (state.DoorIsLocked || crowded || former is { Removed: true })
            return await Wait(dialogue, ask, former?.Id, crowded, token);
        if (former is not null)
            return await Return(dialogue, former.Id, token);
        var seat = await Seats.Take(dialogues, dialogue, new TakeSeat(ask.Name, ask.Perspective, Role.Participant), token: token);
        // Two at once: one was first, and the other finds its seat.
        if (seat.Refusal is { Code: RefusalCode.Busy } && await seats.OfToken(dialogue, token, cancellationToken) is { } meanwhile)
            seat = meanwhile;
        return seat.Ok ? Enter(dialogue, seat.Value, token) : seat.Refusal!;
    }

    private Joined Enter(DialogueId dialogue, SeatId seat, string token)
    {
        if (http.HttpContext is not null)
            seats.Remember(dialogue, token);
        return new Joined(dialogue, seat, token);
    }

    /// <summary>Whoever left by themselves has the same seat again: one person is one seat.</summary>
    private async Task<Result<Joined>> Return(DialogueId dialogue, SeatId seat, string token)
    {
        var hash = Seats.Hash(token);
        var answer = await dialogues.Perform(
            dialogue,
            id: null,
            new ReturnSeat(seat),
            seat: null,
            Role.Organiser,
            (_, db) => db.Set<SeatRow>().Find(dialogue.Value, seat.Value)!.TokenHash = hash
        );
        return answer is Answer.Refused refused ? refused : Enter(dialogue, seat, token);
    }

    private async Task<Result<Joined>> Wait(DialogueId dialogue, JoinDialogue ask, SeatId? former, bool crowded, string token)
    {
        var answer = await dialogues.Perform(
            dialogue,
            id: null,
            new Knock(ask.Name, ask.Perspective, former, crowded),
            seat: null,
            Role.Organiser,
            (state, db) =>
                db.Add(
                    new NewcomerRow
                    {
                        DialogueId = dialogue.Value,
                        Number = state.LastNewcomer,
                        TokenHash = Seats.Hash(token),
                    }
                )
        );
        if (answer is Answer.Refused refused)
            return refused;
        // Kept by the browser that waits, so that it is let in and no other; the seat that it had before stays known by its own row.
        if (http.HttpContext is not null)
            seats.Remember(dialogue, token);
        return RefusalCode.Waiting;
    }
}

/// <summary>Newcomers of each dialogue in the current minute: one code in the wrong hands does not fill a room at once.</summary>
public sealed class NewcomerCounts(TimeProvider time)
{
    private readonly MinuteCounts counts = new(time);

    /// <returns>Whether this one is within the limit.</returns>
    public bool Take(DialogueId dialogue) => counts.Add(dialogue.ToString()) <= Limits.NewcomersPerMinute;
}

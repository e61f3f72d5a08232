using System.Security.Cryptography;
using Dialogue.Access;
using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Dialogues;

/// <summary>
/// Asks to go on with one's own seat on another device: gives a number of six digits and a link, for some minutes and once. Only for
/// guests: whoever has an account signs in on the other device.
/// </summary>
public sealed record OfferHandOver(DialogueId Dialogue) : IRequest<Result<HandOverOffer>>;

/// <param name="Digits">Six; they are typed together with the code of the dialogue.</param>
/// <param name="Link">The address that is shown as a picture.</param>
public sealed record HandOverOffer(string Digits, string Link, DateTimeOffset EndsAt);

/// <summary>Goes on here with a seat that was taken on another device; that device hears it and its connection ends.</summary>
/// <param name="Link">The token of the link; or else the code of the dialogue with the digits.</param>
public sealed record GoOnHere(string? Link, string? Code, string? Digits) : IRequest<Result<Joined>>;

internal sealed class OfferHandOverHandler(
    IDbContextFactory<DialogueDb> databases,
    LiveDialogues dialogues,
    Seats seats,
    Doors doors,
    ICurrentStaff staff,
    IHttpContextAccessor http,
    TimeProvider time
) : IRequestHandler<OfferHandOver, Result<HandOverOffer>>
{
    /// <summary>How long a number and a link can be used.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    public async Task<Result<HandOverOffer>> Handle(OfferHandOver ask, CancellationToken cancellationToken)
    {
        var member = await staff.Get(cancellationToken);
        if (http.HttpContext is not { } context || await seats.Of(context, ask.Dialogue, member, cancellationToken) is not { } seat)
            return RefusalCode.NotAllowed;
        if ((await dialogues.Read(ask.Dialogue, stop: cancellationToken)).State.Stage == Stage.Closed)
            return RefusalCode.CodeEnded;
        var digits = RandomNumberGenerator.GetString("0123456789", 6);
        var token = Seats.NewToken();
        var ends = time.GetUtcNow() + Lasts;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<SeatRow>()
            .AsNoTracking()
            .FirstAsync(one => one.DialogueId == ask.Dialogue.Value && one.Seat == seat.Value, cancellationToken);
        if (row.AccountId is not null)
            return RefusalCode.NotAllowed;
        // Asked again is a new number: the earlier one ends.
        await db.Set<HandOverRow>()
            .Where(one => (one.DialogueId == ask.Dialogue.Value && one.Seat == seat.Value) || one.EndsAt < time.GetUtcNow())
            .ExecuteDeleteAsync(cancellationToken);
        db.Add(
            new HandOverRow
            {
                DialogueId = ask.Dialogue.Value,
                Seat = seat.Value,
                Digits = digits,
                LinkHash = Seats.Hash(token),
                EndsAt = ends,
            }
        );
        await db.SaveChangesAsync(cancellationToken);
        return new HandOverOffer(digits, $"{doors.PublicAddress}/verder/{token}", ends);
    }
}

internal sealed class GoOnHereHandler(
    IDbContextFactory<DialogueDb> databases,
    LiveDialogues dialogues,
    Seats seats,
    Doors doors,
    HandOverTries tries,
    WrongCodes wrong,
    IHttpContextAccessor http,
    TimeProvider time
) : IRequestHandler<GoOnHere, Result<Joined>>
{
    public async Task<Result<Joined>> Handle(GoOnHere ask, CancellationToken cancellationToken)
    {
        var caller = http.HttpContext?.CallerAddress() ?? "";
        if (!wrong.MayTry(caller))
            return RefusalCode.TooFast;
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var offers = db.Set<HandOverRow>().AsNoTracking().Where(row => row.EndsAt > now);
        HandOverRow? offer = null;
        if (ask.Link is { } link)
        {
            var hash = Seats.Hash(link);
            offer = Seats.IsToken(link) ? await offers.FirstOrDefaultAsync(row => row.LinkHash == hash, cancellationToken) : null;
        }
        else if (await doors.Behind(ask.Code, cancellationToken) is { } behind)
        {
            // Six digits are few: in one dialogue they can be tried only some times.
            if (!tries.Take(behind))
                return RefusalCode.TooFast;
            var digits = new string([.. (ask.Digits ?? "").Where(char.IsAsciiDigit)]);
            var found = await offers
                .Where(row => row.DialogueId == behind.Value && row.Digits == digits)
                .Take(2)
                .ToListAsync(cancellationToken);
            offer = found.Count == 1 ? found[0] : null;
        }
        if (offer is null)
        {
            wrong.Count(caller);
            return RefusalCode.HandOverUnknown;
        }
        var dialogue = new DialogueId(offer.DialogueId);
        var seat = new SeatId(offer.Seat);
        var token = Seats.NewToken();
        var used = offer.LinkHash;
        var answer = await dialogues.Perform(
            dialogue,
            id: null,
            new MoveSeat(seat),
            seat: null,
            Role.Organiser,
            (_, writing) =>
            {
                // Read again where it is written: used once, whoever was first.
                var row = writing.Set<HandOverRow>().Find(dialogue.Value, seat.Value);
                if (row is null || !row.LinkHash.AsSpan().SequenceEqual(used))
                    throw new HandOverUsed();
                writing.Remove(row);
                writing.Set<SeatRow>().Find(dialogue.Value, seat.Value)!.TokenHash = Seats.Hash(token);
            }
        );
        if (answer is Answer.Refused)
            return RefusalCode.HandOverUnknown;
        if (http.HttpContext is not null)
            seats.Remember(dialogue, token);
        return new Joined(dialogue, seat, token);
    }

    private sealed class HandOverUsed : Exception;
}

/// <summary>Numbers that were tried in each dialogue in the current minute.</summary>
public sealed class HandOverTries(TimeProvider time)
{
    public const int PerMinute = 10;
    private readonly MinuteCounts counts = new(time);

    public bool Take(DialogueId dialogue) => counts.Add(dialogue.ToString()) <= PerMinute;
}

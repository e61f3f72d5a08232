using System.Collections.Immutable;

namespace Dialogue.Activities.Talk;

/// <summary>
/// Whose turn it is and who is still to come in this round: the order and nothing besides. Nothing here can be counted: one round forgets
/// the other, and without a round it is not known who has spoken. Who sits at the table is asked of the roster each time, so that whoever
/// comes late has a turn and whoever left has none.
/// </summary>
public sealed record TalkState : ActivityState
{
    /// <summary>The order in which this round began; empty when there is no round.</summary>
    public ImmutableArray<SeatId> Order { get; init; } = [];

    /// <summary>Who needs no turn any more in this round, spoken or passed: these are not told apart.</summary>
    public ImmutableHashSet<SeatId> Been { get; init; } = [];

    public SeatId? Speaker { get; init; }

    public ImmutableList<Correction> Corrections { get; init; } = [];

    public static TalkState Started(TurnsStarted happened) => new() { Order = [.. happened.Order] };

    /// <summary>Anybody at the table can be given a turn, a guide with a raised hand too; observers never.</summary>
    public static bool MaySpeak(Seat seat) => !seat.Left && (seat.Role & Role.Table) != 0;

    public TalkState With(SeatId? speaker) =>
        this with
        {
            Speaker = speaker,
            Been = Order.IsEmpty || speaker is not { } seat ? Been : Been.Add(seat),
        };

    public Seat? Speaking(DialogueState state) => state.Seat(Speaker) is { } seat && MaySpeak(seat) ? seat : null;

    /// <summary>
    /// Who still comes in this round. Late arrivals are last; where the template says so, whoever is higher in rank after them.
    /// </summary>
    public IEnumerable<Seat> Coming(DialogueState state, PhaseState phase)
    {
        if (Order.IsEmpty)
            return [];
        var places = new Dictionary<SeatId, int>();
        foreach (var seat in Order)
            places.TryAdd(seat, places.Count);
        return state
            .Seats.Values.Where(seat => seat.HasVoice && !Been.Contains(seat.Id))
            .OrderBy(seat => phase.Template.Set<TalkSettings>().HighestRankLast && (seat.Senior || seat.Role == Role.DecisionMaker))
            .ThenBy(seat => places.GetValueOrDefault(seat.Id, int.MaxValue))
            .ThenBy(seat => seat.Id.Value);
    }

    /// <summary>Who comes next: the round first, then the hands in the order in which they went up.</summary>
    /// <param name="present">See <see cref="Moment.Present"/>: who is away is passed over while somebody else is to come.</param>
    public Seat? Next(DialogueState state, PhaseState phase, IReadOnlySet<SeatId>? present = null) =>
        First(Coming(state, phase), present)
        ?? state.Hands.Where(id => id != Speaker).Select(id => state.Seat(id)).FirstOrDefault(seat => seat is not null && MaySpeak(seat));

    /// <summary>The first who is here; when nobody of them is, the first.</summary>
    public static Seat? First(IEnumerable<Seat> coming, IReadOnlySet<SeatId>? present) =>
        coming.FirstOrDefault(seat => present?.Contains(seat.Id) != false) ?? coming.FirstOrDefault();

    /// <summary>What is still asked about a point: as soon as it is reworded, what was asked is answered.</summary>
    public IEnumerable<Correction> OpenOn(Item item) =>
        Corrections.Where(correction => correction.Item == item.Id && correction.About == item.Text);
}

/// <param name="About">The words that were not right.</param>
public sealed record Correction(ItemId Item, string Text, string About);

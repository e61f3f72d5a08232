using CsCheck;

namespace Dialogue;

public class VisibilityTests
{
    private static readonly Viewer[] Viewers =
    [
        .. Room.Seats.Select(seat => new Viewer(seat.Id, seat.Role)),
        new(null, Role.Projector),
        new(null, Role.Organiser),
        new(new SeatId(99), Role.Participant),
    ];

    [Fact]
    public void Whoever_follows_live_and_whoever_catches_up_see_the_same() =>
        Gen.Select(Gen.Int, Gen.Int[1, 7])
            .Sample(
                (seed, size) =>
                {
                    var events = Histories.Of(seed, 80).Events;
                    foreach (var viewer in Viewers)
                    {
                        var whole = events.Where(e => viewer.MaySee(e)).ToArray();
                        var random = new Random(seed);
                        var live = new List<DialogueEvent>();
                        for (var at = 0; at < events.Count; )
                        {
                            var take = random.Next(1, size + 1);
                            live.AddRange(events.Skip(at).Take(take).Where(e => viewer.MaySee(e)));
                            at += take;
                        }
                        live.ShouldBe(whole);
                    }
                },
                iter: 30
            );

    [Fact]
    public void Whoever_sees_only_what_is_theirs_still_sees_every_item_that_is_shown() =>
        Gen.Int.Sample(
            seed =>
            {
                var (events, state) = Histories.Of(seed, 80);
                foreach (var viewer in Viewers)
                {
                    var seen = DialogueState.Empty.Fold(events.Where(e => viewer.MaySee(e)));
                    (seen.Stage, seen.Current).ShouldBe((state.Stage, state.Current));
                    foreach (var phase in state.Phases)
                    {
                        seen.ShownIn(phase.Id).ShouldBe(state.ShownIn(phase.Id));
                        seen.Phase(phase.Id)!.RoundOpen.ShouldBe(phase.RoundOpen);
                        if (viewer.Seat is not null)
                            seen.HeldBy(viewer.Seat, phase.Id).ShouldBe(state.HeldBy(viewer.Seat, phase.Id));
                    }
                }
            },
            iter: 30
        );

    [Fact]
    public void What_is_not_shown_yet_is_in_no_event_that_another_sees() =>
        Gen.Int.Sample(
            seed =>
            {
                var (events, state) = Histories.Of(seed, 80);
                foreach (var held in state.Items.Values.Where(held => held.Holder is not null && !held.Revealed))
                {
                    var others = Viewers.Where(viewer => viewer.Seat != held.Holder).ToArray();
                    foreach (var happened in events.Where(e => Mentions(e, held.Item.Id)))
                        others.ShouldAllBe(viewer => !viewer.MaySee(happened));
                }
            },
            iter: 60
        );

    [Fact]
    public void Assessments_and_positions_are_for_their_seat_and_readiness_for_guides_besides()
    {
        foreach (var example in Examples.Events)
        {
            var whom = Viewers.Where(viewer => viewer.MaySee(example)).ToArray();
            switch (example)
            {
                case ItemWritten
                or ItemErased
                or Activities.Assess.AssessmentGiven
                or Activities.Assess.AssessmentWithdrawn
                or Activities.Decide.PositionTaken
                or Activities.Decide.PositionWithdrawn
                or Activities.Decide.ObjectionHeld
                or RewordingWritten
                or RewordingDropped:
                    whom.ShouldHaveSingleItem().Seat.ShouldBe(new SeatId(4));
                    break;
                case ReadyMarked:
                    whom.ShouldAllBe(viewer => viewer.Seat == new SeatId(4) || (viewer.Role & (Role.Guides | Role.Organiser)) != 0);
                    break;
                case PerspectiveTold or CardDealt or RemovalExplained or SeatMoved:
                    whom.ShouldAllBe(viewer => viewer.Seat == new SeatId(4) || (viewer.Role & (Role.Guides | Role.Organiser)) != 0);
                    break;
                case IntakeRecorded
                or CardsRecorded
                or ScriptRecorded
                or RewordingOffered
                or NewcomerWaits
                or NewcomerLetIn
                or NewcomerTurnedAway
                or PresenceNoted:
                    whom.ShouldAllBe(viewer => (viewer.Role & (Role.Guides | Role.Organiser)) != 0);
                    break;
                default:
                    whom.Length.ShouldBe(Viewers.Length, example.GetType().Name);
                    break;
            }
        }
    }

    private static bool Mentions(DialogueEvent happened, ItemId id) =>
        happened switch
        {
            ItemWritten e => e.Item.Id == id,
            ItemsRevealed e => e.Items.Any(item => item.Id == id),
            ItemErased e => e.Item == id,
            ItemWithdrawn e => e.Item == id,
            ItemHidden e => e.Item == id,
            _ => false,
        };
}

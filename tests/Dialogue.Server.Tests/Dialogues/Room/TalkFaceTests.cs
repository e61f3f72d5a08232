using Dialogue.Activities.Talk;
using Dialogue.Wire;

namespace Dialogue.Dialogues.Room;

/// <summary>Whose turn it is, on every screen.</summary>
public sealed class TalkFaceTests
{
    private static readonly Story.Step Given = Story.Steps.First(step => step.Event is TurnGiven { To: not null });
    private static readonly Seat Speaker = Given.After.Seat(((TurnGiven)Given.Event).To)!;

    private static Story.Step After<T>()
        where T : DialogueEvent => Story.Steps.First(step => step.Event is T && step.After.CurrentPhase!.Kind is TalkActivity);

    [Fact]
    public async Task Whoever_gets_the_turn_hears_and_reads_it_and_nobody_else_is_told_that_it_is_theirs()
    {
        await using var drawing = RenderTests.Draw();
        var own = await drawing.Private(Story.View(Given.After, Speaker.Role, "nl", Speaker.Id), [Given.Event]);
        own.ShouldContain(change => change.Do == "say" && change.Html == "U bent aan de beurt.");
        own.ShouldContain(change => change.Target == "mine" && change.Html!.Contains("U bent aan de beurt"));
        var other = Given.After.Seats.Values.First(seat => seat.HasVoice && seat.Id != Speaker.Id);
        (await drawing.Private(Story.View(Given.After, other.Role, "nl", other.Id), [Given.Event])).ShouldAllBe(change =>
            !change.Html!.Contains("U bent aan de beurt")
        );
        var shared = await drawing.Shared(Story.View(Given.After, Role.Participant, "en"), [Given.Event]);
        shared.ShouldContain(change => change.Do == "say" && change.Html!.Contains(Given.After.NameOf(Speaker.Id)!));
        shared.ShouldAllBe(change => !change.Html!.Contains("It is your turn"));
    }

    [Fact]
    public async Task A_turn_draws_a_few_small_parts_and_never_the_board_or_the_box_in_which_a_guide_types()
    {
        await using var drawing = RenderTests.Draw();
        var changes = await drawing.Shared(Story.View(Given.After, Role.Facilitator, "nl"), [Given.Event]);
        changes
            .Where(change => change.Do != "say")
            .Select(change => change.Target)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["hands", "turn", "turn-forms", "turn-order", "turn-to"]);
    }

    [Fact]
    public async Task The_large_screen_names_nobody_unless_the_phase_is_named()
    {
        await using var drawing = RenderTests.Draw();
        static string Turn(IEnumerable<Change> changes) => changes.Single(change => change.Target == "turn").Html!;
        Turn(await drawing.Shared(Story.View(Given.After, Role.Projector, "nl"), [Given.Event]))
            .ShouldNotContain(">" + Given.After.NameOf(Speaker.Id) + "<");
        Turn(await drawing.Shared(Story.View(Given.After, Role.Projector, "nl"), [Given.Event]))
            .ShouldContain(">Iemand<", Case.Insensitive);
        var named = Story.Steps.First(step => step.Event is TurnGiven { Phase.Value: "free", To: not null });
        var name = named.After.NameOf(((TurnGiven)named.Event).To);
        Turn(await drawing.Shared(Story.View(named.After, Role.Projector, "nl"), [named.Event])).ShouldContain(">" + name + "<");
    }

    [Fact]
    public async Task A_spoken_point_says_that_guides_noted_it_and_only_the_table_can_dispute_it()
    {
        await using var drawing = RenderTests.Draw();
        var step = After<ItemsRevealed>();
        async Task<string> Card(Role role) =>
            (await drawing.Shared(Story.View(step.After, role, "nl"), [step.Event]))
                .Single(change => change.Target.StartsWith("item-", StringComparison.Ordinal))
                .Html!;
        foreach (var role in new[] { Role.Facilitator, Role.Participant, Role.Observer, Role.Projector })
            (await Card(role)).ShouldContain("vastgelegd door de gespreksleiding");
        (await Card(Role.Participant)).ShouldContain("talk/request-correction");
        foreach (var role in new[] { Role.Observer, Role.Projector })
            (await Card(role)).ShouldNotContain("<form");
        (await Card(Role.CoFacilitator)).ShouldContain("dialogue/edit-item");
    }

    [Fact]
    public async Task What_was_disputed_stands_at_the_point_until_it_is_reworded()
    {
        await using var drawing = RenderTests.Draw();
        var asked = After<CorrectionRequested>();
        var reworded = Story.Steps.SkipWhile(step => step != asked).First(step => step.Event is ItemsRevealed);
        (await drawing.Shared(Story.View(asked.After, Role.Participant, "nl"), [asked.Event]))
            .ShouldHaveSingleItem()
            .Html!.ShouldContain("Zo niet");
        (await drawing.Shared(Story.View(reworded.After, Role.Participant, "nl"), [reworded.Event]))
            .ShouldHaveSingleItem()
            .Html!.ShouldNotContain("Zo niet");
    }

    [Fact]
    public async Task Whoever_comes_late_stands_in_the_order()
    {
        await using var drawing = RenderTests.Draw();
        var late = Story.Steps.First(step => step.Event is SeatTaken e && step.After.NameOf(e.Seat) == "Laatkomer");
        (await drawing.Shared(Story.View(late.After, Role.Participant, "nl"), [late.Event])).ShouldContain(change =>
            change.Target == "turn-order" && change.Html!.Contains("Laatkomer")
        );
    }
}

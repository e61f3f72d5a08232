using System.Text.Json;
using Dialogue.Anonymous;
using Dialogue.Wire;

namespace Dialogue;

/// <summary>What happened, what somebody wants, what comes of it: <c>Given(events).When(command, by).Then(events)</c>.</summary>
public static class Scenes
{
    public static readonly DateTimeOffset Now = new(2026, 2, 3, 13, 0, 0, TimeSpan.Zero);

    public static Scene Given(params IEnumerable<DialogueEvent> events) => new(Known(DialogueState.Empty.Fold(events)));

    /// <summary>
    /// Everybody at the table of <see cref="Room"/> goes by the name that they have there, and so does who is named beforehand.
    /// </summary>
    private static DialogueState Known(DialogueState state) =>
        (state.Terms is null ? state : state.Knowing(state.People.Become(Intake.Names, Room.FullIntake.People()))).Knowing(
            Room.Seats.Where(seat => state.Seats.ContainsKey(seat.Id.Value))
                .Select(seat => new NameTold(seat.Id, Room.Names[seat.Id.Value - 1]))
        );
}

public sealed record Scene(DialogueState State)
{
    public Outcome When(
        DialogueCommand command,
        By by,
        int seed = 1,
        IReadOnlyList<SealedEntry>? box = null,
        DateTimeOffset? now = null,
        IReadOnlySet<SeatId>? present = null
    ) => new(State, State.Decide(command, by, new Moment(now ?? Scenes.Now, seed, box, present)));

    public Scene And(params DialogueEvent[] events) => new(State.Fold(events));
}

public sealed class Outcome(DialogueState before, Ruling ruling)
{
    public IReadOnlyList<DialogueEvent> Events => Accepted().Events;
    public IReadOnlyList<PersonFact> Told => Accepted().Told;
    public DialogueState After => before.Fold(Events).Knowing(Told);
    public Scene And => new(After);

    public Outcome Then(params DialogueEvent[] expected)
    {
        Accepted();
        ruling.Events.Select(Text).ShouldBe(expected.Select(Text));
        return this;
    }

    /// <summary>For what has a number that is drawn at random.</summary>
    public T Then<T>()
        where T : DialogueEvent => Events.OfType<T>().ShouldHaveSingleItem();

    public void ThenNothingOf<T>()
        where T : DialogueEvent => Events.OfType<T>().ShouldBeEmpty();

    public Answer.Refused ThenRefused(RefusalCode code)
    {
        ruling.Refusal.ShouldNotBeNull($"Expected {code}, but it happened: {string.Join(", ", ruling.Events.Select(Text))}");
        ruling.Refusal.Code.ShouldBe(code);
        ruling.Events.ShouldBeEmpty();
        return ruling.Refusal;
    }

    private Ruling Accepted()
    {
        ruling.Refusal.ShouldBeNull();
        return ruling;
    }

    private static string Text(DialogueEvent happened) => JsonSerializer.Serialize(happened, ModelJson.Lenient);
}

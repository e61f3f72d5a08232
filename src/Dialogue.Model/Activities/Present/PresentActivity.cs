using Dialogue.Templates;

namespace Dialogue.Activities.Present;

/// <summary>Notes a fact while the case is told. Facts are kept apart from effects, values and judgements.</summary>
public sealed record RecordFact(PhaseId Phase, string Text, Certainty Certainty) : ActivityCommand(Phase);

/// <summary>
/// One speaks, others listen or read. Attaches facts to the case, those that were prepared and those that are noted; the room itself brings
/// nothing in, but may park a question.
/// </summary>
public sealed class PresentActivity : Activity
{
    public override string Name => "present";

    public override PhaseSettings NoSettings { get; } = new PresentSettings();

    public override IEnumerable<CommandEntry> Commands =>
        [CommandEntry.Of<RecordFact>("present/record-fact", Role.Guides | Role.CaseOwner)];

    /// <summary>
    /// What was known beforehand comes on the table as items, so that it can be placed, weighed and rested on like what is noted live.
    /// </summary>
    public override IEnumerable<DialogueEvent> OnOpen(DialogueState state, PhaseState phase, Moment moment)
    {
        if (!phase.Template.Set<PresentSettings>().ShowCase || state.Case is null)
            return [];
        var told = state
            .Case.Facts.Where(fact => !state.Holds(fact))
            .Select(
                (fact, index) =>
                    new Item(
                        moment.NewItemId(state, index + 1),
                        phase.Id,
                        ItemKind.Fact,
                        fact.Text,
                        Certainty: fact.Certainty,
                        Source: fact.Source
                    )
            )
            .ToArray();
        return told.Length == 0 ? [] : [new ItemsRevealed(phase.Id, told)];
    }

    public override Ruling Decide(Deciding on, ActivityCommand command)
    {
        if (command is not RecordFact fact || !on.Settings<PresentSettings>().ShowCase)
            return RefusalCode.NotAllowed;
        var text = PlainText.Read(fact.Text);
        if (!text.Ok)
            return text.Refusal!;
        var item = new Item(
            on.Moment.NewItemId(on.State),
            on.Phase.Id,
            ItemKind.Fact,
            text.Value!,
            Perspective: on.State.Shown(on.Seat?.Perspective, on.Moment),
            Certainty: fact.Certainty
        );
        return Items.Written(item, on.By.Seat!.Value, show: true);
    }
}

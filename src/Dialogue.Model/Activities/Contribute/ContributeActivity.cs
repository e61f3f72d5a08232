using Dialogue.Anonymous;
using Dialogue.Templates;

namespace Dialogue.Activities.Contribute;

/// <param name="Kind">One of the kinds that the phase asks for.</param>
/// <param name="Bucket">Required when the phase has compartments.</param>
public sealed record AddItem(PhaseId Phase, ItemKind Kind, string Text, string? Bucket = null) : ActivityCommand(Phase);

/// <summary>
/// Everybody adds items. Live, blind until the round closes, or anonymous through the sealed box; nobody changes or ranks those of others.
/// </summary>
public sealed class ContributeActivity : Activity
{
    public override string Name => "contribute";

    public override PhaseSettings NoSettings { get; } = new ContributeSettings();

    public override bool CanBeSealed => true;

    public override IEnumerable<CommandEntry> Commands => [CommandEntry.Of<AddItem>("contribute/add-item", Role.Table)];

    public override IEnumerable<string> Problems(PhaseTemplate phase, SessionTemplate template)
    {
        if (phase.Set<ContributeSettings>().Kinds.Count == 0)
            yield return "contribute needs at least one of 'kinds'";
        if (phase.Attribution == Attribution.Anonymous && phase.Reveal == Reveal.Live)
            yield return "an anonymous phase shows its items when the round closes: set 'reveal: onClose'";
    }

    public override Ruling Decide(Deciding on, ActivityCommand command)
    {
        if (command is not AddItem add)
            return RefusalCode.NotAllowed;
        if (on.Phase.IsSealed)
            return RefusalCode.SealedPhase;
        if (!on.Phase.RoundOpen)
            return RefusalCode.RoundClosed;
        if (Check(on.Settings<ContributeSettings>(), add.Kind, add.Bucket) is { } refused)
            return refused;
        var text = PlainText.Read(add.Text);
        if (!text.Ok)
            return text.Refusal!;
        var seat = on.Seat!;
        if (on.State.WrittenBy(seat.Id, on.Phase.Id).Count >= Limits.ItemsPerSeatAndPhase)
            return Items.TooMany;
        var named = on.Phase.Template.Attribution == Attribution.Named;
        var item = new Item(
            on.Moment.NewItemId(on.State),
            on.Phase.Id,
            add.Kind,
            text.Value!,
            add.Bucket,
            // A name and a perspective never go together: who knows both, knows whose words they are in all other phases too.
            named ? null : on.State.Shown(seat.Perspective, on.Moment),
            named ? seat.Id : null,
            Certainty: add.Kind == ItemKind.Fact ? Certainty.ToCheck : null,
            Persona: on.Settings<ContributeSettings>().Personas ? on.State.PersonaOf(seat.Id)?.Key : null
        );
        return Items.Written(item, seat.Id, show: on.Phase.Template.Reveal == Reveal.Live);
    }

    public override IEnumerable<DialogueEvent> OnClose(DialogueState state, PhaseState phase, Moment moment)
    {
        var items = phase.IsSealed
            ? Unsealed(state, phase, moment)
            : state
                .Items.Values.Where(held => held.Item.Phase == phase.Id && !held.Revealed && !held.Withdrawn)
                .Select(held => held.Item with { Perspective = state.Shown(held.Item.Perspective, moment) })
                .OrderBy(item => item.Id.Value)
                .Shuffled(moment);
        return items.Length == 0 ? [] : [new ItemsRevealed(phase.Id, items)];
    }

    /// <summary>
    /// Sorted before it is shuffled, and numbered after: whatever order the box was read in, the outcome is the same, so neither the places
    /// nor the numbers can tell of it.
    /// </summary>
    private static Item[] Unsealed(DialogueState state, PhaseState phase, Moment moment) =>
        [
            .. (moment.Box ?? [])
                .OfType<SealedItem>()
                .OrderBy(entry => entry.Text, StringComparer.Ordinal)
                .ThenBy(entry => entry.Kind)
                .ThenBy(entry => entry.Bucket, StringComparer.Ordinal)
                .Shuffled(moment)
                .Select(
                    (entry, index) =>
                        new Item(
                            moment.NewItemId(state, index + 1),
                            phase.Id,
                            entry.Kind,
                            entry.Text,
                            entry.Bucket,
                            Certainty: entry.Kind == ItemKind.Fact ? Certainty.ToCheck : null
                        )
                ),
        ];

    public override Result<SealedEntry> Seal(PhaseState phase, SealedEntry entry)
    {
        if (entry is not SealedItem item)
            return RefusalCode.UnknownKind;
        if (Check(phase.Template.Set<ContributeSettings>(), item.Kind, item.Bucket) is { } refused)
            return refused;
        var text = PlainText.Read(item.Text);
        return text.Ok ? item with { Text = text.Value! } : text.Refusal!;
    }

    private static RefusalCode? Check(ContributeSettings settings, ItemKind kind, string? bucket) =>
        !settings.Kinds.Contains(kind) ? RefusalCode.UnknownKind
        : settings.Buckets.Count > 0 != bucket is not null || (bucket is not null && settings.Buckets.All(known => known.Key != bucket))
            ? RefusalCode.UnknownBucket
        : null;
}

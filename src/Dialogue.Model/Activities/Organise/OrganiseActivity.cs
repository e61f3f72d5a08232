using System.Collections.Immutable;
using Dialogue.Outcomes;
using Dialogue.Templates;

namespace Dialogue.Activities.Organise;

/// <param name="Column">Null takes the item out of its column.</param>
public sealed record PlaceItem(PhaseId Phase, ItemId Item, string? Column) : ActivityCommand(Phase);

/// <summary>Links an item to a value that is at stake in it.</summary>
public sealed record InvokeValue(PhaseId Phase, ItemId Item, string Value, ValueDirection Direction) : ActivityCommand(Phase);

/// <summary>What happens to a value in what somebody brought in.</summary>
public enum ValueDirection
{
    Served,
    Strained,
}

public sealed record ReleaseValue(PhaseId Phase, ItemId Invocation) : ActivityCommand(Phase);

/// <summary>Names two values that pull at each other.</summary>
public sealed record NameTension(PhaseId Phase, string ValueA, string ValueB, string Text) : ActivityCommand(Phase);

public sealed record ReleaseTension(PhaseId Phase, ItemId Tension) : ActivityCommand(Phase);

/// <summary>Puts a released value back, in the same phase.</summary>
public sealed record RestoreValue(PhaseId Phase, ItemId Invocation) : ActivityCommand(Phase);

/// <summary>Puts a released tension back, in the same phase.</summary>
public sealed record RestoreTension(PhaseId Phase, ItemId Tension) : ActivityCommand(Phase);

public sealed record ItemPlaced(PhaseId Phase, ItemId Item, string? Column) : ActivityEvent(Phase);

public sealed record ValueInvoked(PhaseId Phase, ItemId Id, ItemId Item, string Value, ValueDirection Direction) : ActivityEvent(Phase);

public sealed record ValueReleased(PhaseId Phase, ItemId Id) : ActivityEvent(Phase);

public sealed record TensionNamed(PhaseId Phase, ItemId Id, string ValueA, string ValueB, string Text) : ActivityEvent(Phase);

public sealed record TensionReleased(PhaseId Phase, ItemId Id) : ActivityEvent(Phase);

public sealed record ValueRestored(PhaseId Phase, ItemId Id) : ActivityEvent(Phase);

public sealed record TensionRestored(PhaseId Phase, ItemId Id) : ActivityEvent(Phase);

public sealed record OrganiseState : ActivityState
{
    public ImmutableDictionary<ItemId, string> Placements { get; init; } = ImmutableDictionary<ItemId, string>.Empty;
    public ImmutableList<ValueInvoked> Invocations { get; init; } = [];
    public ImmutableList<TensionNamed> Tensions { get; init; } = [];

    /// <summary>What was released and can be put back, last released last.</summary>
    public ImmutableList<ValueInvoked> ReleasedValues { get; init; } = [];
    public ImmutableList<TensionNamed> ReleasedTensions { get; init; } = [];
}

/// <summary>
/// Arranges what is there: items into columns, or items to values and values against each other. Makes no opinion and no score.
/// </summary>
public sealed class OrganiseActivity : Activity
{
    public override string Name => "organise";

    public override PhaseSettings NoSettings { get; } = new OrganiseSettings();

    public override ActivityState Begin => new OrganiseState();

    public override IEnumerable<CommandEntry> Commands =>
        [
            CommandEntry.Of<PlaceItem>("organise/place-item", Role.Table),
            CommandEntry.Of<InvokeValue>("organise/invoke-value", Role.Table),
            CommandEntry.Of<ReleaseValue>("organise/release-value", Role.Table),
            CommandEntry.Of<NameTension>("organise/name-tension", Role.Table),
            CommandEntry.Of<ReleaseTension>("organise/release-tension", Role.Table),
            CommandEntry.Of<RestoreValue>("organise/restore-value", Role.Table),
            CommandEntry.Of<RestoreTension>("organise/restore-tension", Role.Table),
        ];

    public override IEnumerable<EventEntry> Events =>
        [
            EventEntry.Of<ItemPlaced>("organise/item-placed.v1"),
            EventEntry.Of<ValueInvoked>("organise/value-invoked.v1"),
            EventEntry.Of<ValueReleased>("organise/value-released.v1"),
            EventEntry.Of<TensionNamed>("organise/tension-named.v1"),
            EventEntry.Of<TensionReleased>("organise/tension-released.v1"),
            EventEntry.Of<ValueRestored>("organise/value-restored.v1"),
            EventEntry.Of<TensionRestored>("organise/tension-restored.v1"),
        ];

    public override IEnumerable<string> Problems(PhaseTemplate phase, SessionTemplate template)
    {
        if (phase.Set<OrganiseSettings>().Layout is null)
            yield return "organise needs 'layout': columns or values";
        if (phase.Set<OrganiseSettings>().Layout == OrganiseLayout.Columns && phase.Set<OrganiseSettings>().Columns.Count < 2)
            yield return "layout columns needs at least two 'columns'";
    }

    public override Ruling Decide(Deciding on, ActivityCommand command)
    {
        var mine = (OrganiseState)on.Phase.State;
        return command switch
        {
            PlaceItem c => !Workable(on, c.Item) ? RefusalCode.NoSuchItem
            : c.Column is not null && on.Settings<OrganiseSettings>().Columns.All(column => column.Key != c.Column)
                ? RefusalCode.UnknownColumn
            : new ItemPlaced(on.Phase.Id, c.Item, c.Column),
            InvokeValue c => !Workable(on, c.Item) ? RefusalCode.NoSuchItem
            : ValueVocabulary.Find(c.Value) is null ? RefusalCode.UnknownValue
            : mine.Invocations.Any(known => known.Item == c.Item && known.Value == c.Value) ? RefusalCode.AlreadyAnswered
            : new ValueInvoked(on.Phase.Id, New(on, mine), c.Item, c.Value, c.Direction),
            ReleaseValue c => mine.Invocations.Any(known => known.Id == c.Invocation)
                ? new ValueReleased(on.Phase.Id, c.Invocation)
                : RefusalCode.NothingToWithdraw,
            NameTension c => ValueVocabulary.Find(c.ValueA) is null || ValueVocabulary.Find(c.ValueB) is null || c.ValueA == c.ValueB
                ? RefusalCode.UnknownValue
            : PlainText.Read(c.Text, Limits.ShortTextLength) is { Ok: false } bad ? bad.Refusal!
            : new TensionNamed(on.Phase.Id, New(on, mine), c.ValueA, c.ValueB, PlainText.Clean(c.Text)),
            ReleaseTension c => mine.Tensions.Any(known => known.Id == c.Tension)
                ? new TensionReleased(on.Phase.Id, c.Tension)
                : RefusalCode.NothingToWithdraw,
            RestoreValue c => mine.ReleasedValues.Find(known => known.Id == c.Invocation) is { } released
            && !mine.Invocations.Any(known => known.Item == released.Item && known.Value == released.Value)
                ? new ValueRestored(on.Phase.Id, c.Invocation)
                : RefusalCode.NothingToWithdraw,
            RestoreTension c => mine.ReleasedTensions.Any(known => known.Id == c.Tension)
                ? new TensionRestored(on.Phase.Id, c.Tension)
                : RefusalCode.NothingToWithdraw,
            _ => RefusalCode.NotAllowed,
        };
    }

    public override DialogueState Fold(DialogueState state, PhaseState phase, ActivityEvent happened) =>
        state.WithPhase(
            phase.Id,
            p =>
                p with
                {
                    State = happened switch
                    {
                        ItemPlaced e => Mine(p) with
                        {
                            Placements = e.Column is null
                                ? Mine(p).Placements.Remove(e.Item)
                                : Mine(p).Placements.SetItem(e.Item, e.Column),
                        },
                        ValueInvoked e => Mine(p) with { Invocations = Mine(p).Invocations.Add(e) },
                        ValueReleased e => Mine(p) with
                        {
                            Invocations = Mine(p).Invocations.RemoveAll(known => known.Id == e.Id),
                            ReleasedValues = Mine(p).ReleasedValues.AddRange(Mine(p).Invocations.Where(known => known.Id == e.Id)),
                        },
                        ValueRestored e => Mine(p) with
                        {
                            Invocations = Mine(p).Invocations.AddRange(Mine(p).ReleasedValues.Where(known => known.Id == e.Id)),
                            ReleasedValues = Mine(p).ReleasedValues.RemoveAll(known => known.Id == e.Id),
                        },
                        TensionNamed e => Mine(p) with { Tensions = Mine(p).Tensions.Add(e) },
                        TensionReleased e => Mine(p) with
                        {
                            Tensions = Mine(p).Tensions.RemoveAll(known => known.Id == e.Id),
                            ReleasedTensions = Mine(p).ReleasedTensions.AddRange(Mine(p).Tensions.Where(known => known.Id == e.Id)),
                        },
                        TensionRestored e => Mine(p) with
                        {
                            Tensions = Mine(p).Tensions.AddRange(Mine(p).ReleasedTensions.Where(known => known.Id == e.Id)),
                            ReleasedTensions = Mine(p).ReleasedTensions.RemoveAll(known => known.Id == e.Id),
                        },
                        _ => p.State,
                    },
                }
        );

    private static OrganiseState Mine(PhaseState phase) => (OrganiseState)phase.State;

    private static bool Workable(Deciding on, ItemId item) => on.State.IsShown(item);

    private static ItemId New(Deciding on, OrganiseState mine) =>
        on.Moment.NewNumber(
            0,
            number =>
                mine.Invocations.Concat(mine.ReleasedValues).Any(known => known.Id.Value == number)
                || mine.Tensions.Concat(mine.ReleasedTensions).Any(known => known.Id.Value == number)
        );
}

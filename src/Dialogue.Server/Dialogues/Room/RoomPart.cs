using System.Globalization;
using Dialogue.Activities;
using Dialogue.Templates;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Dialogue.Dialogues.Room;

/// <summary>What all parts of the room share: the view and a few words. A part is drawn from the view and from nothing else.</summary>
public abstract class RoomPart : ComponentBase
{
    [Parameter, EditorRequired]
    public RoomView View { get; set; } = null!;

    [Inject]
    protected IStringLocalizer<Words> T { get; set; } = null!;

    protected DialogueState State => View.State;
    protected PhaseState? Current => View.State.CurrentPhase;

    /// <summary>The current phase, for parts that are drawn only when there is one.</summary>
    protected PhaseState Phase => View.State.CurrentPhase!;
    protected Seat? Seat => View.State.Seat(View.Viewer.Seat);
    protected bool Running => State.Stage == Stage.Running;

    protected string Say(Text? text) => text?.In(View.Language) ?? "";

    /// <summary>Whether somebody with this role may want this now. A form that would be refused is not drawn.</summary>
    protected bool May<T>()
        where T : DialogueCommand =>
        ActivityCatalogue.Commands[typeof(T)] is var entry && (entry.Roles & View.Viewer.Role) != 0 && (entry.Stages & State.Stage) != 0;

    protected string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    protected string Id(ItemId id) => id.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The words of a choice: <paramref name="kind"/> is the first part of their name.</summary>
    protected string Name<TChoice>(string kind, TChoice choice)
        where TChoice : struct, Enum => T[kind + "." + choice.Word()];

    /// <summary>The name that somebody chose, or the number of the seat when the name is forgotten.</summary>
    protected string NameOf(SeatId? seat) => View.NameOf(seat, T);

    protected string PerspectiveName(string? key) =>
        key == Perspectives.Participant
            ? T["Perspective.Participant"]
            : Say(State.Template?.Perspectives.FirstOrDefault(one => one.Key == key)?.Name);

    protected string PhaseTitle(PhaseState phase) => Say(phase.Template.Title);

    protected string NameOf(IReadOnlyList<Choice> choices, string? key) =>
        choices.FirstOrDefault(one => one.Key == key) is { } found ? Say(found.Name) : key ?? "";
}

using Dialogue.Activities;
using Dialogue.Activities.Present;
using Dialogue.Dialogues.Room.Parts;
using Dialogue.Look;

namespace Dialogue.Dialogues.Room;

/// <summary>The regions of a room page and which events touch them. A region is one component with one fixed id.</summary>
public static class Regions
{
    public const string BoardId = "board";

    public static Part Bar => Part.Morph<BarPart>("bar");
    public static Part Strip => Part.Morph<StripPart>("strip");
    public static Part Task => Part.Morph<TaskPart>("task");
    public static Part Composer => Part.Morph<ComposerPart>("composer");
    public static Part Mine => Part.Morph<MinePart>("mine");
    public static Part Board => Part.Morph<BoardPart>(BoardId);
    public static Part People => Part.Morph<PeoplePart>("people");
    public static Part ReadyCount => Part.Morph<ReadyCount>("ready-count");
    public static Part Controls => Part.Morph<ControlsPart>("controls");
    public static Part Script => Part.Morph<ScriptPart>("script");
    public static Part Spotlight => Part.Morph<SpotlightPart>("spotlight");
    public static Part Hands => Part.Morph<HandsPart>("hands");
    public static Part Parked => Part.Morph<ParkedPart>("parked");
    public static Part Pause => Part.Morph<PausePart>("pause");
    public static Part Closed => Part.Morph<ClosedPart>("closed");
    public static Part LobbyCount => Part.Morph<LobbyCount>("lobby-count");
    public static Part NextSeats => Part.Morph<NextSeats>("next-seats", region: "controls");
    public static Part Saving => Part.Morph<SavingPart>("saving");
    public static Part Notice => Part.Morph<NoticePart>("notice");

    private static Part[] Everything =>
        [Bar, Strip, Task, Composer, Board, Controls, Script, People, Spotlight, Hands, Parked, Pause, Closed];

    /// <summary>What says who is here and how many.</summary>
    public static IEnumerable<Part> Presence(RoomView view)
    {
        yield return People;
        yield return ReadyCount;
        if (view.State.Stage == Stage.Lobby)
            yield return LobbyCount;
        if (view.Next is { IsSealed: true })
            yield return NextSeats;
    }

    /// <summary>What changes for everybody with one role. Never anything of one seat.</summary>
    public static IEnumerable<Part> Shared(RoomView view, DialogueEvent happened)
    {
        var state = view.State;
        switch (happened)
        {
            case DialoguePrepared or LobbyOpened:
                return Everything;
            case SeatRenamed when state.CurrentPhase is { } named:
                // The name also stands with notes on the board.
                return [People, Hands, Board, .. Faces.Of(named).AtTheTable(view)];
            case SeatTaken or SeatRenamed or RoleGiven or SeatLeft or SeatRemoved or SeatReturned or PerspectiveTold:
                return state.CurrentPhase is { } phase ? [People, Hands, .. Faces.Of(phase).AtTheTable(view)] : [People, Hands, Task];
            case PersonForgotten:
                return [Board];
            case NewcomerWaits or NewcomerLetIn or NewcomerTurnedAway or DoorLocked or DoorUnlocked:
                return [People];
            case PhaseStarted e:
                return
                [
                    .. Everything,
                    Part.Say(words =>
                        words["Said.Phase", state.IndexOf(e.To) + 1, state.Phase(e.To)?.Template.Title.In(view.Language) ?? ""]
                    ),
                ];
            case RoundClosed:
                return [Task, Composer, Board, Controls, Part.Say(words => words["Said.RoundClosed"])];
            case RoundReopened:
                return [Task, Composer, Board, Controls, Part.Say(words => words["Said.RoundReopened"])];
            case PhaseExtended e:
                return [Bar, Part.Say(words => words.Count("Said.Extended", e.Minutes))];
            case DialoguePaused:
                return [Bar, Pause, Controls, Composer, Task, Part.Say(words => words["Said.Paused"])];
            case DialogueResumed:
                return [Bar, Pause, Controls, Composer, Task, Part.Say(words => words["Said.Resumed"])];
            case DialogueClosed:
                return [.. Everything, Part.Say(words => words["Said.Closed"])];
            case HandRaised:
                return state.CurrentPhase is { } now ? [Hands, .. Faces.Of(now).AtTheTable(view)] : [Hands];
            case ItemsRevealed e:
                return Revealed(state, e);
            case ItemWithdrawn e:
                return [Part.Remove($"item-{e.Item}"), .. Spotlit(state)];
            case ItemHidden e:
                return [Hidden(state, e.Item), .. Spotlit(state)];
            case ItemUnhidden or FactChecked:
                return [Board];
            case RewordingOffered e when state.Items.TryGetValue(e.Item, out var offered):
                return state.IsCurrent(offered.Item.Phase) ? [Board] : [];
            case ItemSpotlit:
                return [Spotlight, Controls];
            case QuestionParked e:
                return [Part.Put<ParkedQuestion>($"parked-{e.Item.Id}", "parked-list", "Item", e.Item, "parked")];
            case ActivityEvent e when state.IsCurrent(e.Phase):
                return Faces.Of(state.CurrentPhase!).Shared(view, e);
            default:
                return [];
        }
    }

    /// <summary>What changes for one seat only, on top of what is shared.</summary>
    public static IEnumerable<Part> Private(RoomView view, DialogueEvent happened)
    {
        if (view.Viewer.Seat is not { } seat)
            return [];
        switch (happened)
        {
            case LobbyOpened or PhaseStarted or RoundClosed or RoundReopened or DialoguePaused or DialogueResumed or DialogueClosed:
                return [Mine];
            case RoleGiven e when e.Seat == seat:
                return [Mine, Notice];
            case SeatLeft e when e.Seat == seat:
                return [Mine, Notice];
            case SeatRemoved e when e.Seat == seat:
                return [Mine, Notice];
            case SeatMoved e when e.Seat == seat:
                return [Notice];
            case SeatRenamed e when e.Seat == seat:
                return [Mine];
            case ReadyMarked e when e.Seat == seat:
                return [Mine];
            case HandRaised e when e.Seat == seat:
                return [Mine];
            case ItemWithdrawn or ItemHidden when view.State.CurrentPhase is { } phase && Faces.Of(phase).MineHoldsItems:
                return [Mine];
            case ItemWritten e:
                return Own(view, seat, e.Item.Id);
            case ItemErased e:
                return Own(view, seat, e.Item);
            case ItemsRevealed e:
                return e.Items.SelectMany(item => Own(view, seat, item.Id));
            case ItemWithdrawn e:
                return Own(view, seat, e.Item);
            case ItemHidden e:
                return Own(view, seat, e.Item);
            case ItemUnhidden e:
                return Own(view, seat, e.Item);
            case RewordingWritten e when e.Seat == seat:
                return Own(view, seat, e.Item);
            case RewordingDropped e when e.Seat == seat:
                return Own(view, seat, e.Item);
            case ActivityEvent e when view.State.IsCurrent(e.Phase):
                return Faces.Of(view.State.CurrentPhase!).Private(view, e);
            default:
                return [];
        }
    }

    /// <summary>Regions that a role does not have on its page are not drawn for it.</summary>
    public static bool Has(RoomView view, Part part) =>
        (part.Region ?? part.Target) switch
        {
            "controls" or "people" or "script" => view.IsGuide,
            "composer" => view.AtTable,
            "strip" or "parked" or "hands" => !view.IsScreen,
            "mine" or "notice" => view.Viewer.Seat is not null,
            _ => true,
        };

    /// <summary>A few come one by one to the end of the board; many at once are a board.</summary>
    private static IEnumerable<Part> Revealed(DialogueState state, ItemsRevealed e)
    {
        if (!state.IsCurrent(e.Phase))
            return [];
        var face = Faces.Of(state.CurrentPhase!);
        if (e.Items.Count > 10 || !face.ShowsOwnItems)
            return [Board];
        return e
            .Items.Where(item => state.IsShown(item.Id))
            .Select(item => Part.Put(face.Card, $"item-{item.Id}", ListOf(state, item), "Item", item));
    }

    /// <summary>The list on the board in which an item of a phase stands: facts by how certain they are.</summary>
    public static string ListOf(DialogueState state, Item item) =>
        (item.Bucket ?? (state.Phase(item.Phase)?.Kind is PresentActivity ? item.Certainty?.Word() : null)) is { } list
            ? $"board-{item.Phase}-{list}"
            : $"board-{item.Phase}";

    private static Part Hidden(DialogueState state, ItemId id) =>
        state.Items.TryGetValue(id, out var held) && state.IsCurrent(held.Item.Phase) && Faces.Of(state.CurrentPhase!).ShowsOwnItems
            ? Part.Put<HiddenItem>($"item-{id}", ListOf(state, held.Item), "Held", held)
            : Part.Remove($"item-{id}");

    private static Part[] Spotlit(DialogueState state) => state.Spotlight is null ? [] : [Spotlight, Controls];

    private static IEnumerable<Part> Own(RoomView view, SeatId seat, ItemId id) =>
        view.State.Items.TryGetValue(id, out var held) && held.Holder == seat && view.State.IsCurrent(held.Item.Phase)
            ? Faces.Of(view.State.CurrentPhase!).Own(view, id)
            : [];
}

namespace Dialogue;

/// <summary>Where a dialogue is in its life.</summary>
[Flags]
public enum Stage
{
    /// <summary>Nothing is there yet.</summary>
    None = 0,
    Preparing = 1,
    Lobby = 2,
    Running = 4,
    Paused = 8,
    Closed = 16,

    Open = Lobby | Running | Paused,
    Any = Preparing | Open | Closed,
}

namespace Dialogue;

/// <summary>Every limit of a dialogue, in one place. Characters are UTF-16 units, as a browser's <c>maxlength</c> counts them.</summary>
public static class Limits
{
    public const int SeatsPerDialogue = 600;

    /// <summary>Newcomers to one dialogue in one minute; who comes on top of that is asked to try again.</summary>
    public const int NewcomersPerMinute = 500;

    /// <summary>People who wait at a locked door of one dialogue.</summary>
    public const int Waiting = 100;
    public const int EventsPerDialogue = 50_000;
    public const int EventsPerCommand = 50;
    public const int TextLength = 4_000;
    public const int ShortTextLength = 300;
    public const int NameLength = 60;
    public const int WaitingAtGate = 64;
    public const int HubMessageBytes = 16 * 1024;
    public const int CatchUpPage = 500;
    public const int AppendAttempts = 8;
    public const int ItemsPerSeatAndPhase = 50;
    public const int AffectedGroups = 50;

    /// <summary>A date before this year is a typing error.</summary>
    public const int FirstYear = 2000;
    public const int MinutesPerPhase = 480;

    /// <summary>Most facts that are prepared for one dialogue: what a room can take in.</summary>
    public const int FactsPrepared = 30;

    /// <summary>Characters of a prepared fact, and of either side of a card.</summary>
    public const int MaterialLength = 600;

    /// <summary>Fewest and most cards to deal.</summary>
    public const int CardsAtLeast = 2;
    public const int CardsAtMost = 12;

    public const int TicketsPerSeatAndPhase = 10;

    /// <summary>
    /// Fewest seats at the table, guides included, for an anonymous phase to open: all of them may put something in the box.
    /// </summary>
    public const int SeatsForAnonymity = 5;

    /// <summary>Fewest entries before an anonymous box may be opened.</summary>
    public const int EntriesForReveal = 3;

    /// <summary>Fewest answers before a distribution is shown.</summary>
    public const int AnswersForDistribution = 5;

    /// <summary>So long after its last connection was lost a seat still counts as present.</summary>
    public static readonly TimeSpan PresentFor = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
}

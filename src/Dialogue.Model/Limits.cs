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

    /// <summary>Appends of one dialogue that are decided and not yet committed.</summary>
    public const int UnderWayPerDialogue = 512;

    /// <summary>Appends and tasks of all dialogues that wait for the writer of one process.</summary>
    public const int WaitingForWriter = 1_000;

    /// <summary>Commands of one dialogue of which the answer is kept in memory.</summary>
    public const int RecentCommands = 4_096;

    /// <summary>Events that are kept free for guides, and of those for closing rounds and the dialogue.</summary>
    public const int EventsForGuides = 2_000;
    public const int EventsForClosing = 200;

    /// <summary>More events than this are not sent as changes of a page: the page is loaded again.</summary>
    public const int EventsDrawn = 300;

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

    /// <summary>A room that nobody used for so long leaves memory.</summary>
    public static readonly TimeSpan RoomIdle = TimeSpan.FromMinutes(5);

    /// <summary>So long a room stays in memory while its anonymous round is open: it knows who drew tickets.</summary>
    public static readonly TimeSpan TicketsKeptFor = TimeSpan.FromDays(1);

    /// <summary>Whoever gave a command hears "busy" when there is no answer after this time; the command may be done all the
    /// same.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>A question to the database that takes longer counts as not answered.</summary>
    public static readonly TimeSpan DatabaseWithin = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Most events of a dialogue after this command: what participants write leaves room for guides, and guides for the
    /// end.</summary>
    public static int EventsFor(Role role, DialogueCommand command) =>
        EventsPerDialogue
        - (
            command is CloseRound or CloseDialogue ? 0
            : (role & Role.Guides) != 0 ? EventsForClosing
            : EventsForGuides
        );
}

namespace Dialogue;

/// <summary>
/// Why something was not done. A code is a contract: it is never reused and never renamed, and its words live in
/// the resources of the screens. On the wire a code is its name in kebab-case (<c>phase-closed</c>).
/// </summary>
public enum RefusalCode
{
    NotAllowed,
    NoSuchDialogue,
    NotInThisStage,
    AlreadyAdvanced,
    NoSuchPhase,
    PhaseNotOpen,
    RoundClosed,
    RoundStillOpen,
    NoSuchItem,
    NotYours,
    TextMissing,
    TextTooLong,
    ValueOutOfRange,
    UnknownKind,
    UnknownBucket,
    UnknownColumn,
    UnknownValue,
    AlreadyAnswered,
    NothingToWithdraw,
    NoPointsLeft,
    TooManyItems,
    TooFewSeats,
    TooFewEntries,
    DialogueFull,
    LogFull,
    NameMissing,
    IntakeIncomplete,
    ReasonMissing,
    MinorityViewNotAsked,
    DecisionMissing,
    AlreadyDecided,
    NoSuchProposal,
    NoSuchObjection,
    ObjectionOpen,
    NoSuchAgreement,
    OwnerMissing,
    FirstStepMissing,
    DateMissing,
    DateOrder,
    EvidencePlanMissing,
    WhyMissing,
    AlreadyPrepared,
    BoxClosed,
    TicketUnknown,
    SealedPhase,
    NotSealed,
    Busy,
    Malformed,
    TooFast,
    CodeUnknown,
    CodeEnded,
    TemplateInvalid,
    TurnMoved,
    NoSuchTurn,
    TooManyFacts,
    CardsOutOfRange,
    NoCardsHere,
    NoSuchAction,
    StepNotNow,
    OnlyOwner,
    OnlyVerifier,
    OwnerCannotVerify,
    OwnerCannotDrop,
    VerifierMissing,
    EvidenceMissing,
    StatementNotEnough,
    NeedMissing,
    BasisMissing,
    DatePassed,
    SameDate,
    SuccessorMissing,
    AddressInvalid,
    LinkUnknown,
    LinkEnded,
    LogDamaged,
    LastAdministrator,
    NoSuchAccount,
    AlreadyAccount,
    AccountEnded,
    StillHeld,
    HolderMissing,
    NoSuchUnit,
    AlreadyUnit,
    UnitTooDeep,
    UnitInUse,
    UnitMissing,
    NoSuchPartner,
    AlreadyPartner,
    NoSuchOrganisation,
    AlreadyOrganisation,
    ZoneUnknown,
    LanguageUnknown,
    ColourUnreadable,
    PictureNotAllowed,
    PictureTooLarge,
    DaysOutOfRange,
    LastFacilitator,
    Waiting,
    TooManyNewcomers,
    NoSuchNewcomer,
    HandOverUnknown,

    /// <summary>The kind of outcome was not agreed at intake. Facts: <c>kind</c>, <c>status</c>.</summary>
    OutcomeNotAgreed,

    /// <summary>Nobody who holds the mandate decided.</summary>
    MandateNotHeld,

    /// <summary>Not more than half. Facts: <c>for</c>, <c>of</c>.</summary>
    NoMajority,

    /// <summary>Checking a fact needs its source.</summary>
    SourceMissing,

    /// <summary>A date that cannot be read, or lies before the year 2000.</summary>
    DateUnreadable,

    /// <summary>Somebody is erased only after the account has ended.</summary>
    AccountStillActive,
}

/// <summary>The answer to a command. A refusal is a value; an exception is a bug.</summary>
public abstract record Answer
{
    private Answer() { }

    /// <summary>Committed, as everything up to number <paramref name="Through"/> of the dialogue.</summary>
    public sealed record Accepted(int Through) : Answer;

    /// <summary>Not done and nothing stored. <paramref name="Facts"/> fill the words of the refusal (limits, names, numbers).</summary>
    public sealed record Refused(RefusalCode Code, IReadOnlyDictionary<string, string>? Facts = null) : Answer;
}

/// <summary>What a use case outside the hub answers: a value, or the refusal that says why not.</summary>
public readonly record struct Result<T>(T? Value, Answer.Refused? Refusal)
{
    public bool Ok => Refusal is null;

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Answer.Refused refusal) => new(default, refusal);

    public static implicit operator Result<T>(RefusalCode code) => new(default, new Answer.Refused(code));
}

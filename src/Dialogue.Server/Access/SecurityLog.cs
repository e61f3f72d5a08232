namespace Dialogue.Access;

/// <summary>
/// What operators may want to act on, one line each with an event id, in the category <c>Dialogue.Security</c>. A line holds the id of
/// an account, never a name, a mail address, a token or words. The network address stands only in lines about what was refused: there it
/// is what an operator needs to act.
/// </summary>
public sealed partial class SecurityLog(ILoggerFactory loggers)
{
    public const string Category = "Dialogue.Security";
    private readonly ILogger log = loggers.CreateLogger(Category);

    public void SignedIn(Guid account, string method) => WriteSignedIn(log, account, method);

    /// <param name="account">Null when there is no account of that address.</param>
    public void Refused(Guid? account, string source, string reason) => WriteRefused(log, account, source, reason);

    public void Waits(Guid? account, string source, TimeSpan wait) =>
        WriteWaits(log, account, source, (int)Math.Ceiling(wait.TotalSeconds));

    public void SignedOut(Guid account, string scope) => WriteSignedOut(log, account, scope);

    public void SecondFactor(Guid account, string change) => WriteSecondFactor(log, account, change);

    public void PasswordChanged(Guid account, string how) => WritePassword(log, account, how);

    public void AddressChanged(Guid account) => WriteAddress(log, account);

    public void LinkSent(Guid account, AccountLinkPurpose purpose) => WriteLinkSent(log, account, purpose);

    public void LinkUsed(Guid account, AccountLinkPurpose purpose) => WriteLinkUsed(log, account, purpose);

    public void LinkRefused(Guid account, AccountLinkPurpose purpose, AccountLinkState state) =>
        WriteLinkRefused(log, account, purpose, state);

    /// <summary>Rights of an account were changed by another; <paramref name="change"/> is a word of the program, such as a role.</summary>
    public void RightsChanged(Guid account, Guid? by, string change) => WriteRights(log, account, by, change);

    public void SetupCodeWrong(string source, TimeSpan wait) => WriteSetup(log, source, (int)Math.Ceiling(wait.TotalSeconds));

    [LoggerMessage(EventId = 5001, EventName = "signed-in", Level = LogLevel.Information, Message = "Signed in: {Account} by {Method}.")]
    private static partial void WriteSignedIn(ILogger log, Guid account, string method);

    [LoggerMessage(
        EventId = 5002,
        EventName = "sign-in-refused",
        Level = LogLevel.Warning,
        Message = "Sign-in refused: {Account} from {Source}, {Reason}."
    )]
    private static partial void WriteRefused(ILogger log, Guid? account, string source, string reason);

    [LoggerMessage(
        EventId = 5003,
        EventName = "sign-in-must-wait",
        Level = LogLevel.Warning,
        Message = "Sign-in must wait: {Account} from {Source}, {Seconds} seconds."
    )]
    private static partial void WriteWaits(ILogger log, Guid? account, string source, int seconds);

    [LoggerMessage(EventId = 5004, EventName = "signed-out", Level = LogLevel.Information, Message = "Signed out: {Account}, {Scope}.")]
    private static partial void WriteSignedOut(ILogger log, Guid account, string scope);

    [LoggerMessage(
        EventId = 5005,
        EventName = "second-factor",
        Level = LogLevel.Information,
        Message = "Second factor of {Account}: {Change}."
    )]
    private static partial void WriteSecondFactor(ILogger log, Guid account, string change);

    [LoggerMessage(
        EventId = 5006,
        EventName = "password-changed",
        Level = LogLevel.Information,
        Message = "Password of {Account} changed: {How}."
    )]
    private static partial void WritePassword(ILogger log, Guid account, string how);

    [LoggerMessage(EventId = 5007, EventName = "address-changed", Level = LogLevel.Information, Message = "Address of {Account} changed.")]
    private static partial void WriteAddress(ILogger log, Guid account);

    [LoggerMessage(
        EventId = 5010,
        EventName = "account-link-sent",
        Level = LogLevel.Information,
        Message = "Link {Purpose} sent to {Account}."
    )]
    private static partial void WriteLinkSent(ILogger log, Guid account, AccountLinkPurpose purpose);

    [LoggerMessage(
        EventId = 5011,
        EventName = "account-link-used",
        Level = LogLevel.Information,
        Message = "Link {Purpose} of {Account} used."
    )]
    private static partial void WriteLinkUsed(ILogger log, Guid account, AccountLinkPurpose purpose);

    [LoggerMessage(
        EventId = 5012,
        EventName = "account-link-refused",
        Level = LogLevel.Warning,
        Message = "Link {Purpose} of {Account} refused: {State}."
    )]
    private static partial void WriteLinkRefused(ILogger log, Guid account, AccountLinkPurpose purpose, AccountLinkState state);

    [LoggerMessage(
        EventId = 5020,
        EventName = "rights-changed",
        Level = LogLevel.Information,
        Message = "Rights of {Account} changed by {By}: {Change}."
    )]
    private static partial void WriteRights(ILogger log, Guid account, Guid? by, string change);

    [LoggerMessage(
        EventId = 5030,
        EventName = "setup-code-wrong",
        Level = LogLevel.Warning,
        Message = "Wrong set-up code from {Source}; the next try waits {Seconds} seconds."
    )]
    private static partial void WriteSetup(ILogger log, string source, int seconds);
}

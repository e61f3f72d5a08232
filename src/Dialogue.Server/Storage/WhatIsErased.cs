namespace Dialogue.Storage;

/// <summary>
/// What the chosen database can promise about erased text. SQLite keeps one log file that this product empties itself; SQL Server keeps
/// every write, in order, in a transaction log and its backups that no application can erase. Screens that promise anonymity say which it
/// is.
/// </summary>
/// <param name="AlsoFromItsLog">True when what is erased is gone from the log of the database too.</param>
public sealed record WhatIsErased(bool AlsoFromItsLog);

using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Storage;

/// <summary>
/// "The database does not answer now": away, locked, full, too slow. Whoever asked is told <see cref="RefusalCode.Busy"/> and tries again;
/// it is no fault of the program and never an exception for a client.
/// </summary>
public static class Outage
{
    public static bool Is(Exception? exception) =>
        exception switch
        {
            null => false,
            _ when UniqueViolation.Is(exception) => false,
            DbException or TimeoutException or IOutage => true,
            // What Microsoft.Data.SqlClient says when its pool has no connection left.
            InvalidOperationException { Source: "Microsoft.Data.SqlClient" or "Core Microsoft SqlClient Data Provider" } => true,
            DbUpdateConcurrencyException => false,
            _ => Is(exception.InnerException),
        };
}

/// <summary>An exception of ours that means the same.</summary>
public interface IOutage;

using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Dialogue.Storage;

/// <summary>
/// "Somebody was there first": a primary key or unique index refused a row. By number, never by the words of a message.
/// </summary>
public static class UniqueViolation
{
    private const int SqlitePrimaryKey = 1555;
    private const int SqliteUnique = 2067;
    private const int SqlServerConstraint = 2627;
    private const int SqlServerIndex = 2601;

    public static bool Is(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            switch (exception)
            {
                case SqliteException { SqliteExtendedErrorCode: SqlitePrimaryKey or SqliteUnique }:
                case SqlException { Number: SqlServerConstraint or SqlServerIndex }:
                    return true;
            }
        }

        return false;
    }
}

using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Storage;

/// <summary>
/// One statement for both databases that returns the rows it wrote or erased. It is written with a mark where SQL Server has its OUTPUT:
/// <c>/*out Column*/</c> for what was written, <c>/*old Column*/</c> for what was erased; SQLite has its RETURNING at the end.
/// </summary>
public static class ReturningSql
{
    private const int MarkLength = 6;

    public static string For(DialogueDb db, string sql) => For(db.Database.IsSqlServer(), sql);

    public static string For(bool sqlServer, string sql)
    {
        var at = sql.IndexOf("/*o", StringComparison.Ordinal);
        var end = sql.IndexOf("*/", at, StringComparison.Ordinal);
        var (row, column) = (sql[at + 3] == 'u' ? "inserted" : "deleted", sql[(at + MarkLength)..end]);
        return sqlServer
            ? string.Concat(sql.AsSpan(0, at), $" OUTPUT {row}.{column}", sql.AsSpan(end + 2))
            : string.Concat(sql.AsSpan(0, at), sql.AsSpan(end + 2), $" RETURNING {column}");
    }

    /// <summary>A parameter of which the type and the size do not follow from each value: one plan for all lengths of text.</summary>
    public static DbParameter Parameter(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        if (parameter is not SqlParameter typed)
            return parameter;
        (typed.SqlDbType, typed.Size) = name switch
        {
            "@json" => (SqlDbType.NVarChar, -1),
            "@hash" or "@head" => (SqlDbType.Binary, 32),
            "@payload" => (SqlDbType.Binary, 16),
            "@dialogue" or "@command" => (SqlDbType.UniqueIdentifier, 0),
            "@activity" => (SqlDbType.NVarChar, 40),
            _ => (SqlDbType.Int, 0),
        };
        return typed;
    }
}

using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Dialogue;

/// <summary>
/// Always on in the tests: every command waits 2 ms, as it does on a database across a network. SQLite answers before it is awaited, and
/// hides whatever reads a field too early (finding J1). And no command says how many rows it changed, as in a session with NOCOUNT on
/// (finding J2).
/// </summary>
internal sealed class AsynchronousDatabase : DbCommandInterceptor
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(2);

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        await Task.Delay(Wait, TimeProvider.System, cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        await Task.Delay(Wait, TimeProvider.System, cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<object> result,
        CancellationToken cancellationToken = default
    )
    {
        await Task.Delay(Wait, TimeProvider.System, cancellationToken);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    ) => ValueTask.FromResult(-1);
}

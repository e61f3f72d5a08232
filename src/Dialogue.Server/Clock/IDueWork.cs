namespace Dialogue.Clock;

/// <summary>
/// Work that waits in rows until its moment. It must be safe to run on several nodes at once and after any downtime: what is
/// due is <c>At &lt;= now and not yet done</c>, and a conditional update claims it.
/// </summary>
public interface IDueWork
{
    string Name { get; }

    /// <summary>Does what is due now and answers how much that was.</summary>
    Task<int> DoDue(DateTimeOffset now, CancellationToken stop);
}

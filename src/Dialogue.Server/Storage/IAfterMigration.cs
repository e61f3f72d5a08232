namespace Dialogue.Storage;

/// <summary>
/// What a module must do with stored rows at each start, after the tables have the shape of this version and before the first request.
/// Quick when there is nothing to do, and safe to be killed in and repeated.
/// </summary>
public interface IAfterMigration
{
    Task Run(DialogueDb db, CancellationToken stop);
}

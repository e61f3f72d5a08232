namespace Dialogue.Storage;

/// <summary>
/// Whether anything can be saved now: false from the first commit that failed (full disk, database away or read-only) until the next that
/// succeeds. Reading goes on meanwhile; pages and rooms say that texts stay on the device.
/// </summary>
public sealed class SavingState
{
    private volatile bool stopped;

    public bool Possible => !stopped;

    /// <summary>Called when <see cref="Possible"/> changes, on whatever thread noticed.</summary>
    public Action Changed { get; set; } = static () => { };

    public void Succeeded() => Set(false);

    public void Failed() => Set(true);

    private void Set(bool now)
    {
        if (stopped == now)
            return;
        stopped = now;
        Changed();
    }
}

namespace Dialogue.Activities.Break;

/// <summary>A clock and a cup of tea. Changes nothing.</summary>
public sealed class BreakActivity : Activity
{
    public override string Name => "break";
}

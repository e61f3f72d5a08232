namespace Dialogue.Organisations.Units;

/// <summary>What was typed about a unit.</summary>
public sealed class UnitForm
{
    public string? Name { get; set; }

    /// <summary>The id of the unit that it is a team of; empty for the first level.</summary>
    public string? Parent { get; set; }

    public KeepUnit Keep(Guid? id) => new(id, Name, Guid.TryParse(Parent, out var parent) ? parent : null);
}

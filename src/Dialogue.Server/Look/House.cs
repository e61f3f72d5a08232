using Dialogue.Access;

namespace Dialogue.Look;

/// <summary>What an organisation looks like: asked by the frame, answered by the module that keeps it.</summary>
public interface IHouses
{
    /// <summary>Null when there is no such organisation.</summary>
    Task<HouseLook?> Of(Guid organisation, CancellationToken stop);
}

/// <param name="Colours">Address of the style sheet with the house colours; null when the colours of the program are used.</param>
/// <param name="Logo">Address of the logo; null when there is none.</param>
public sealed record HouseLook(string Name, string? Colours, string? Logo);

/// <summary>
/// Of which organisation the page of this request is. That of whoever is signed in, unless a page says otherwise: whoever comes with a code
/// or a personal link sees who holds the dialogue or asks for the agreement. A page says so only after it knows that the visitor may come.
/// </summary>
public sealed class House(IHouses houses, ICurrentStaff current)
{
    private Guid? shown;

    /// <summary>Raised when a page said whose it is: the frame around it was drawn earlier.</summary>
    public event EventHandler? Changed;

    public HouseLook? Look { get; private set; }

    public async Task Read(CancellationToken stop)
    {
        // The page may have said whose it is meanwhile.
        if (shown is null && await current.Get(stop) is { } staff && shown is null)
            await Show(staff.OrganisationId, stop);
    }

    public async Task Show(Guid organisation, CancellationToken stop)
    {
        if (shown == organisation)
            return;
        shown = organisation;
        var look = await houses.Of(organisation, stop);
        if (shown != organisation)
            return;
        Look = look;
        Changed?.Invoke(this, EventArgs.Empty);
    }
}

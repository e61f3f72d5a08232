using Microsoft.AspNetCore.Components;

namespace Dialogue.Look;

/// <summary>
/// The base of every page and part: it draws once, after everything it loads is there. The framework's own base draws a first time while
/// <see cref="ComponentBase.OnInitializedAsync"/> still waits for the database, so that markup reads fields that are not filled yet. SQLite
/// answers without waiting and hides that; a database across a network does not.
/// </summary>
public abstract class LoadedComponent : ComponentBase
{
    private bool initialized;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!initialized)
        {
            initialized = true;
            OnInitialized();
            await OnInitializedAsync();
        }
        OnParametersSet();
        await OnParametersSetAsync();
        StateHasChanged();
    }
}

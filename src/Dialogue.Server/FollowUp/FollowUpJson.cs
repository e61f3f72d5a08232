using System.Text.Json;
using Dialogue.Wire;

namespace Dialogue.FollowUp;

/// <summary>Steps as they come in: one that misses something is malformed, not null.</summary>
public static class FollowUpJson
{
    public static async Task<Result<ActionStep>> ReadStep(HttpRequest request, CancellationToken stop)
    {
        try
        {
            return await request.ReadFromJsonAsync<ActionStep>(ModelJson.Strict, stop) is { } step ? step : RefusalCode.Malformed;
        }
        catch (Exception problem) when (problem is JsonException or NotSupportedException or InvalidOperationException)
        {
            return RefusalCode.Malformed;
        }
    }
}

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
            return await request.ReadFromJsonAsync<ActionStep>(ModelJson.Lenient, stop) is { } step ? step : RefusalCode.Malformed;
        }
        catch (Exception problem) when (problem is JsonException or NotSupportedException or InvalidOperationException)
        {
            return RefusalCode.Malformed;
        }
    }
}

/// <summary>A step by its name on the wire: <c>change-due-date</c>.</summary>
public static class StepNames
{
    private static readonly Dictionary<ActionStepKind, string> Names =
        Enum.GetValues<ActionStepKind>().ToDictionary(kind => kind, kind => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()));

    public static string Of(ActionStepKind kind) => Names[kind];
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dialogue.Clock;

/// <summary>When each kind of due work last ran well on this node. Reminders that stop silently are the worst fault of a clock.</summary>
public sealed class ClockHealth(TimeProvider time, ClockSettings settings) : IHealthCheck
{
    private readonly DateTimeOffset started = time.GetUtcNow();
    private readonly ConcurrentDictionary<string, DateTimeOffset?> lastSuccess = new();

    public void Succeeded(string work, DateTimeOffset at) => lastSuccess[work] = at;

    public void Failed(string work, DateTimeOffset at) => lastSuccess.TryAdd(work, null);

    public IReadOnlyDictionary<string, DateTimeOffset?> LastSuccess => lastSuccess;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var unwell = lastSuccess
            .Where(work => now - (work.Value ?? started) > settings.UnwellAfter)
            .Select(work => work.Key)
            .Order(StringComparer.Ordinal)
            .ToList();
        return Task.FromResult(
            unwell.Count == 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded($"Not run well for {settings.UnwellAfter}: {string.Join(", ", unwell)}")
        );
    }
}

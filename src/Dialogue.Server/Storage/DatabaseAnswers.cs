using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dialogue.Storage;

/// <summary>Ready means that the database answers a question within two seconds.</summary>
internal sealed class DatabaseAnswers(IDbContextFactory<DialogueDb> databases, TimeProvider time) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await using var db = await databases.CreateDbContextAsync(stop.Token);
            return await db.Database.CanConnectAsync(stop.Token) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
        }
        catch (OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy();
        }
    }
}

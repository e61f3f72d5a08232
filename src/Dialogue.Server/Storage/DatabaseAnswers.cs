using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dialogue.Storage;

/// <summary>A row that is written to see whether writing works; it means nothing.</summary>
public sealed class ProbeRow : IEntityTypeConfiguration<ProbeRow>
{
    public int Id { get; set; }
    public DateTimeOffset At { get; set; }

    public void Configure(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<ProbeRow> row)
    {
        row.ToTable("Probes");
        row.HasKey(probe => probe.Id);
        row.Property(probe => probe.Id).ValueGeneratedNever();
    }
}

/// <summary>
/// Ready means that something can be written within two seconds: a full disk and a read-only file are not ready. Whoever asks while that is
/// being tried gets the same answer: anybody may ask, and asking often must not become writing often.
/// </summary>
internal sealed class DatabaseAnswers(IDbContextFactory<DialogueDb> databases, SavingState saving, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1.8);
    private readonly Lock one = new();
    private Task<HealthCheckResult>? running;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (one)
        {
            if (running is not { IsCompleted: false })
                running = Look();
            return running.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthCheckResult> Look()
    {
        try
        {
            // On a thread of its own: some drivers wait for a lock without letting go of theirs.
            await Task.Run(Write).WaitAsync(Limit);
            saving.Succeeded();
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (Outage.Is(e) || e is OperationCanceledException)
        {
            saving.Failed();
            return HealthCheckResult.Unhealthy();
        }
    }

    private async Task Write()
    {
        var stop = CancellationToken.None;
        await using var db = await databases.CreateDbContextAsync(stop);
        await db.Database.OpenConnectionAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Set<ProbeRow>().ExecuteDeleteAsync(stop);
        db.Add(new ProbeRow { Id = 1, At = time.GetUtcNow() });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }
}

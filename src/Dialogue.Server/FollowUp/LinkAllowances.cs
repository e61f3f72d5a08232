using System.Threading.RateLimiting;

namespace Dialogue.FollowUp;

/// <summary>
/// How often the holder of one personal link may take a step: twenty at once, then two a minute. Nobody who follows up an action needs
/// more, and a link that was passed on cannot fill a journal.
/// </summary>
public sealed class LinkAllowances : IDisposable
{
    public const int AtOnce = 20;
    public const int PerMinute = 2;

    private readonly PartitionedRateLimiter<string> links = PartitionedRateLimiter.Create<string, string>(token =>
        RateLimitPartition.GetTokenBucketLimiter(
            ActionLinks.Hash(token),
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = AtOnce,
                TokensPerPeriod = PerMinute,
                ReplenishmentPeriod = TimeSpan.FromMinutes(1),
                QueueLimit = 0,
            }
        )
    );

    public bool Take(string token)
    {
        using var lease = links.AttemptAcquire(token);
        return lease.IsAcquired;
    }

    public void Dispose() => links.Dispose();
}

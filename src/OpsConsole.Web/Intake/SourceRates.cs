using System.Threading.RateLimiting;
using OpsConsole.Sources;

namespace OpsConsole.Web.Intake;

/// <summary>How many requests a second this node takes of each source that has a limit: to intake and to the API alike.</summary>
internal sealed class SourceRates : IDisposable
{
    private readonly PartitionedRateLimiter<Sender> _rates = PartitionedRateLimiter.Create<Sender, (Guid, int?)>(sender => sender.RequestsPerSecond is { } pace
        ? RateLimitPartition.GetTokenBucketLimiter(((Guid, int?))(sender.SourceId, pace), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = pace, TokensPerPeriod = pace, ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        })
        : RateLimitPartition.GetNoLimiter<(Guid, int?)>((Guid.Empty, null)));

    /// <summary>True while it keeps to its pace; each true counts as one request.</summary>
    public bool Take(Sender sender)
    {
        using var lease = _rates.AttemptAcquire(sender);
        return lease.IsAcquired;
    }

    public void Dispose() => _rates.Dispose();
}

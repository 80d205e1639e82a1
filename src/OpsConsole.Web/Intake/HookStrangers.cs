using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Intake;

/// <summary>
/// Web-hooks that were not believed, by the address that they came from: whoever sends many is told to come again before their bodies are read.
/// What is believed counts for its source only, so that nobody uses up a source's pace by forging.
/// </summary>
internal sealed class HookStrangers(IOptions<LimitOptions> limits) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _tries = PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetTokenBucketLimiter(
        address, _ => new TokenBucketRateLimiterOptions { TokenLimit = limits.Value.Burst, TokensPerPeriod = limits.Value.RequestsPerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1) }));

    /// <summary>This address sent too many that were not believed.</summary>
    public bool Tires(IPAddress? address) => _tries.GetStatistics($"{address}") is { CurrentAvailablePermits: 0 };

    /// <summary>One more of it was not believed.</summary>
    public void Note(IPAddress? address) => _tries.AttemptAcquire($"{address}").Dispose();

    public void Dispose() => _tries.Dispose();
}

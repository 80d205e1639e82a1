using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Evidence;

public static class EvidenceSetup
{
    /// <summary>Evidence packs: one file per exception or close that is verified without the console.</summary>
    public static IServiceCollection AddEvidence(this IServiceCollection services) => services.AddScoped<PackMaker>();
}

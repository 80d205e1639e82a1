using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Contracts;

public static class ContractsSetup
{
    /// <summary>What payloads must be.</summary>
    public static IServiceCollection AddContracts(this IServiceCollection services) => services.AddSingleton<ContractShelf>().AddSingleton<FieldSeal>();
}

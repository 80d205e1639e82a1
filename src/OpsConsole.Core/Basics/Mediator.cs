using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Basics;

/// <summary>
/// Registers MediatR 5.1 with the built-in container. Later versions bring their own registration but need MediatR.Contracts, which is
/// not on every mirror; with them this file becomes one call of AddMediatR.
/// </summary>
public static class Mediator
{
    /// <param name="services">The container.</param>
    /// <param name="handlers">The assembly whose request handlers are registered, one per request.</param>
    /// <param name="behaviors">Open generic steps around every request, outermost first.</param>
    /// <exception cref="InvalidOperationException">Two handlers answer the same request.</exception>
    public static IServiceCollection AddMediator(this IServiceCollection services, Assembly handlers, params Type[] behaviors)
    {
        services.AddTransient<ServiceFactory>(provider => provider.GetService!);
        services.AddTransient<IMediator, MediatR.Mediator>();
        foreach (var (contract, handler) in
            from type in handlers.DefinedTypes
            where type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
            from contract in type.GetInterfaces()
            where contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)
            select (contract, type))
        {
            if (services.FirstOrDefault(known => known.ServiceType == contract) is { } other)
            {
                throw new InvalidOperationException($"{contract} has two handlers: {other.ImplementationType} and {handler}.");
            }

            services.AddTransient(contract, handler);
        }

        foreach (var behavior in behaviors)
        {
            services.AddTransient(typeof(IPipelineBehavior<,>), behavior);
        }

        return services;
    }
}

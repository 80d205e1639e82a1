using MediatR;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Access;
using OpsConsole.Basics;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Tests.Samples;

/// <summary>Answers what a circuit asks, as a test says. Ines is signed in.</summary>
internal abstract class Desk : IMediator
{
    public static readonly Actor Ines = new("0196e3a1-0000-7000-8000-00000000000a", "Ines Moreau", ActorKind.Person, Roles.Rights([Role.Steward]), Scope.All);

    public async Task<TResponse> Send<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken = default) =>
        (TResponse)(request is FindActor ? Outcome.Of(Ines) : await Answer(request));

    public Task Publish(object notification, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task Publish<TNotification>(TNotification notification, CancellationToken cancellationToken = default)
        where TNotification : INotification => throw new NotSupportedException();

    protected abstract Task<object> Answer(object request);
}

/// <summary>A circuit in which Ines is signed in.</summary>
internal static class Circuit
{
    public static IServiceCollection AddCircuit(this IServiceCollection services, Desk desk) =>
        services.AddScoped<CurrentActor>().AddScoped<CircuitSender>().AddSingleton<AuthenticationStateProvider, SignedIn>().AddSingleton<IMediator>(desk);

    private sealed class SignedIn : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(ActorClaims.Of(Guid.NewGuid(), Guid.Parse(Desk.Ines.Id), "test")));
    }
}

using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace OpsConsole.Simulator.Wire;

/// <summary>Where the four services can be called: known once the server listens, because the port may be the system's choice.</summary>
internal sealed class OwnAddress(IServer server)
{
    private Uri? _found;

    public Uri Url => _found ??= new Uri(
        server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?
            .Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://[::]", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://+", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://*", "://127.0.0.1", StringComparison.Ordinal)
        ?? throw new InvalidOperationException("The simulator does not listen yet."));
}

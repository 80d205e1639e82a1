using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using OpsConsole.Live;
using OpsConsole.Sources;
using OpsConsole.Web.Intake;

namespace OpsConsole.Web.Shell;

/// <summary>
/// <c>/hubs/worklist</c>: after <c>Watch({queue, unit, state})</c> the server sends <c>changed({topic, version})</c>, at most once a second and
/// only for what happened within the caller's scope, which is read anew each time. News carries no data: the client asks again.
/// </summary>
[Authorize(nameof(Right.ReadCases))]
internal sealed class OpsHub(NewsBoard board, IHubContext<OpsHub> hub, LiveKeys keys, IServiceScopeFactory scopes) : Hub
{
    private const string Listening = "listening";
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(1);

    /// <summary>Listens from now on; a second call replaces the first.</summary>
    public async Task Watch(WatchBody? what)
    {
        var wanted = what ?? new WatchBody(null, null, null);
        var caller = Caller.Of(Context);
        if (await Look(caller) is null)
        {
            throw new HubException("You may no longer see exceptions.");
        }

        Stop();
        var connection = Context.ConnectionId;
        Context.Items[Listening] = board.Listen(wanted.Concerns, s_calm, news => Tell(connection, caller, news));
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        Stop();
        return base.OnDisconnectedAsync(exception);
    }

    private void Stop() => (Context.Items.TryGetValue(Listening, out var listening) ? listening as IDisposable : null)?.Dispose();

    private async Task Tell(string connection, Caller caller, IReadOnlyList<News> news)
    {
        if (await Look(caller) is not { } actor)
        {
            return;
        }

        var mine = news.Where(piece => piece.Unit is null || actor.Scope.Covers(piece.Unit)).ToList();
        if (mine.Count > 0)
        {
            await hub.Clients.Client(connection).SendAsync("changed", new Changed(LiveTopic.Cases, mine.Max(piece => piece.Version)));
        }
    }

    private async Task<Actor?> Look(Caller caller)
    {
        if (caller.Key is { } key)
        {
            return caller.Program is { } program && program.Can(Right.ReadCases) && await keys.Find(key, CancellationToken.None) is not null ? program : null;
        }

        await using var scope = scopes.CreateAsyncScope();
        var found = await ActorLookup.Find(caller.Session, scope.ServiceProvider.GetRequiredService<IMediator>());
        return found.Value is { } actor && actor.Can(Right.ReadCases) ? actor : null;
    }

    /// <summary>Who connected: a person by their session, or a program by its key. Both are looked at anew each time, a revoked key hears no more.</summary>
    private sealed record Caller(ClaimsPrincipal Session, string? Key, Actor? Program)
    {
        public static Caller Of(HubCallerContext context)
        {
            var http = context.GetHttpContext();
            return new Caller(context.User!, http is null ? null : ApiKeys.Key(http.Request), http?.FindActor());
        }
    }

    /// <param name="Queue">Only exceptions of this queue.</param>
    /// <param name="Unit">Only what happened in this unit.</param>
    /// <param name="State">Taken for the list that the client shows; any step of an exception may move it into or out of a state.</param>
    internal sealed record WatchBody(string? Queue, string? Unit, string? State)
    {
        public bool Concerns(News news) =>
            news.Topic is LiveTopic.Cases && (Unit is null || news.Unit is null || news.Unit == Unit) && (Queue is null || news.Queue is null || news.Queue == Queue);
    }

    internal sealed record Changed(string Topic, long Version);
}

internal static class HubSetup
{
    public static IServiceCollection AddHub(this IServiceCollection services)
    {
        services.AddSignalR();
        return services;
    }

    public static void MapHub(this IEndpointRouteBuilder app) => app.MapHub<OpsHub>("/hubs/worklist");
}

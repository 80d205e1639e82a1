using System.Collections.Concurrent;
using OpsConsole.Cases;

namespace OpsConsole.Web.Shell;

/// <summary>
/// The counts beside the navigation, the same for everybody who sees the same units: read at most once in <see cref="Fresh"/>, however many
/// people look, so that two hundred open windows cost one query.
/// </summary>
public sealed class DeskFigures(IServiceScopeFactory scopes, TimeProvider clock)
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Task<DeskCounts?> Counts)> _read = new(StringComparer.Ordinal);

    /// <summary>Nothing for who may not read exceptions.</summary>
    public async Task<DeskCounts?> Look(Actor actor)
    {
        if (!actor.Can(Right.ReadCases))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var (_, counts) = _read.AddOrUpdate(actor.Scope.Key, _ => (now, Read(actor)), (_, known) => now - known.At < Fresh ? known : (now, Read(actor)));
        return await counts;
    }

    private async Task<DeskCounts?> Read(Actor actor)
    {
        await Task.Yield();
        await using var scope = scopes.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CountDesk(actor))).Value;
    }
}

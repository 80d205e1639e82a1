using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Storage;

namespace OpsConsole.Live;

/// <summary>A request that a page makes because it heard news, as many other pages do at the same moment.</summary>
public interface IFollowing
{
    /// <summary><see cref="LiveFeed.Round"/> when it was heard; nothing: asked for another reason, and always read anew.</summary>
    long? Heard { get; }
}

/// <summary>What a read works with: the database, and other rooms' requests.</summary>
public sealed record Reach(OpsDb Db, IMediator Mediator);

/// <summary>
/// One claim of one exception makes two hundred worklists ask again: what they ask alike is read once. An answer is shared by those who ask
/// under the same key, only when its read was begun after the news that made them ask, and for a second at most. Whoever makes the key puts
/// into it all that the answer depends on, the scope before anything else; rights were checked before anybody comes here.
/// </summary>
public sealed class SharedReads(IServiceScopeFactory scopes, NewsBoard board, TimeProvider clock)
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Begun> _begun = new(StringComparer.Ordinal);

    /// <param name="heard">As in <see cref="IFollowing"/>.</param>
    /// <param name="key">All that the answer depends on.</param>
    /// <param name="own">What the caller reads with, when it does not share.</param>
    /// <param name="read">Must not keep to the caller: it may serve others longer than the caller waits.</param>
    public Task<T> Read<T>(long? heard, string key, Reach own, Func<Reach, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        if (heard is not { } round)
        {
            return read(own, cancellationToken);
        }

        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (!_begun.TryGetValue(key, out var known) || !known.Serves(round, now) || known.Answer is not Task<T> answer)
            {
                Forget(now);

                // Before it begins: what is announced from here on may not be in it.
                var begunAt = board.Round;
                answer = Begin(own.Db.Rows, read);
                _begun[key] = new Begun(begunAt, now, answer);
            }

            return answer.WaitAsync(cancellationToken);
        }
    }

    private Task<T> Begin<T>(Scope? rows, Func<Reach, CancellationToken, Task<T>> read) => Task.Run(async () =>
    {
        await using var scope = scopes.CreateAsyncScope();
        var reach = scope.ServiceProvider.GetRequiredService<Reach>();
        reach.Db.Rows = rows;
        return await read(reach, CancellationToken.None);
    });

    private void Forget(DateTimeOffset now)
    {
        foreach (var key in _begun.Where(one => now - one.Value.At >= Fresh).Select(one => one.Key).ToList())
        {
            _begun.Remove(key);
        }
    }

    private sealed record Begun(long Round, DateTimeOffset At, Task Answer)
    {
        public bool Serves(long round, DateTimeOffset now) => Round >= round && now - At < Fresh && !Answer.IsFaulted;
    }
}

namespace OpsConsole.Live;

/// <summary>
/// The news as one reader hears it: all of the node's, held back while the reader has paused it. One for each circuit. Every listener of a page
/// goes through it, so that one button stops all movement on the screen.
/// </summary>
public sealed class LiveFeed(NewsBoard board, TimeProvider clock)
{
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(5);

    // News says where to look, and beyond so much of it "look everywhere" says as much.
    private const int MostOwed = 500;
    private readonly Lock _gate = new();
    private readonly Dictionary<Func<IReadOnlyList<News>, Task>, List<News>> _owed = [];

    /// <summary>Since when (UTC) the reader wants to hear nothing; nothing: live.</summary>
    public DateTimeOffset? PausedAt { get; private set; }

    /// <summary>Since when (UTC) news may be missing, because it could not be read for five seconds; nothing: it is complete. What is on screen may be old.</summary>
    public DateTimeOffset? LateSince => board.CompleteAt is var at && clock.GetUtcNow() - at > s_late ? at : null;

    /// <inheritdoc cref="NewsBoard.Round"/>
    public long Round => board.Round;

    /// <summary>How old the news on screen can be at most.</summary>
    public TimeSpan Behind => clock.GetUtcNow() - board.CompleteAt;

    /// <summary>How many listeners have something to hear once it goes on.</summary>
    public int Owed
    {
        get
        {
            lock (_gate)
            {
                return _owed.Count;
            }
        }
    }

    /// <inheritdoc cref="NewsBoard.Listen"/>
    public IDisposable Listen(Func<News, bool> wants, TimeSpan calm, Func<IReadOnlyList<News>, Task> hear)
    {
        var listening = board.Listen(wants, calm, news => IsHeldBack(hear, news) ? Task.CompletedTask : hear(news));
        return new Ending(() =>
        {
            listening.Dispose();
            lock (_gate)
            {
                _owed.Remove(hear);
            }
        });
    }

    /// <summary>From now on news gathers unheard.</summary>
    public void Pause()
    {
        lock (_gate)
        {
            PausedAt ??= clock.GetUtcNow();
        }
    }

    /// <summary>Tells every listener what gathered meanwhile, and goes on.</summary>
    public async Task Resume()
    {
        List<(Func<IReadOnlyList<News>, Task> Hear, List<News> News)> owed;
        lock (_gate)
        {
            PausedAt = null;
            owed = [.. _owed.Select(one => (one.Key, one.Value))];
            _owed.Clear();
        }

        foreach (var (hear, news) in owed)
        {
            await hear(news);
        }
    }

    private bool IsHeldBack(Func<IReadOnlyList<News>, Task> hear, IReadOnlyList<News> news)
    {
        lock (_gate)
        {
            if (PausedAt is null)
            {
                return false;
            }

            if (!_owed.TryGetValue(hear, out var gathered))
            {
                _owed[hear] = gathered = [];
            }

            gathered.AddRange(news);
            if (gathered.Count > MostOwed)
            {
                _owed[hear] = [.. gathered.Select(one => one.Topic).Distinct().Select(topic => new News(topic, gathered.Max(one => one.Version), null, null, null))];
            }

            return true;
        }
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

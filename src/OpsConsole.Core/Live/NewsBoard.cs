using System.Collections.Concurrent;

namespace OpsConsole.Live;

/// <summary>What can change.</summary>
public static class LiveTopic
{
    /// <summary>Exceptions: new ones, moves, claims.</summary>
    public const string Cases = "cases";

    /// <summary>Objects and transactions.</summary>
    public const string Facts = "facts";

    public const string Traces = "traces";

    /// <summary>Counts, volumes, quarantine.</summary>
    public const string Intake = "intake";

    /// <summary>Somebody came to an exception's page, left it or began to type there; the subject is the exception.</summary>
    public const string Presence = "presence";

    /// <summary>Something for one person; the subject is the person.</summary>
    public const string Notices = "notices";

    /// <summary>Bulks of replays and how far they are; the subject is the bulk.</summary>
    public const string Bulks = "bulks";

    /// <summary>Rules, flows, targets, rates, people.</summary>
    public const string Settings = "settings";

    /// <summary>Every one of them.</summary>
    public static readonly IReadOnlyList<string> All = [Cases, Facts, Traces, Intake, Presence, Notices, Settings];
}

/// <summary>"Something changed", never what: the listener asks again with its own filter and rights.</summary>
/// <param name="Topic">A <see cref="LiveTopic"/>.</param>
/// <param name="Version">Grows with every change of the topic.</param>
/// <param name="Unit">Where; nothing: it may concern anybody.</param>
/// <param name="Queue">Of an exception.</param>
/// <param name="Subject">The one thing that changed, where it is one.</param>
public sealed record News(string Topic, long Version, string? Unit, string? Queue, Guid? Subject);

/// <summary>Carries news to the listeners of this node. Each is woken at most once per its own interval, not before it has done with the call before, and told everything that gathered meanwhile.</summary>
public sealed class NewsBoard(TimeProvider clock)
{
    // After a listener could not read what changed: the database is away, or slow.
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<Listener, byte> _listeners = new();
    private long _completeAt = clock.GetUtcNow().UtcTicks;
    private long _round;

    /// <summary>The moment (UTC) up to which all news of all nodes was read. In good order it is less than a second ago.</summary>
    public DateTimeOffset CompleteAt => new(Interlocked.Read(ref _completeAt), TimeSpan.Zero);

    /// <summary>How often news was announced. A read that begins when it has this number sees all that was announced until then.</summary>
    public long Round => Interlocked.Read(ref _round);

    /// <summary>Called by the pump after each look, also when there was nothing new.</summary>
    internal void Looked(DateTimeOffset at) => Interlocked.Exchange(ref _completeAt, at.UtcTicks);

    /// <summary>Called by the pump for what any node committed.</summary>
    public void Announce(IReadOnlyList<News> news)
    {
        Interlocked.Increment(ref _round);
        foreach (var listener in _listeners.Keys)
        {
            listener.Hear(news);
        }
    }

    /// <param name="wants">What concerns this listener; filters by topic, unit and scope.</param>
    /// <param name="calm">The shortest time between two calls of <paramref name="hear"/>.</param>
    /// <param name="hear">Called with what gathered. A failure is the listener's own and does not disturb others; it is told the same again.</param>
    /// <returns>Ends the listening when disposed.</returns>
    public IDisposable Listen(Func<News, bool> wants, TimeSpan calm, Func<IReadOnlyList<News>, Task> hear)
    {
        var listener = new Listener(this, wants, calm, hear);
        _listeners[listener] = 0;
        return listener;
    }

    private sealed class Listener(NewsBoard board, Func<News, bool> wants, TimeSpan calm, Func<IReadOnlyList<News>, Task> hear) : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly List<News> _gathered = [];
        private DateTimeOffset _lastCall = DateTimeOffset.MinValue;
        private ITimer? _timer;
        private bool _telling;
        private bool _ended;

        public void Hear(IReadOnlyList<News> news)
        {
            lock (_gate)
            {
                _gathered.AddRange(news.Where(wants));
                Plan(_lastCall + calm - board.Now);
            }
        }

        public void Dispose()
        {
            board._listeners.TryRemove(this, out _);
            lock (_gate)
            {
                _ended = true;
                _timer?.Dispose();
            }
        }

        private void Call()
        {
            List<News> told;
            lock (_gate)
            {
                _timer?.Dispose();
                _timer = null;
                if (_ended)
                {
                    return;
                }

                told = [.. _gathered];
                _gathered.Clear();
                _lastCall = board.Now;
                _telling = true;
            }

            _ = Tell(told);
        }

        // One call at a time: where reading takes long, news gathers instead of being read twice at once.
        private void Plan(TimeSpan wait)
        {
            if (_gathered.Count > 0 && _timer is null && !_telling && !_ended)
            {
                _timer = board.After(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Call);
            }
        }

        // A listener whose circuit has just gone fails here; the pump and the others must not notice. One that could not read is told again,
        // for nothing else may ever change there. EF Core says "invalid operation" when the database was away for a moment.
        private async Task Tell(IReadOnlyList<News> told)
        {
            IReadOnlyList<News> owed = [];
            try
            {
                await hear(told);
            }
            catch (Exception failure) when (failure is ObjectDisposedException or OperationCanceledException)
            {
                Dispose();
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                owed = told;
            }

            lock (_gate)
            {
                _telling = false;
                _gathered.InsertRange(0, owed);
                Plan(owed.Count > 0 ? s_again : _lastCall + calm - board.Now);
            }
        }
    }

    private DateTimeOffset Now => clock.GetUtcNow();

    private ITimer After(TimeSpan wait, Action call) => clock.CreateTimer(_ => call(), null, wait, Timeout.InfiniteTimeSpan);
}

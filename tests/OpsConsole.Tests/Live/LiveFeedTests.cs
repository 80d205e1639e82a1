using OpsConsole.Live;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Live;

public sealed class LiveFeedTests
{
    private readonly TestClock _clock = new();
    private readonly NewsBoard _board = new(TimeProvider.System);
    private readonly List<long> _heard = [];

    [Fact]
    public async Task Paused_news_is_told_when_it_goes_on()
    {
        var feed = new LiveFeed(_board, _clock);
        using var listening = feed.Listen(_ => true, TimeSpan.Zero, Hear);

        feed.Pause();
        Announce(1);
        await Until(() => feed.Owed == 1);
        Assert.Empty(_heard);
        Assert.Equal(_clock.Now, feed.PausedAt);

        await feed.Resume();
        Assert.Equal([1], _heard);
        Assert.Null(feed.PausedAt);
    }

    [Fact]
    public async Task One_reader_pauses_and_the_other_does_not()
    {
        var other = new LiveFeed(_board, _clock);
        using var listening = other.Listen(_ => true, TimeSpan.Zero, Hear);

        new LiveFeed(_board, _clock).Pause();
        Announce(1);

        await Until(() => _heard.Count == 1);
    }

    [Fact]
    public async Task What_could_not_be_read_is_told_again()
    {
        var failures = 1;
        using var listening = _board.Listen(_ => true, TimeSpan.Zero, news => failures-- > 0 ? Task.FromException(new TimeoutException()) : Hear(news));

        Announce(7);

        await Until(() => _heard.Count == 1);
        Assert.Equal([7], _heard);
    }

    [Fact]
    public async Task A_listener_that_the_database_left_alone_for_a_moment_goes_on_listening()
    {
        // So EF Core says that a connection broke.
        var failures = 1;
        using var listening = _board.Listen(_ => true, TimeSpan.Zero, news => failures-- > 0 ? Task.FromException(new InvalidOperationException()) : Hear(news));

        Announce(7);

        await Until(() => _heard.Count == 1);
    }

    [Fact]
    public async Task Nobody_is_called_again_before_they_have_done_with_the_call_before()
    {
        var (calls, reading) = (0, new TaskCompletionSource());
        using var slow = _board.Listen(_ => true, TimeSpan.Zero, async news =>
        {
            Interlocked.Increment(ref calls);
            await reading.Task;
            await Hear(news);
        });
        var others = 0;
        using var quick = _board.Listen(_ => true, TimeSpan.Zero, news => Task.FromResult(Interlocked.Add(ref others, news.Count)));

        Announce(1);
        await Until(() => calls == 1);
        Announce(2);
        Announce(3);
        await Until(() => others == 3);
        Assert.Equal(1, calls);

        reading.SetResult();
        await Until(() => _heard.Count == 3);
        Assert.Equal([1, 2, 3], _heard);
        Assert.Equal(2, calls);
    }

    [Fact]
    public void It_is_late_when_news_could_not_be_read_for_five_seconds()
    {
        var board = new NewsBoard(_clock);
        var feed = new LiveFeed(board, _clock);
        var since = _clock.Now;
        Assert.Null(feed.LateSince);

        _clock.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal(since, feed.LateSince);

        board.Looked(_clock.Now);
        Assert.Null(feed.LateSince);
    }

    private Task Hear(IReadOnlyList<News> news)
    {
        lock (_heard)
        {
            _heard.AddRange(news.Select(one => one.Version));
        }

        return Task.CompletedTask;
    }

    private void Announce(long version) => _board.Announce([new News(LiveTopic.Cases, version, null, null, null)]);

    private static async Task Until(Func<bool> holds)
    {
        for (var i = 0; i < 600 && !holds(); i++)
        {
            await Task.Delay(50);
        }

        Assert.True(holds());
    }
}

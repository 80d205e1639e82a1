using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Live;
using OpsConsole.Postgres;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Live;

public sealed class SharedReadsTests : IDisposable
{
    // It is never asked.
    private static readonly Reach s_own = new(PostgresSetup.CreatePostgres("Host=nowhere"), null!);
    private readonly TestClock _clock = new();
    private readonly NewsBoard _board;
    private readonly ServiceProvider _services = new ServiceCollection().AddScoped(_ => s_own).BuildServiceProvider();
    private readonly SharedReads _reads;
    private int _begun;

    public SharedReadsTests()
    {
        _board = new NewsBoard(_clock);
        _reads = new SharedReads(_services.GetRequiredService<IServiceScopeFactory>(), _board, _clock);
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task What_was_begun_after_the_news_serves_all_who_heard_it_and_nobody_who_heard_more()
    {
        Assert.Equal(1, await Ask(_board.Round));
        Assert.Equal(1, await Ask(_board.Round));

        _board.Announce([new News(LiveTopic.Cases, 1, null, null, null)]);
        Assert.Equal(2, await Ask(_board.Round));

        // Who heard less is served by what was begun later.
        Assert.Equal(2, await Ask(_board.Round - 1));
    }

    [Fact]
    public async Task It_serves_nobody_who_asks_something_else_or_for_another_reason_or_a_second_later()
    {
        Assert.Equal(1, await Ask(0));
        Assert.Equal(2, await Ask(0, "another scope"));
        Assert.Equal(3, await Ask(null));
        Assert.Equal(1, await Ask(0));

        _clock.Pass(SharedReads.Fresh);
        Assert.Equal(4, await Ask(0));
    }

    [Fact]
    public async Task A_read_that_failed_is_not_shared()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => _reads.Read<int>(0, "key", s_own, (_, _) => throw new TimeoutException(), default));

        Assert.Equal(1, await Ask(0));
    }

    [Fact]
    public async Task One_who_leaves_takes_the_answer_from_nobody()
    {
        var answer = new TaskCompletionSource<int>();
        using var leaving = new CancellationTokenSource();
        var first = _reads.Read(0, "key", s_own, (_, _) => answer.Task, leaving.Token);
        var second = _reads.Read(0, "key", s_own, (_, _) => answer.Task, default);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        answer.SetResult(7);

        Assert.Equal(7, await second);
    }

    private Task<int> Ask(long? heard, string key = "key") => _reads.Read(heard, key, s_own, (_, _) => Task.FromResult(Interlocked.Increment(ref _begun)), default);
}

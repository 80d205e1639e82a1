using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Live;
using OpsConsole.Storage;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Live;

public abstract class ChangePumpTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task A_change_that_commits_after_a_later_number_is_still_told()
    {
        await using var database = await TBrand.Start();
        var clock = new TestClock();
        var board = new NewsBoard(TimeProvider.System);
        var heard = new List<News>();
        using var listening = board.Listen(_ => true, TimeSpan.Zero, news =>
        {
            lock (heard)
            {
                heard.AddRange(news);
            }

            return Task.CompletedTask;
        });
        using var pump = new ChangePump(database, board, new WorkSignals(), clock, NullLogger<ChangePump>.Instance);
        await pump.Pump(default);
        await using var slow = database.CreateDbContext();
        await using var open = await slow.Database.BeginTransactionAsync();
        await Change(slow, "slow", clock.Now);

        await using (var quick = database.CreateDbContext())
        {
            await Change(quick, "quick", clock.Now);
        }

        await pump.Pump(default);
        await open.CommitAsync();
        await pump.Pump(default);
        await pump.Pump(default);

        await Eventually(() => heard.Count >= 2);
        Assert.Equal(["quick", "slow"], heard.Select(news => news.Unit));
    }

    [StorageFact]
    public async Task News_that_was_lost_makes_everybody_look_again_once()
    {
        await using var database = await TBrand.Start();
        var clock = new TestClock();
        var board = new NewsBoard(TimeProvider.System);
        var heard = new List<News>();
        using var listening = board.Listen(news => news.Topic == LiveTopic.Cases, TimeSpan.Zero, news =>
        {
            lock (heard)
            {
                heard.AddRange(news);
            }

            return Task.CompletedTask;
        });
        using var pump = new ChangePump(database, board, new WorkSignals(), clock, NullLogger<ChangePump>.Instance);
        await pump.Pump(default);

        await using (var db = database.CreateDbContext())
        {
            await Change(db, "lost", clock.Now);
            await db.Changes.ExecuteDeleteAsync();
        }

        await pump.Pump(default);
        Assert.Empty(heard);
        clock.Pass(TimeSpan.FromSeconds(4));
        await pump.Pump(default);
        await pump.Pump(default);
        await Eventually(() => heard.Count >= 1);
        Assert.Equal([null], heard.Select(news => news.Unit));
    }

    private static async Task Change(OpsDb db, string unit, DateTimeOffset at)
    {
        db.Changes.Add(new Change { Topic = LiveTopic.Cases, Unit = unit, At = at });
        await db.SaveChangesAsync();
    }

    private static async Task Eventually(Func<bool> holds)
    {
        for (var i = 0; i < 100 && !holds(); i++)
        {
            await Task.Delay(50);
        }
    }
}

public static class ChangePumpTests
{
    public sealed class On_postgres : ChangePumpTests<OnPostgres>;

    public sealed class On_sqlserver : ChangePumpTests<OnSqlServer>;
}

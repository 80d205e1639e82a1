using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpsConsole.Approvals;
using OpsConsole.Rates;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Approvals;

/// <summary>What is added up is held by one at a time, and a bulk of many customers asks no more often than one of few.</summary>
public abstract class PursesTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task Those_who_need_some_of_the_same_follow_one_another_and_never_wait_for_each_other()
    {
        await using var database = await TBrand.Start();
        Guid[] all = [.. Enumerable.Range(0, 60).Select(_ => Guid.NewGuid())];
        var held = new ConcurrentDictionary<Guid, int>();
        var crossed = new ConcurrentBag<Guid>();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            for (var round = 0; round < 25; round++)
            {
                var keys = Random.Shared.GetItems(all, 30).Distinct().ToArray();
                await using var db = database.CreateDbContext();
                await using var transaction = await db.Database.BeginTransactionAsync();
                await db.Dialect.HoldPurses(db, keys, DateTimeOffset.UnixEpoch, default);
                Array.ForEach(Array.FindAll(keys, key => held.AddOrUpdate(key, 1, (_, holders) => holders + 1) > 1), crossed.Add);
                await Task.Yield();
                Array.ForEach(keys, key => held.AddOrUpdate(key, 0, (_, holders) => holders - 1));
                await transaction.CommitAsync();
            }
        })));

        Assert.Empty(crossed);
    }

    [StorageFact]
    public async Task Of_two_transactions_that_ask_in_opposite_orders_the_second_goes_on_when_the_first_has_ended()
    {
        await using var database = await TBrand.Start();
        Guid[] keys = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        await using var first = database.CreateDbContext();
        await using var second = database.CreateDbContext();
        await using var one = await first.Database.BeginTransactionAsync();
        await using var two = await second.Database.BeginTransactionAsync();
        await first.Dialect.HoldPurses(first, keys[..3], DateTimeOffset.UnixEpoch, default);

        var waits = second.Dialect.HoldPurses(second, [.. keys[1..].Reverse()], DateTimeOffset.UnixEpoch, default);
        await first.Dialect.HoldPurses(first, keys[..3], DateTimeOffset.UnixEpoch, default);
        var waited = !waits.IsCompleted;
        await one.CommitAsync();
        await waits;
        await two.CommitAsync();

        Assert.True(waited);
        Assert.Equal(4, await first.FourEyesPurses.CountAsync());
    }

    [StorageFact]
    public async Task A_bulk_of_many_customers_is_judged_in_as_many_commands_as_one_of_few()
    {
        await using var world = await World.Start<TBrand>();
        var items = await Items(world, 120);

        var few = await CommandCounter.Of(() => Judge(world, items[..3]));
        var many = await CommandCounter.Of(() => Judge(world, items[3..]));

        Assert.Equal(few, many);
    }

    [StorageFact]
    public async Task Of_many_customers_the_one_that_is_too_much_with_what_was_sent_earlier_is_named()
    {
        await using var world = await World.Start<TBrand>();
        var items = await Items(world, 6, 3_000m);
        await Judge(world, items[..1], Staff.Ben);
        await Judge(world, items[1..4], Staff.Hanna);
        var again = await world.Fails(new FailureSample { Id = "INV-again", Label = "Customer 0", Amount = 8_000m, Key = "again" });

        var verdict = await Judge(world, [items[5], new FourEyesItem(again, [])], Staff.Both);

        Assert.Contains(verdict.Reasons, reason => reason.Says.StartsWith("With the EUR 3,000 that anybody, for Customer 0, sent alone within 24 h this makes EUR 11,000", StringComparison.Ordinal));
    }

    private static async Task<FourEyesItem[]> Items(World world, int count, decimal amount = 10m)
    {
        FailureSample[] failures = [.. Enumerable.Range(0, count).Select(i => new FailureSample { Id = $"INV-{i:000}", Label = $"Customer {i}", Key = $"key-{i}", Amount = amount })];
        await world.Says(failures);
        await world.Look();
        await using var db = world.Open();
        return [.. (await db.Cases.AsNoTracking().OrderBy(c => c.ObjectId).ToListAsync()).Select(c => new FourEyesItem(c, []))];
    }

    private static async Task<FourEyesVerdict> Judge(World world, IReadOnlyList<FourEyesItem> items, Actor? preparer = null)
    {
        await using var db = world.Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var verdict = await new FourEyes(db, world.Clock, Options.Create(new ReportingOptions())).Judge(items, preparer ?? Staff.Ines, default);
        await transaction.CommitAsync();
        return verdict;
    }
}

public static class PursesTests
{
    public sealed class On_postgres : PursesTests<OnPostgres>;

    public sealed class On_sqlserver : PursesTests<OnSqlServer>;
}

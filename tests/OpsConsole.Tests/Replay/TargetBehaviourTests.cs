using Microsoft.EntityFrameworkCore;
using OpsConsole.Cases;
using OpsConsole.Replay;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Replay;

/// <summary>How a target is treated: its rate, its wish to be left alone, its breaker, and the order in which things go to it.</summary>
public abstract class TargetBehaviourTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task No_more_go_in_a_second_than_its_rate_allows()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await Register(world, target, rate: 3);
        await Replayed(world, 8);

        await world.LookForReplays();
        var first = target.Sent.Count;
        world.Clock.Pass(TimeSpan.FromSeconds(1));
        await world.LookForReplays();
        var second = target.Sent.Count;
        world.Clock.Pass(TimeSpan.FromSeconds(1));
        await world.LookForReplays();

        Assert.Equal((3, 6, 8), (first, second, target.Sent.Count));
    }

    [StorageFact]
    public async Task One_that_asks_to_be_left_alone_gets_nothing_until_then()
    {
        await using var target = await TestTarget.Start();
        (target.Answer, target.RetryAfter) = (_ => (429, "too many"), 30);
        await using var world = await World.Start<TBrand>();
        await Register(world, target, parallel: 1);
        await Replayed(world, 3);

        await world.LookForReplays();
        world.Clock.Pass(TimeSpan.FromSeconds(25));
        await world.LookForReplays();
        var early = target.Sent.Count;
        (target.Answer, target.RetryAfter) = (_ => (201, "{}"), null);
        world.Clock.Pass(TimeSpan.FromSeconds(10));
        await world.LookForReplays();

        Assert.Equal((1, 4), (early, target.Sent.Count));
        await using var db = world.Open();
        Assert.Equal(0, await db.Cases.CountAsync(c => c.State == CaseState.Parked));
    }

    [StorageFact]
    public async Task After_some_failures_in_a_row_everything_is_parked_and_goes_on_in_its_order_when_it_is_back()
    {
        await using var target = await TestTarget.Start();
        target.Down = true;
        await using var world = await World.Start<TBrand>();
        await Register(world, target, parallel: 1);
        await Replayed(world, 12);

        await world.LookForReplays();
        var (sent, row) = (target.Sent.Count, await Target(world));
        target.Sent.Clear();
        target.Down = false;
        world.Clock.Pass(TimeSpan.FromSeconds(20));
        await world.LookForReplays();
        await world.LookForReplays();

        // What failed before the third failure was heard of waits for its next attempt instead; nothing is dropped.
        Assert.Equal((3, 12, true, 12), (sent, row.Parked + row.Due, row.Open, row.Outstanding));
        Assert.InRange(row.Parked, 10, 12);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"\"key-{i}\""), target.Sent.Select(one => one.Headers["Idempotency-Key"]));
        Assert.False((await Target(world)).Open);
    }

    [StorageFact]
    public async Task One_that_cannot_be_asked_is_tried_with_its_oldest_replay_alone()
    {
        await using var target = await TestTarget.Start();
        target.Down = true;
        await using var world = await World.Start<TBrand>();
        await Register(world, target, parallel: 1, probe: false);
        await Replayed(world, 6);
        await world.LookForReplays();
        target.Sent.Clear();

        world.Clock.Pass(TimeSpan.FromSeconds(20));
        await world.LookForReplays();
        await world.LookForReplays();
        var trial = target.Sent.Count;
        target.Down = false;
        for (var i = 0; i < 3; i++)
        {
            world.Clock.Pass(TimeSpan.FromSeconds(20));
            await world.LookForReplays();
        }

        Assert.Equal((1, 0), (trial, (await Target(world)).Parked));
        Assert.Equal(7, target.Sent.Count);
    }

    [StorageFact]
    public async Task What_one_answers_badly_while_others_get_through_goes_back_to_its_steward_after_many_attempts()
    {
        await using var target = await TestTarget.Start();
        target.Answer = received => received.Body.Contains("INV-000", StringComparison.Ordinal) ? (503, "not this one") : (201, "{}");
        await using var world = await World.Start<TBrand>();
        await Register(world, target);
        var ids = await Replayed(world, 1);
        for (var i = 1; i < 20; i++)
        {
            await Replayed(world, 1, from: i);
            await world.LookForReplays();
            world.Clock.Pass(TimeSpan.FromMinutes(6));
        }

        Assert.Equal(CaseState.Claimed, (await world.Case(ids[0])).State);
        Assert.Equal(SendOutcome.MostAttempts, target.Sent.Count(sent => sent.Body.Contains("INV-000", StringComparison.Ordinal)));
        Assert.False((await Target(world)).Open);
    }

    private static Task<Outcome<TargetRow>> Register(World world, TestTarget target, decimal? rate = null, int parallel = 8, bool probe = true) => world.Send(new SaveTarget(
        "erp-invoices", new TargetBody(target.Url, ReadBackUrl: probe ? $"{target.Url}/{{id}}" : null, ProofSeconds: 90_000, RatePerSecond: rate, Parallel: parallel), Staff.Root));

    private static async Task<TargetRow> Target(World world) => Assert.Single((await world.Send(new ListTargets(Staff.Ines))).Value!.Items);

    private static async Task<List<Guid>> Replayed(World world, int count, int from = 0)
    {
        var ids = new List<Guid>();
        for (var i = from; i < from + count; i++)
        {
            ids.Add((await world.Replayed(new FailureSample { Id = $"INV-{i:000}", Key = $"key-{i}", Amount = 1m, Payload = $$"""{"tranId":"INV-{{i:000}}"}""" })).Id);
        }

        return ids;
    }
}

public static class TargetBehaviourTests
{
    public sealed class On_postgres : TargetBehaviourTests<OnPostgres>;

    public sealed class On_sqlserver : TargetBehaviourTests<OnSqlServer>;
}

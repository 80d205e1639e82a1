using Microsoft.EntityFrameworkCore;
using OpsConsole.Replay.Bulks;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;
using static OpsConsole.Tests.Replay.Bulks.BulkVerbs;

namespace OpsConsole.Tests.Replay.Bulks;

/// <summary>Bulks against a real HTTP server: a frozen selection goes out in waves, once each, and says of every item what became of it.</summary>
public abstract class BulkRunTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task A_selection_goes_out_in_waves_until_all_of_it_is_proven()
    {
        await using var target = await TestTarget.Start();
        target.Keeps = true;
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        await Failures(world, 40);
        var bulk = await Freeze(world);

        await Started(world, bulk);
        await world.Run<BulkWorker>(worker => worker.Look(default));
        await world.LookForReplays();
        var afterOne = target.Sent.Count;
        await world.Work();

        var done = await Show(world, bulk);
        Assert.Equal((1, BulkState.Done, 40, 0), (afterOne, done.State, done.Progress.Proven, done.Progress.LeftOver));
        Assert.Equal(40, target.Sent.Select(sent => sent.Headers["Idempotency-Key"]).Distinct().Count());
        Assert.Equal(40, target.Sent.Count);
        Assert.Equal(4_000m, done.Progress.ProvenWorth);
    }

    [StorageFact]
    public async Task It_stops_by_itself_when_too_much_fails_and_what_is_left_over_becomes_a_selection_of_its_own()
    {
        await using var target = await TestTarget.Start();
        (target.Keeps, target.Answer) = (true, _ => (422, "no tax profile"));
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        await Failures(world, 30);
        var bulk = await Freeze(world);
        await Started(world, bulk);

        await world.Work();

        var stopped = await Show(world, bulk);
        Assert.Equal((BulkState.Stopped, 1, 29), (stopped.State, stopped.Progress.Failed, stopped.Progress.Pending));
        Assert.Contains("1 of 1 failed", stopped.Why, StringComparison.Ordinal);

        target.Answer = _ => (201, "{}");
        Accepted(await world.Send(new GoOnWithBulk(bulk, null, Staff.Ines)));
        await world.Work();
        var done = await Show(world, bulk);
        var left = Accepted(await world.Send(new FreezeSelection(new Selection { LeftOf = bulk }, Staff.Ines)));

        Assert.Equal((BulkState.Done, 29, 1), (done.State, done.Progress.Proven, done.Progress.LeftOver));
        Assert.Equal((1, bulk), (left.Total, left.LeftOf));
    }

    [StorageFact]
    public async Task A_target_that_changes_after_the_start_stops_the_bulk()
    {
        await using var target = await TestTarget.Start();
        target.Keeps = true;
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        await Failures(world, 10);
        var bulk = await Freeze(world);
        await Started(world, bulk);
        world.Clock.Pass(TimeSpan.FromSeconds(1));
        await world.Register(target, url: $"{target.Url}?elsewhere");

        await world.Work(4);

        Assert.Equal(BulkState.Stopped, (await Show(world, bulk)).State);
        Assert.Empty(target.Sent);
    }

    [StorageFact]
    public async Task No_more_are_ordered_in_a_second_than_its_rate_allows()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        await Failures(world, 40);
        var bulk = await Freeze(world);
        await Started(world, bulk, new BulkSettings(Ramp: "", RatePerSecond: 4));

        var ordered = new List<int>();
        for (var turn = 0; turn < 12; turn++)
        {
            await world.Run<BulkWorker>(worker => worker.Look(default));
            var progress = (await Show(world, bulk)).Progress;
            ordered.Add(progress.Outstanding + progress.Ended);
            world.Clock.Pass(TimeSpan.FromMilliseconds(250));
        }

        Assert.Equal(Enumerable.Range(1, 12), ordered);
    }

    [StorageFact]
    public async Task Together_above_the_threshold_a_second_person_must_approve_it()
    {
        await using var target = await TestTarget.Start();
        target.Keeps = true;
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        await Failures(world, 101);
        var bulk = await Freeze(world, Staff.Both);

        var alone = await world.Send(new StartBulk(bulk, null, new BulkSettings(), Ask: false, Staff.Both));
        Accepted(await world.Send(new StartBulk(bulk, null, new BulkSettings(), Ask: true, Staff.Both)));
        var self = await world.Send(new ApproveBulk(bulk, null, "", Staff.Both));
        var sentBefore = target.Sent.Count;
        Accepted(await world.Send(new ApproveBulk(bulk, null, "checked", Staff.Hanna)));
        await world.Work(16);

        Assert.Equal(("bulk.needs-approval", RefusalKind.Forbidden, 0), (alone.Refusal?.Code, self.Refusal?.Kind, sentBefore));
        Assert.Equal((BulkState.Done, 101), await Show(world, bulk) is { } done ? (done.State, done.Progress.Proven) : default);
        await using var db = world.Open();
        Assert.Equal(101, await db.ReplayItems.CountAsync(r => r.ApprovedBy == Staff.Hanna.Id && r.RequestedBy == Staff.Both.Id));
    }

    [StorageFact]
    public async Task Two_consoles_that_work_at_one_bulk_send_every_item_once()
    {
        await using var target = await TestTarget.Start();
        target.Keeps = true;
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        await Failures(world, 60);
        var bulk = await Freeze(world);
        await Started(world, bulk, new BulkSettings(Ramp: ""));

        await Task.WhenAll(world.Work(16), world.Work(16));

        Assert.Equal((60, 60), (target.Sent.Count, target.Sent.Select(sent => sent.Headers["Idempotency-Key"]).Distinct().Count()));
        Assert.Equal(BulkState.Done, (await Show(world, bulk)).State);
    }
}

public static class BulkRunTests
{
    public sealed class On_postgres : BulkRunTests<OnPostgres>;

    public sealed class On_sqlserver : BulkRunTests<OnSqlServer>;
}

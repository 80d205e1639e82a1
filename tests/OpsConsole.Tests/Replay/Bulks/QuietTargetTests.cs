using OpsConsole.Replay.Bulks;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;
using static OpsConsole.Tests.Replay.Bulks.BulkVerbs;

namespace OpsConsole.Tests.Replay.Bulks;

/// <summary>Bulks to a target that cannot be asked what it holds: a wave that was taken and stays quiet is enough for the next one, and proves nothing.</summary>
public abstract class QuietTargetTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task A_wave_follows_when_the_one_before_was_taken_and_stayed_quiet_for_five_seconds()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target, readBack: false);
        await Failures(world, 40);
        var bulk = await Freeze(world);
        await Started(world, bulk);

        var sent = new List<int>();
        for (var wave = 0; wave < 4; wave++)
        {
            await Turn(world);
            world.Clock.Pass(BulkRamp.Quiet - TimeSpan.FromSeconds(1));
            await Turn(world);
            sent.Add(target.Sent.Count);
            world.Clock.Pass(TimeSpan.FromSeconds(1));
        }

        var shown = await Show(world, bulk);
        Assert.Equal([1, 6, 26, 40], sent);
        Assert.Equal((BulkState.Running, 0, 40, 40), (shown.State, shown.Progress.Proven, shown.Progress.Unproven, shown.Progress.Quiet));
    }

    [StorageFact]
    public async Task A_failure_anew_stops_it_before_the_next_wave()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target, readBack: false);
        await Failures(world, 40);
        var bulk = await Freeze(world);
        await Started(world, bulk);
        await Turn(world);
        world.Clock.Pass(TimeSpan.FromSeconds(2));

        var first = Enumerable.Range(0, 40).Select(Failure).Single(failure => target.Sent.Single().Body == failure.Payload);
        await world.Fails(first with { Event = "failure-2", Spells = 2, At = world.Clock.Now });
        await Turn(world);
        world.Clock.Pass(BulkRamp.Quiet);
        await Turn(world);

        var stopped = await Show(world, bulk);
        Assert.Equal((BulkState.Stopped, 1, 1), (stopped.State, stopped.Progress.Failed, target.Sent.Count));
    }

    [StorageFact]
    public async Task One_refusal_among_many_that_were_taken_does_not_stop_it()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target, readBack: false);
        await Failures(world, 40);
        var bulk = await Freeze(world);
        await Started(world, bulk, new BulkSettings(Ramp: "20"));
        await Turn(world);
        world.Clock.Pass(BulkRamp.Quiet);
        var refused = 0;
        target.Answer = _ => Interlocked.Exchange(ref refused, 1) == 0 ? (422, "no tax profile") : (201, "{}");

        await Turn(world);
        await Turn(world);

        var shown = await Show(world, bulk);
        Assert.Equal((BulkState.Running, 40, 1), (shown.State, target.Sent.Count, shown.Progress.Failed));
    }

    private static async Task Turn(World world)
    {
        await world.Run<BulkWorker>(worker => worker.Look(default));
        await world.LookForReplays();
    }
}

public static class QuietTargetTests
{
    public sealed class On_postgres : QuietTargetTests<OnPostgres>;

    public sealed class On_sqlserver : QuietTargetTests<OnSqlServer>;
}

using Microsoft.EntityFrameworkCore;
using OpsConsole.Cases;
using OpsConsole.Replay;
using OpsConsole.Replay.Bulks;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Replay;

/// <summary>Bulks against a real HTTP server: a frozen selection goes out in waves, once each, and says of every item what became of it.</summary>
public abstract class BulkTests<TBrand>
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
    public async Task The_preview_says_of_each_item_whether_it_can_be_replayed()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        await Failures(world, 2);
        await world.Fails(Failure(50) with { Amount = 50_000m });
        await world.Fails(Failure(51) with { Key = "key-0" });
        await world.Fails(Failure(52) with { Target = "nowhere" });
        var held = await world.Fails(Failure(53));
        await world.Claim(held.Id, Staff.Ben);
        var over = await world.Fails(Failure(54));
        await world.Fails(Failure(54) with { Open = false });

        var frozen = Accepted(await world.Send(new FreezeSelection(new Selection { Filter = new CaseFilter() }, Staff.Ines)));

        Assert.Equal(
            [(BulkVerdict.Ready, 2), (BulkVerdict.NeedsApproval, 1), (BulkVerdict.NotYours, 1), (BulkVerdict.Duplicate, 1), (BulkVerdict.CannotBeSent, 1), (BulkVerdict.NotNow, 1)],
            frozen.Preview.Select(part => (part.Verdict, part.Count)));
        Assert.Equal((7, over.Id != Guid.Empty), (frozen.Total, true));
        Assert.Empty(target.Sent);
    }

    [StorageFact]
    public async Task What_has_changed_since_it_was_selected_is_not_sent()
    {
        await using var target = await TestTarget.Start();
        target.Keeps = true;
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var failures = await Failures(world, 3);
        var bulk = await Freeze(world);
        await Started(world, bulk);
        await world.Send(new CommentCase(failures[0], "The customer knows", Staff.Ben));
        await world.Claim(failures[1], Staff.Ines);
        Accepted(await world.Send(new RepairPayload(failures[1], null, """{"amount":1}""", "", Staff.Ines)));

        await world.Work();

        var rows = (await world.Send(new ListBulkItems(bulk, BulkItemFilter.LeftOver, null, 50, Staff.Ines))).Value!;
        Assert.Equal((2, "it has changed since it was selected: repair, Ines Moreau"), (target.Sent.Count, Assert.Single(rows.Items).Why));
    }

    [StorageFact]
    public async Task What_a_worker_noted_since_the_selection_is_sent_all_the_same()
    {
        await using var target = await TestTarget.Start();
        target.Keeps = true;
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        FailureSample[] failures = [.. Enumerable.Range(0, 3).Select(Failure)];
        await world.Says(failures);
        await world.Run<CaseWorker>(worker => worker.Look(default));
        var ticked = new List<SelectedCase>();
        foreach (var failure in failures)
        {
            ticked.Add(new SelectedCase(failure.CaseId, (await world.Case(failure.CaseId)).Version));
        }

        await world.Look();
        var frozen = Accepted(await world.Send(new FreezeSelection(new Selection { Rows = ticked }, Staff.Ines)));
        await Started(world, frozen.Id);
        await world.Work();

        Assert.Equal([(BulkVerdict.Ready, 3)], frozen.Preview.Select(part => (part.Verdict, part.Count)));
        Assert.Equal((3, 0), await Show(world, frozen.Id) is { } done ? (done.Progress.Proven, done.Progress.LeftOver) : default);
    }

    [StorageFact]
    public async Task Pause_and_cancel_hold_though_the_bulk_has_moved_on_since_it_was_seen()
    {
        await using var target = await TestTarget.Start();
        target.Keeps = true;
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        await Failures(world, 10);
        var bulk = await Freeze(world);
        await Started(world, bulk);
        var seen = (await Show(world, bulk)).Version;
        await world.Run<BulkWorker>(worker => worker.Look(default));

        var paused = Accepted(await world.Send(new PauseBulk(bulk, seen, Staff.Ines)));
        var gone = await world.Send(new GoOnWithBulk(bulk, seen, Staff.Ines));
        var cancelled = Accepted(await world.Send(new CancelBulk(bulk, seen, Staff.Ines)));

        Assert.True(paused.Version > seen + 1, "the worker had not touched it");
        Assert.Equal((BulkState.Paused, RefusalKind.Stale, BulkState.Cancelled), (paused.State, gone.Refusal?.Kind, cancelled.State));
    }

    [StorageFact]
    public async Task A_pause_that_comes_while_the_worker_is_at_the_bulk_waits_for_it_and_holds()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        await Failures(world, 10);
        var bulk = await Freeze(world);
        await Started(world, bulk);
        await using var turn = world.Open();
        await using var transaction = await turn.Database.BeginTransactionAsync();
        await turn.HoldBulk(bulk, default);

        var pausing = world.Send(new PauseBulk(bulk, null, Staff.Ines));
        turn.Bulks.Single(b => b.Id == bulk).Touch();
        await turn.SaveChangesAsync();
        await transaction.CommitAsync();

        Assert.Equal(BulkState.Paused, Accepted(await pausing).State);
    }

    [StorageFact]
    public async Task A_cancel_that_breaks_off_leaves_the_bulk_as_it_was()
    {
        await using var target = await TestTarget.Start();
        target.Down = true;
        await using var world = await World.Start<TBrand>();
        await world.Register(target, readBack: false);
        var failures = await Failures(world, 5);
        var bulk = await Freeze(world);
        await Started(world, bulk, new BulkSettings(Ramp: "3"));
        await world.Work(4);
        var parked = await Show(world, bulk);
        var inTheWay = await Note(world, failures[0]);

        await Assert.ThrowsAnyAsync<Exception>(() => world.Send(new CancelBulk(bulk, null, Staff.Ines)));

        var after = await Show(world, bulk);
        Assert.Equal((BulkState.Running, 3, 2), (after.State, after.Progress.Parked, after.Progress.Pending));
        Assert.Equal((parked.Version, parked.Progress), (after.Version, after.Progress));
        await using (var db = world.Open())
        {
            db.CaseSteps.Remove(inTheWay);
            await db.SaveChangesAsync();
        }

        Accepted(await world.Send(new CancelBulk(bulk, null, Staff.Ines)));
        Assert.Equal(5, (await Show(world, bulk)).Progress.LeftOver);
    }

    // Where the next step of an exception would be written, something stands already: nobody can take it.
    private static async Task<CaseStep> Note(World world, Guid id)
    {
        await using var db = world.Open();
        var @case = await db.Cases.AsNoTracking().SingleAsync(c => c.Id == id);
        var step = @case.Move(CaseAction.Escalate, Actor.System, "", world.Clock.Now).Value!;
        db.CaseSteps.Add(step);
        await db.SaveChangesAsync();
        return step;
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
    public async Task Paused_it_orders_nothing_and_cancelled_it_leaves_the_rest_over()
    {
        await using var target = await TestTarget.Start();
        target.Keeps = true;
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        await Failures(world, 10);
        var bulk = await Freeze(world);
        await Started(world, bulk);
        await world.Run<BulkWorker>(worker => worker.Look(default));
        Accepted(await world.Send(new PauseBulk(bulk, null, Staff.Ines)));

        await world.Work(4);
        var paused = target.Sent.Count;
        var cancelled = Accepted(await world.Send(new CancelBulk(bulk, null, Staff.Ines)));
        await world.Work(4);

        Assert.Equal((1, 1), (paused, target.Sent.Count));
        Assert.Equal((BulkState.Cancelled, 9), (cancelled.State, cancelled.Progress.LeftOver));
    }

    [StorageFact]
    public async Task Cancelled_while_its_target_is_down_it_takes_back_what_was_parked()
    {
        await using var target = await TestTarget.Start();
        target.Down = true;
        await using var world = await World.Start<TBrand>();
        await world.Register(target, readBack: false);
        var failures = await Failures(world, 5);
        var bulk = await Freeze(world);
        await Started(world, bulk, new BulkSettings(Ramp: ""));
        await world.Work(4);
        var parked = await Show(world, bulk);

        Accepted(await world.Send(new CancelBulk(bulk, null, Staff.Ines)));

        var states = new List<CaseState>();
        foreach (var id in failures)
        {
            states.Add((await world.Case(id)).State);
        }

        Assert.Equal(5, parked.Progress.Parked);
        Assert.All(states, state => Assert.Equal(CaseState.Claimed, state));
        Assert.Equal(5, (await Show(world, bulk)).Progress.LeftOver);
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

    [StorageFact]
    public async Task Who_may_not_see_all_of_its_units_does_not_see_the_bulk()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        await Failures(world, 2);
        await world.Fails(Failure(60) with { Unit = "APAC" });
        var bulk = await Freeze(world);

        var seen = await world.Send(new ShowBulk(bulk, Staff.Steward("Tom", "EMEA")));
        var own = Accepted(await world.Send(new FreezeSelection(new Selection { Filter = new CaseFilter() }, Staff.Steward("Tom", "EMEA"))));

        Assert.Equal((RefusalKind.NotFound, 2), (seen.Refusal?.Kind, own.Total));
    }

    private static FailureSample Failure(int i) => new()
    {
        Id = $"INV-{i:000}", Key = $"key-{i}", Amount = 100m, Payload = $$"""{"tranId":"INV-{{i:000}}","amount":100.00,"currency":"EUR"}""",
    };

    private static async Task<List<Guid>> Failures(World world, int count)
    {
        FailureSample[] failures = [.. Enumerable.Range(0, count).Select(Failure)];
        await world.Says(failures);
        await world.Look();
        return [.. failures.Select(failure => failure.CaseId)];
    }

    private static async Task<Guid> Freeze(World world, Actor? actor = null) =>
        Accepted(await world.Send(new FreezeSelection(new Selection { Filter = new CaseFilter() }, actor ?? Staff.Ines))).Id;

    private static async Task Started(World world, Guid bulk, BulkSettings? settings = null) =>
        Accepted(await world.Send(new StartBulk(bulk, null, settings ?? new BulkSettings(), Ask: false, Staff.Ines)));

    private static async Task<BulkView> Show(World world, Guid bulk) => Accepted(await world.Send(new ShowBulk(bulk, Staff.Ines)));

    private static T Accepted<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.Accepted, outcome.Refusal?.Message);
        return outcome.Value!;
    }
}

public static class BulkTests
{
    public sealed class On_postgres : BulkTests<OnPostgres>;

    public sealed class On_sqlserver : BulkTests<OnSqlServer>;
}

using OpsConsole.Cases;
using OpsConsole.Replay;
using OpsConsole.Replay.Bulks;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;
using static OpsConsole.Tests.Replay.Bulks.BulkVerbs;

namespace OpsConsole.Tests.Replay.Bulks;

/// <summary>What a bulk is made of: what the preview says of each item, what changed since it was selected, and who may see it.</summary>
public abstract class SelectionTests<TBrand>
    where TBrand : IDatabaseBrand
{
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
}

public static class SelectionTests
{
    public sealed class On_postgres : SelectionTests<OnPostgres>;

    public sealed class On_sqlserver : SelectionTests<OnSqlServer>;
}

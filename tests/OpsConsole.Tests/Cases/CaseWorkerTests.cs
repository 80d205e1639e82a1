using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using OpsConsole.Cases;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Cases;

/// <summary>What the facts say becomes exceptions, and what people decided stays.</summary>
public abstract class CaseWorkerTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task A_failure_becomes_an_open_exception_in_a_queue_with_its_money()
    {
        await using var world = await World.Start<TBrand>();

        var found = await world.Fails(new FailureSample { Amount = 5_200m, Currency = "EUR" });

        Assert.Equal((CaseState.Open, "tax-profile-missing", "ar-invoices", 5_200m), (found.State, found.ExceptionType, found.Queue, found.ReportingAmount));
        Assert.Equal(found.OpenedAt.AddHours(8), found.DueAt);
        Assert.Equal([CaseAction.Found, CaseAction.Route], (await world.Steps(found.Id)).Select(step => step.Action));
    }

    [StorageFact]
    public async Task One_that_ended_before_anybody_looked_exists_as_resolved_with_its_spells()
    {
        await using var world = await World.Start<TBrand>();

        var found = await world.Fails(new FailureSample { Spells = 2, Open = false });

        Assert.Equal((CaseState.Resolved, 2), (found.State, found.Spells));
        Assert.NotNull(found.ProofKey);
    }

    [StorageFact]
    public async Task A_success_closes_it_from_wherever_people_have_it_and_keeps_the_evidence()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails();
        await world.Claim(found.Id, Staff.Ines);

        var ended = await world.Fails(new FailureSample { Open = false });

        Assert.Equal((CaseState.Resolved, null), (ended.State, ended.Holder));
        Assert.Contains("NetSuite reported success", ended.Ending, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task A_new_failure_opens_it_again_with_the_last_fix_and_its_author()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails();
        await world.Claim(found.Id, Staff.Ines);
        await world.Send(new OpsConsole.Replay.RepairPayload(found.Id, null, """{"taxProfile":"DE19"}""", "", Staff.Ines));
        await world.Fails(new FailureSample { Open = false });

        var again = await world.Fails(new FailureSample { Spells = 2, Event = "failure-2" });

        Assert.Equal((CaseState.Open, true, 2), (again.State, again.CameBack, again.Spells));
        Assert.Contains("repair by Ines Moreau", (await world.Steps(found.Id)).Last(step => step.Action is CaseAction.Reopen).Reason, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task What_somebody_dismissed_stays_so_until_it_fails_anew()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails();
        await world.Claim(found.Id, Staff.Ines);
        await world.Send(new DismissCase(found.Id, null, "not-an-error", "known and harmless", Staff.Ines));

        var moved = await world.Fails(new FailureSample { Unit = "AMER" });
        var again = await world.Fails(new FailureSample { Unit = "AMER", Event = "failure-2" });

        Assert.Equal((CaseState.Dismissed, CaseState.Open), (moved.State, again.State));
    }

    [StorageFact]
    public async Task One_that_an_alias_moved_is_in_no_list()
    {
        await using var world = await World.Start<TBrand>();
        await world.Fails();

        await world.Fails(new FailureSample { MovedTo = Guid.NewGuid() });

        var page = await world.Send(new ListCases(new CaseFilter(), CaseSort.Due, null, 50, Staff.Ines));
        Assert.Equal(0, page.Value!.Total);
    }

    [StorageFact]
    public async Task A_person_who_acts_at_the_same_moment_is_not_overwritten()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails();
        await world.Says(new FailureSample { Event = "failure-2", Spells = 2 });

        await Task.WhenAll(world.Claim(found.Id, Staff.Ines), world.Look());

        var now = await world.Case(found.Id);
        Assert.Equal((await world.Steps(found.Id)).Count, now.Version);
        Assert.Equal(2, now.Spells);
    }

    [StorageFact]
    public async Task Two_thousand_at_once_are_through_in_seconds()
    {
        await using var world = await World.Start<TBrand>();
        await world.Says([.. Enumerable.Range(0, 2_000).Select(i => new FailureSample { Id = $"INV-{i}", Open = i % 4 == 0 })]);
        var watch = Stopwatch.StartNew();

        await world.Look();

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"took {watch.Elapsed}");
        await using var db = world.Open();
        Assert.Equal((2_000, 500), (await db.Cases.CountAsync(), await db.Cases.CountAsync(c => c.State == CaseState.Open)));
        Assert.False(await db.Signals.AnyAsync(s => s.Changed));
    }
}

public static class CaseWorkerTests
{
    public sealed class On_postgres : CaseWorkerTests<OnPostgres>;

    public sealed class On_sqlserver : CaseWorkerTests<OnSqlServer>;
}

using Microsoft.EntityFrameworkCore;
using OpsConsole.Access;
using OpsConsole.Cases;
using OpsConsole.Routing;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Routing;

/// <summary>Invoices are due in 8 plain hours; a quarter of that is left after 6.</summary>
public abstract class EscalationTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task A_level_is_taken_once_when_so_little_time_is_left_and_tells_the_holder()
    {
        await using var world = await Start();
        var ines = await world.Hire("Ines Moreau", Role.Steward);
        var found = await world.Fails(new FailureSample());
        await world.Claim(found.Id, ines);

        await After(world, 5.9);
        var before = (await world.Bell(ines)).Unread;
        await After(world, 0.2);
        await After(world, 1);

        var line = Assert.Single((await world.Bell(ines)).Items);
        var steps = (await world.Steps(found.Id)).Where(step => step.Action is CaseAction.Escalate).ToList();
        Assert.Equal((0, 1, 5_200m), (before, line.Count, line.Sum));
        Assert.StartsWith("A quarter of the time is left: EUR 5,200.00 at risk, due 2026-", Assert.Single(steps).Reason, StringComparison.Ordinal);
        Assert.EndsWith("Told: Ines Moreau", steps[0].Reason, StringComparison.Ordinal);
        Assert.Equal(1, (await world.Case(found.Id)).Escalation);
    }

    [StorageFact]
    public async Task What_nobody_holds_is_told_to_the_units_stewards_as_one_line_and_the_amount_decides_how_high_it_goes()
    {
        await using var world = await Start();
        var steward = await world.Hire("Ines Moreau", Role.Steward);
        var approver = await world.Hire("Hanna Berg", Role.Approver);
        await world.Says(new FailureSample(), new FailureSample { Id = "INV-2" }, new FailureSample { Id = "INV-3", Amount = 60_000 });
        await world.Look();

        await After(world, 9);

        var (told, higher) = (Assert.Single((await world.Bell(steward)).Items), Assert.Single((await world.Bell(approver)).Items));
        Assert.Equal((3, 70_400m, 1, 60_000m, true), (told.Count, told.Sum, higher.Count, higher.Sum, higher.Urgent));
    }

    [StorageFact]
    public async Task A_restart_repeats_nothing_and_a_new_spell_begins_the_levels_anew()
    {
        await using var world = await Start();
        var ines = await world.Hire("Ines Moreau", Role.Steward);
        var found = await world.Fails(new FailureSample());
        await After(world, 7);
        await using (var db = world.Open())
        {
            await db.Cases.ExecuteUpdateAsync(set => set.SetProperty(c => c.EscalateAt, world.Clock.Now));
        }

        await After(world, 0);
        var once = (await world.Steps(found.Id)).Count(step => step.Action is CaseAction.Escalate);
        await world.Fails(new FailureSample { Spells = 2, Event = "failure-2", At = world.Clock.Now });
        await After(world, 7);

        Assert.Equal((1, 2), (once, (await world.Steps(found.Id)).Count(step => step.Action is CaseAction.Escalate)));
        Assert.Equal(1, (await world.Bell(ines)).Items[0].Count);
    }

    [StorageFact]
    public async Task A_pause_moves_due_time_and_escalation_and_ends_by_itself_at_its_limit()
    {
        await using var world = await Start();
        var found = await world.Fails(new FailureSample());
        world.Clock.Pass(TimeSpan.FromHours(1));

        var paused = await world.Send(new PauseCase(found.Id, null, 10, "The customer sends a tax certificate", Staff.Ines));
        var during = await world.Case(found.Id);
        await After(world, 9);
        var asleep = await world.Case(found.Id);
        await After(world, 1.1);

        var woken = await world.Case(found.Id);
        Assert.True(paused.Accepted, paused.Refusal?.Message);
        Assert.Equal((found.DueAt!.Value.AddHours(10), during.DueAt, 0), (during.DueAt, woken.DueAt, asleep.Escalation));
        Assert.Equal((null, CaseAction.Resume), (woken.PausedUntil, (await world.Steps(found.Id))[^1].Action));
    }

    [StorageFact]
    public async Task A_pause_that_is_ended_early_gives_back_what_it_did_not_use_and_all_pauses_share_one_limit()
    {
        await using var world = await Start();
        var found = await world.Fails(new FailureSample());
        await world.Send(new PauseCase(found.Id, null, 39, "Waiting", Staff.Ines));
        world.Clock.Pass(TimeSpan.FromHours(30));

        var resumed = await world.Send(new ResumeCase(found.Id, null, "", Staff.Ines));
        var tooLong = await world.Send(new PauseCase(found.Id, null, 11, "Waiting again", Staff.Ines));
        var nothing = await world.Send(new PauseCase(found.Id, null, 1, " ", Staff.Ines));
        var rest = await world.Send(new PauseCase(found.Id, null, 10, "Waiting again", Staff.Ines));

        Assert.True(resumed.Accepted && rest.Accepted, resumed.Refusal?.Message ?? rest.Refusal?.Message);
        Assert.Equal("hours: must be above 0 and at most 10, which is left of what it may be paused", tooLong.Refusal?.Message);
        Assert.Equal("reason: must say what is waited for", nothing.Refusal?.Message);
        Assert.Equal(found.DueAt!.Value.AddHours(40), (await world.Case(found.Id)).DueAt);
    }

    [StorageFact]
    public async Task What_is_overdue_or_in_anothers_hands_cannot_be_paused()
    {
        await using var world = await Start();
        var held = await world.Fails(new FailureSample());
        await world.Claim(held.Id, Staff.Ben);
        var late = await world.Fails(new FailureSample { Id = "INV-2" });

        var foreign = await world.Send(new PauseCase(held.Id, null, 1, "Waiting", Staff.Ines));
        world.Clock.Pass(TimeSpan.FromHours(9));
        var overdue = await world.Send(new PauseCase(late.Id, null, 1, "Waiting", Staff.Ines));
        var approver = await world.Send(new PauseCase(late.Id, null, 1, "Waiting", Staff.Hanna));

        Assert.Equal(("case.held", "sla.overdue", RefusalKind.Forbidden), (foreign.Refusal?.Code, overdue.Refusal?.Code, approver.Refusal?.Kind));
    }

    private static async Task<World> Start()
    {
        var world = await World.Start<TBrand>();
        await world.Prepare<SeedSla>();
        return world;
    }

    private static async Task After(World world, double hours)
    {
        world.Clock.Pass(TimeSpan.FromHours(hours));
        await world.Look();
        await world.Run<SlaWorker>(worker => worker.Look(default));
        await world.LookForNotices();
    }
}

public static class EscalationTests
{
    public sealed class On_postgres : EscalationTests<OnPostgres>;

    public sealed class On_sqlserver : EscalationTests<OnSqlServer>;
}

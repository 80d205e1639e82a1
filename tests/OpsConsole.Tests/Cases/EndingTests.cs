using OpsConsole.Cases;
using OpsConsole.Cases.Team;
using OpsConsole.Kpis;
using OpsConsole.Replay;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Cases;

/// <summary>How exceptions end: with their evidence, with a code where they were dismissed, and with their last fix where they came back.</summary>
public abstract class EndingTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task What_came_back_shows_the_last_fix_and_its_author()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await world.Fails();
        await world.Claim(found.Id, Staff.Ines);
        await world.Send(new RepairPayload(found.Id, null, """{"tranId":"INV-1001","taxProfile":"DE-19","amount":5200.00}""", "profile from the form", Staff.Ines));
        await world.Send(new ReplayCase(found.Id, null, "", Staff.Ines));
        await world.Says(new FailureSample { Open = false });
        await world.Look();
        var closed = await world.Case(found.Id);
        world.Clock.Pass(TimeSpan.FromHours(1));

        await world.Fails(new FailureSample { Event = "failure-2", Spells = 2 });
        var sibling = await world.Fails(new FailureSample { Id = "INV-2", Event = "failure-3", At = world.Clock.Now });

        var own = (await world.Send(new ShowTeam(found.Id, Staff.Ben))).Value!.LastFix!;
        Assert.Contains("reported success", closed.Ending, StringComparison.Ordinal);
        Assert.Equal((true, "version 1, taxProfile: profile from the form", "Ines Moreau"), (own.Own, own.What, own.By));
        Assert.Contains("reported success", own.Ending, StringComparison.Ordinal);
        Assert.Null((await world.Send(new ShowTeam(sibling.Id, Staff.Ben))).Value!.LastFix);
    }

    [StorageFact]
    public async Task Nothing_is_closed_without_its_evidence_and_a_dismissal_keeps_its_code()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails();
        var silent = (await world.Case(found.Id)).Move(CaseAction.Proven, Actor.System, " ", world.Clock.Now);

        await world.Send(new DismissCase(found.Id, null, "duplicate", "see EX-7", Staff.Ines));

        Assert.Equal(RefusalKind.Invalid, silent.Refusal?.Kind);
        Assert.Equal("duplicate", (await world.Case(found.Id)).DismissCode);
    }

    [StorageFact]
    public async Task What_was_dismissed_is_counted_by_reason_against_all_that_ended()
    {
        await using var world = await World.Start<TBrand>();
        var (first, second) = (await world.Fails(new FailureSample { Id = "INV-1", Amount = 700m }), await world.Fails(new FailureSample { Id = "INV-2", Amount = 300m }));
        await world.Fails(new FailureSample { Id = "INV-3" });
        await world.Says(new FailureSample { Id = "INV-3", Open = false });
        await world.Look();
        await world.Send(new DismissCase(first.Id, null, "duplicate", "see EX-7", Staff.Ines));
        await world.Send(new DismissCase(second.Id, null, "duplicate", "see EX-8", Staff.Ines));

        var counted = (await world.Send(new CountDismissals(null, null, Staff.Ines))).Value!;
        var elsewhere = (await world.Send(new CountDismissals(null, null, Staff.Steward("Anna Far", "APAC")))).Value!;

        Assert.Equal((2, 3, 1_000m), (counted.Count, counted.Ended, counted.Amount));
        Assert.Equal(("duplicate", "Another exception covers it", 2), Assert.Single(counted.Items) is { } reason ? (reason.Code, reason.Label, reason.Count) : default);
        Assert.Equal(0, elsewhere.Ended);
    }
}

public static class EndingTests
{
    public sealed class On_postgres : EndingTests<OnPostgres>;

    public sealed class On_sqlserver : EndingTests<OnSqlServer>;
}

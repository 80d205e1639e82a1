using OpsConsole.Cases;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Cases;

/// <summary>Laying aside: until a day or an amount, and never for longer than ninety days in all.</summary>
public abstract class SnoozeCaseTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task Laid_aside_until_an_amount_it_wakes_when_its_cause_has_grown_so_far()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails(new FailureSample { Amount = 500m });

        var reached = await world.Send(new SnoozeCase(found.Id, null, null, "", Staff.Ines) { Amount = 400m });
        await world.Send(new SnoozeCase(found.Id, null, null, "small", Staff.Ines) { Amount = 2_000m });
        await world.Run<SnoozeWorker>(worker => worker.Look(default));
        var asleep = await world.Case(found.Id);
        var total = (await world.Send(new SnoozedTotal(Staff.Ines))).Value!;
        await world.Fails(new FailureSample { Id = "INV-2", Amount = 1_500m });
        await world.Run<SnoozeWorker>(worker => worker.Look(default));

        Assert.Equal(RefusalKind.Invalid, reached.Refusal?.Kind);
        Assert.Equal((CaseState.Snoozed, 1, 500m), (asleep.State, total.Count, total.AtRisk));
        Assert.Equal(world.Clock.Now.AddDays(90), asleep.SnoozedUntil);
        Assert.Equal((CaseState.Open, null), await world.Case(found.Id) is { } woken ? (woken.State, woken.SnoozeAmount) : default);
    }

    [StorageFact]
    public async Task Laying_aside_again_and_again_ends_after_ninety_days_all_the_same()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails();
        await world.Send(new SnoozeCase(found.Id, null, world.Clock.Now.AddDays(60), "first", Staff.Ines));
        world.Clock.Pass(TimeSpan.FromDays(60));
        await world.Run<SnoozeWorker>(worker => worker.Look(default));

        var longer = await world.Send(new SnoozeCase(found.Id, null, world.Clock.Now.AddDays(60), "again", Staff.Ines));
        var rest = await world.Send(new SnoozeCase(found.Id, null, world.Clock.Now.AddDays(30), "again", Staff.Ines));

        Assert.Equal(RefusalKind.Invalid, longer.Refusal?.Kind);
        Assert.True(rest.Accepted, rest.Refusal?.Message);
    }
}

public static class SnoozeCaseTests
{
    public sealed class On_postgres : SnoozeCaseTests<OnPostgres>;

    public sealed class On_sqlserver : SnoozeCaseTests<OnSqlServer>;
}

using Microsoft.EntityFrameworkCore;
using OpsConsole.Cases;
using OpsConsole.Kpis;
using OpsConsole.Kpis.Rolls;
using OpsConsole.Replay;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Kpis;

/// <summary>Numbers that are rolled up by the hour are at any moment those of their rows, whatever changed since.</summary>
public abstract class KpiRollTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly Scope[] s_readers = [Scope.All, Scope.Of("EMEA")];

    private static readonly BoardFilter[] s_filters =
    [
        new(), new() { Period = "7d" }, new() { Period = "24h" }, new() { Period = "2026-03" }, new() { Period = "12m" }, new() { Unit = "EMEA" }, new() { LegalEntity = "DE01" },
        new() { Region = "NY", Currency = "USD" }, new() { Flow = BoardWorld.Flow },
    ];

    [StorageFact]
    public async Task A_rolled_up_number_is_that_of_its_rows()
    {
        await using var world = await BoardWorld.Start<TBrand>(KpiFacts.Fill);
        await world.Roll();

        Assert.All(await Compare(world), rolled => Assert.True(rolled > 0));
    }

    [StorageFact]
    public async Task A_late_fact_and_a_decision_are_in_it_at_once_and_after_their_hours_were_computed_anew()
    {
        await using var world = await BoardWorld.Start<TBrand>(KpiFacts.Fill);
        await world.Roll();
        var before = await Values(world);

        await world.Change(async db =>
        {
            foreach (var found in await db.Objects.Where(o => o.Type == "invoice" || o.Type == "payment").ToListAsync())
            {
                found.FirstAt = found.FirstAt!.Value.AddHours(-5);
                found.Disagrees = !found.Disagrees;
            }
        });
        await world.Change(async db =>
        {
            foreach (var one in await db.Cases.Where(c => c.State == CaseState.Open && c.ReportingAmount != null).ToListAsync())
            {
                Assert.True(one.Move(CaseAction.Proven, Actor.System, "late", BoardWorld.Now.AddMinutes(-90)).Accepted);
            }
        });
        await world.Change(async db => db.ReplayItems.Remove(await db.ReplayItems.FirstAsync(replay => replay.State == ReplayState.Proven)));

        await Compare(world);
        Assert.All(before.Zip(await Values(world)), pair => Assert.NotEqual(pair.First, pair.Second));
        await world.Roll();
        Assert.All(await Compare(world), rolled => Assert.True(rolled > 0));
        await world.Change(async db => Assert.False(await db.KpiTouches.AnyAsync()));
    }

    [StorageFact]
    public async Task What_a_number_does_not_look_at_touches_no_hour()
    {
        await using var world = await BoardWorld.Start<TBrand>(KpiFacts.Fill);
        await world.Roll();

        await world.Change(async db =>
        {
            foreach (var one in await db.Cases.ToListAsync())
            {
                one.Title = "Refused again";
            }
        });

        await world.Change(async db => Assert.False(await db.KpiTouches.AnyAsync()));
    }

    /// <returns>For each number, how many hours stood in for their rows in the usual period.</returns>
    private static async Task<List<int>> Compare(BoardWorld world)
    {
        var rolled = new List<int>();
        foreach (var kpi in KpiRoller.Rolled)
        {
            foreach (var scope in s_readers)
            {
                foreach (var filter in s_filters)
                {
                    var (read, raw, hours) = await world.Both(kpi, scope, filter);
                    Assert.Equal((kpi.Code, filter, raw), (kpi.Code, filter, read));
                    if (filter == s_filters[0] && scope.Everything)
                    {
                        rolled.Add(hours);
                    }
                }
            }
        }

        return rolled;
    }

    private static async Task<List<(string, decimal?)>> Values(BoardWorld world)
    {
        var values = new List<(string, decimal?)>();
        foreach (var kpi in KpiRoller.Rolled)
        {
            values.Add((kpi.Code, (await world.Both(kpi, Scope.All, new BoardFilter())).Read.Value));
        }

        return values;
    }
}

public static class KpiRollTests
{
    public sealed class On_postgres : KpiRollTests<OnPostgres>;

    public sealed class On_sqlserver : KpiRollTests<OnSqlServer>;
}

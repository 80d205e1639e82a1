using OpsConsole.Cases;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Cases;

public abstract class CaseRankTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task The_database_ranks_as_the_formula_says()
    {
        await using var world = await World.Start<TBrand>();
        var noon = SyncSample.Noon;
        (string Id, decimal? Amount, DateTimeOffset? Due)[] rows =
            [("now", 2_500, noon), ("two-days", 10_001, noon.AddDays(2)), ("late", 100, noon.AddDays(-9)), ("no-amount", null, noon.AddDays(-1)), ("cent", 0.5m, noon.AddDays(-1)), ("never", 1_000_000, null), ("owed", -70, noon)];
        await world.Says([.. rows.Select(row => new FailureSample { Id = row.Id, Amount = row.Amount })]);
        await world.Look();
        await using (var db = world.Open())
        {
            foreach (var one in db.Cases)
            {
                one.DueAt = rows.Single(row => row.Id == one.ObjectId).Due;
            }

            await db.SaveChangesAsync();
        }

        var page = (await world.Send(new ListCases(new CaseFilter(), CaseSort.Rank, null, 50, Staff.Ines))).Value!;

        // 100 nine days late is 51,200; 10,001 in two days is a little more than 2,500 now.
        Assert.Equal(["late", "two-days", "now"], page.Items.Take(3).Select(row => row.ObjectId));
        Assert.Equal(["owed", "never"], page.Items.TakeLast(2).Select(row => row.ObjectId));
        Assert.All(page.Items, row => Assert.InRange(row.RankOrder - CaseRank.Order(row.Reporting, row.DueAt), -1, 1));
    }
}

public static class CaseRankTests
{
    public sealed class On_postgres : CaseRankTests<OnPostgres>;

    public sealed class On_sqlserver : CaseRankTests<OnSqlServer>;
}

public class CaseRankFormulaTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(-24, 2)]
    [InlineData(24, 0.5)]
    [InlineData(48, 0.25)]
    public void Each_day_nearer_to_the_due_time_counts_double(double hoursLeft, double urgency) =>
        Assert.Equal(urgency, CaseRank.Urgency(SyncSample.Noon.AddHours(hoursLeft), SyncSample.Noon), 12);

    [Fact]
    public void The_order_of_two_does_not_depend_on_the_clock()
    {
        var (small, large) = ((Amount: 900m, Due: SyncSample.Noon), (Amount: 5_000m, Due: SyncSample.Noon.AddDays(2)));

        foreach (var days in (int[])[-40, 0, 1, 40])
        {
            var now = SyncSample.Noon.AddDays(days);
            Assert.True((double)large.Amount * CaseRank.Urgency(large.Due, now) > (double)small.Amount * CaseRank.Urgency(small.Due, now));
        }

        Assert.True(CaseRank.Order(large.Amount, large.Due) > CaseRank.Order(small.Amount, small.Due));
    }
}

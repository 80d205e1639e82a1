using OpsConsole.Cases;
using OpsConsole.Flows;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Cases;

public abstract class CauseFiguresTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task A_young_cause_is_told_by_the_hour_and_an_old_one_by_the_day()
    {
        await using var world = await World.Start<TBrand>();
        var first = await world.Fails(new FailureSample { Id = "INV-1", At = SyncSample.Noon });
        await world.Fails(new FailureSample { Id = "INV-2", At = SyncSample.Noon.AddHours(3) });
        await world.Fails(new FailureSample { Id = "INV-3", At = SyncSample.Noon.AddHours(3).AddMinutes(20) });

        world.Clock.Pass(TimeSpan.FromHours(4));
        var young = (await world.Send(new ShowCauseTrend(first.Fingerprint, Staff.Ines))).Value!;
        world.Clock.Pass(TimeSpan.FromDays(3));
        var old = (await world.Send(new ShowCauseTrend(first.Fingerprint, Staff.Ines))).Value!;

        Assert.Equal((true, 12, 3), (young.Hourly, young.New.Count, young.New.Sum()));
        Assert.Equal([1, 0, 0, 2, 0], young.New.TakeLast(5));
        Assert.Equal(young.From.AddHours(11), SyncSample.Noon.AddHours(4));
        Assert.Equal((false, ListCauses.TrendDays, 3), (old.Hourly, old.New.Count, old.New[^4]));
        Assert.False((await world.Send(new ShowCauseTrend(first.Fingerprint, Staff.Steward("Ben Ott", "APAC")))).Accepted);
    }

    [StorageFact]
    public async Task What_a_cause_blocks_is_counted_once_for_each_transaction()
    {
        await using var world = await World.Start<TBrand>();
        var (a, b) = (await world.Fails(new FailureSample { Id = "INV-1" }), await world.Fails(new FailureSample { Id = "INV-2" }));
        await using (var db = world.Open())
        {
            var (both, done) = (Ids.Key(["order-to-cash", "order", "SO-1"]), Ids.Key(["order-to-cash", "order", "SO-2"]));
            db.Transactions.AddRange(Waiting(both, "SO-1"), Waiting(done, "SO-2", SyncSample.Noon));
            db.TransactionObjects.AddRange(Part(both, a.ObjectKey), Part(both, b.ObjectKey), Part(done, b.ObjectKey));
            await db.SaveChangesAsync();
        }

        var blocks = (await world.Send(new ShowCauseBlocks(a.Fingerprint, Staff.Ines))).Value!;

        var flow = Assert.Single(blocks.Flows);
        Assert.Equal(("order-to-cash", 1, 900m), (flow.Flow, flow.Count, flow.Worth));
        Assert.Equal(["SO-1"], flow.First);
    }

    [StorageFact]
    public async Task The_desk_counts_what_its_reader_sees()
    {
        await using var world = await World.Start<TBrand>();
        await world.Fails(new FailureSample { Id = "INV-1" });
        await world.Fails(new FailureSample { Id = "INV-2", Region = "FR" });
        await world.Fails(new FailureSample { Id = "INV-3", Unit = "APAC" });

        Assert.Equal(new DeskCounts(3, 2, 0), (await world.Send(new CountDesk(Staff.Root))).Value);
        Assert.Equal(new DeskCounts(1, 1, 0), (await world.Send(new CountDesk(Staff.Steward("Mei Tanaka", "APAC")))).Value);
        Assert.Equal(new DeskCounts(0, 0, 0), (await world.Send(new CountDesk(Staff.Steward("Nobody here", "LATAM")))).Value);
    }

    private static Transaction Waiting(Guid key, string order, DateTimeOffset? completed = null) => new()
    {
        Key = key, Flow = "order-to-cash", LeadKey = Ids.OfObject("order", order), LeadType = "order", LeadId = order, Unit = "EMEA", Amount = 900m, Currency = "EUR", CompletedAt = completed,
    };

    private static TransactionObject Part(Guid run, Guid what) => new() { TransactionKey = run, ObjectKey = what, LeadKey = what, Path = "order/invoice" };
}

public static class CauseFiguresTests
{
    public sealed class On_postgres : CauseFiguresTests<OnPostgres>;

    public sealed class On_sqlserver : CauseFiguresTests<OnSqlServer>;
}

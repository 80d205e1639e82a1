using OpsConsole.Cases;
using OpsConsole.Replay;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Replay;

public abstract class DraftWorkerTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task Drafts_of_ended_exceptions_and_of_a_month_ago_are_dropped_and_no_others()
    {
        await using var world = await World.Start<TBrand>();
        var (old, ended, live) = (await Begun(world, "INV-1"), await Begun(world, "INV-2"), await Begun(world, "INV-3"));
        await world.Send(new DismissCase(ended, null, "duplicate", "see EX-7", Staff.Ines));
        world.Clock.Pass(TimeSpan.FromDays(20));
        await world.Send(new SaveRepairDraft(live, Content("typed later"), Staff.Ines));
        world.Clock.Pass(TimeSpan.FromDays(11));

        await world.Run<DraftWorker>(worker => worker.Look(default));

        await using var db = world.Open();
        Assert.Equal([live], db.RepairDrafts.Select(d => d.CaseId).ToList());
        Assert.NotEqual(old, live);
    }

    private static async Task<Guid> Begun(World world, string invoice)
    {
        var found = await world.Fails(new FailureSample { Id = invoice });
        await world.Claim(found.Id, Staff.Ines);
        await world.Send(new SaveRepairDraft(found.Id, Content("half a senten"), Staff.Ines));
        return found.Id;
    }

    private static DraftContent Content(string note) => new(new Dictionary<string, string?>(), null, "", note);
}

public static class DraftWorkerTests
{
    public sealed class On_postgres : DraftWorkerTests<OnPostgres>;

    public sealed class On_sqlserver : DraftWorkerTests<OnSqlServer>;
}

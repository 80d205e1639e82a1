using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsConsole.Access;
using OpsConsole.Cases;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Cases;

/// <summary>What pages ask after news: no more than can have changed, once for all who ask alike, and never across scopes.</summary>
public abstract class LookAgainTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly CaseFilter s_unheld = new() { Unheld = true };

    [StorageFact]
    public async Task After_news_of_one_row_only_that_row_is_read_and_what_is_new_is_counted_only_after_news_of_others()
    {
        await using var world = await World.Start<TBrand>();
        var (one, other) = (await world.Fails(new FailureSample { Id = "INV-1" }), await world.Fails(new FailureSample { Id = "INV-2" }));
        var latest = (await world.Send(new LookAgain(s_unheld, [], null, Staff.Ines))).Value!.Latest;
        var list = new LookAgain(s_unheld, [one.Id, other.Id], latest, Staff.Ines);
        await world.Claim(one.Id, Staff.Ben);

        var claimed = (await world.Send(list with { Changed = new HashSet<Guid> { one.Id } })).Value!;
        Assert.Equal((one.Id, Staff.Ben.Id), (Assert.Single(claimed.Rows).Id, claimed.Rows[0].Holder));
        Assert.Equal([one.Id], claimed.Gone);
        Assert.Null(claimed.New);

        var third = await world.Fails(new FailureSample { Id = "INV-3" });
        var opened = (await world.Send(list with { Changed = new HashSet<Guid> { third.Id } })).Value!;
        Assert.Empty(opened.Rows);
        Assert.Equal(1, opened.New);

        // News that does not say of what: everything is looked at.
        var all = (await world.Send(list)).Value!;
        Assert.Equal([one.Id, other.Id], all.Rows.Select(row => row.Id).OrderBy(id => id == one.Id ? 0 : 1));
        Assert.Equal((1, 1), (all.New, all.Gone.Count));
    }

    [StorageFact]
    public async Task What_many_ask_after_the_same_news_is_read_once_and_stays_within_each_scope()
    {
        await using var world = await World.Start<TBrand>();
        var emea = await world.Fails(new FailureSample { Id = "INV-1" });
        var apac = await world.Fails(new FailureSample { Id = "INV-2", Unit = "APAC" });
        LookAgain Of(Actor actor) => new(new CaseFilter(), [emea.Id, apac.Id], 0, actor) { Heard = 0 };

        Assert.NotEqual(0, await CommandCounter.Of(() => world.Send(Of(Staff.Ines))));
        Assert.Equal(0, await CommandCounter.Of(() => world.Send(Of(Staff.Ben))));
        Assert.NotEqual(0, await CommandCounter.Of(() => world.Send(Of(Staff.Ben) with { Heard = null })));
        Assert.NotEqual(0, await CommandCounter.Of(() => world.Send(Of(Staff.Ben) with { Heard = 1 })));

        var foreign = (await world.Send(Of(Staff.Steward("Ines Moreau", "APAC")))).Value!;
        Assert.Equal([apac.Id], foreign.Rows.Select(row => row.Id));
        Assert.Equal([emea.Id], foreign.Gone);
    }

    [StorageFact]
    public async Task A_list_of_what_is_mine_is_read_for_each_reader()
    {
        await using var world = await World.Start<TBrand>();
        var one = await world.Fails();
        await world.Claim(one.Id, Staff.Ines);
        LookAgain Of(Actor actor) => new(new CaseFilter { Query = "mine" }, [one.Id], 0, actor) { Heard = 0 };

        Assert.Empty((await world.Send(Of(Staff.Ines))).Value!.Gone);
        Assert.Equal([one.Id], (await world.Send(Of(Staff.Ben))).Value!.Gone);
    }

    [StorageFact]
    public async Task Tabs_that_are_read_together_say_of_each_person_what_they_say_when_read_alone()
    {
        await using var world = await World.Start<TBrand>();
        await Fill(world);

        Actor[] people = [Staff.Ines, Staff.Ben, Staff.Hanna, Staff.Steward("Ines Moreau", "APAC"), Staff.Steward("Ben Adeyemi", "EMEA")];
        foreach (var actor in people)
        {
            await world.Send(new QueueTabs(actor) { Heard = 0 });
        }

        foreach (var actor in people)
        {
            var (alone, together) = ((await world.Send(new QueueTabs(actor))).Value!, (await world.Send(new QueueTabs(actor) { Heard = 0 })).Value!);
            Assert.Equal(JsonSerializer.Serialize(alone), JsonSerializer.Serialize(together));
        }

        var ines = (await world.Send(new QueueTabs(Staff.Ines) { Heard = 0 })).Value!;
        var ben = (await world.Send(new QueueTabs(Staff.Ben) { Heard = 0 })).Value!;
        Assert.Equal((5, 2, 1, 5_200m), (ines.All.Count, ines.Held.Count, ines.ToApprove.Count, ines.Held.AtRisk));
        Assert.Equal((5, 0, 2, 5_200m), (ben.All.Count, ben.Held.Count, ben.ToApprove.Count, ben.Team!.AtRisk));
        Assert.Equal(0, (await world.Send(new SnoozedTotal(Staff.Ben) { Heard = 0 })).Value!.Count);
    }

    // Ines holds two exceptions of one invoice; two others wait for a second person, one of them prepared by her; the fifth is in APAC.
    private static async Task Fill(World world)
    {
        await world.Says(
            new FailureSample { Id = "INV-1" }, new FailureSample { Id = "INV-1", Operation = "post" },
            new FailureSample { Id = "INV-2" }, new FailureSample { Id = "INV-3" }, new FailureSample { Id = "INV-4", Unit = "APAC" });
        await world.Look();
        await world.Claim(new FailureSample { Id = "INV-1" }.CaseId, Staff.Ines);
        await world.Claim(new FailureSample { Id = "INV-1", Operation = "post" }.CaseId, Staff.Ines);
        await using var db = world.Open();
        foreach (var (invoice, by) in new[] { ("INV-2", Staff.Ines.Id), ("INV-3", Staff.Hanna.Id) })
        {
            await db.Cases.Where(c => c.ObjectId == invoice).ExecuteUpdateAsync(set => set.SetProperty(c => c.State, CaseState.AwaitingApproval).SetProperty(c => c.PreparedBy, by));
        }

        db.Teams.Add(new Team { Code = "tax", Label = "Tax", Queues = ["ar-invoices"], Members = [Staff.Ines.Id, Staff.Ben.Id] });
        await db.SaveChangesAsync();
    }
}

public static class LookAgainTests
{
    public sealed class On_postgres : LookAgainTests<OnPostgres>;

    public sealed class On_sqlserver : LookAgainTests<OnSqlServer>;
}

using OpsConsole.Cases;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Cases;

public abstract class ListCasesTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task Every_order_shows_each_exception_once_page_by_page()
    {
        await using var world = await World.Start<TBrand>();
        await world.Says([.. Enumerable.Range(0, 25).Select(i => new FailureSample { Id = $"INV-{i:00}", Amount = i % 5 == 0 ? null : 100 * (i % 4), At = SyncSample.Noon.AddMinutes(i % 7) })]);
        await world.Look();

        foreach (var sort in Enum.GetValues<CaseSort>())
        {
            var seen = new List<string>();
            string? after = null;
            do
            {
                var page = (await world.Send(new ListCases(new CaseFilter(), sort, after, 4, Staff.Ines))).Value!;
                Assert.Equal(25, page.Total);
                seen.AddRange(page.Items.Select(row => row.ObjectId));
                after = page.Next;
            }
            while (after is not null);

            Assert.Equal(25, seen.Distinct().Count());
            Assert.Equal(25, seen.Count);
        }
    }

    [StorageFact]
    public async Task Rows_totals_and_sums_stay_within_the_scope()
    {
        await using var world = await World.Start<TBrand>();
        await world.Says(new FailureSample { Id = "INV-1", Unit = "EMEA" }, new FailureSample { Id = "INV-2", Unit = "APAC" });
        await world.Look();

        var emea = (await world.Send(new ListCases(new CaseFilter(), CaseSort.Due, null, 50, Staff.Steward("Ines Moreau", "EMEA")))).Value!;
        var tabs = (await world.Send(new QueueTabs(Staff.Steward("Ines Moreau", "EMEA")))).Value!;
        var causes = (await world.Send(new ListCauses(null, null, 50, Staff.Steward("Ines Moreau", "EMEA")))).Value!;

        Assert.Equal((1, 5_200m, "INV-1"), (emea.Total, emea.AtRisk, Assert.Single(emea.Items).ObjectId));
        Assert.Equal((1, 5_200m), (tabs.All.Count, tabs.All.AtRisk));
        Assert.Equal((1, 5_200m), tabs.Queues.Where(queue => queue.Code == "ar-invoices").Select(queue => (queue.Count, queue.AtRisk)).Single());
        Assert.Equal((1, 5_200m, "EMEA"), causes.Items.Select(cause => (cause.Open, cause.AtRisk, cause.Units.Single())).Single());
    }

    [StorageFact]
    public async Task Two_exceptions_of_one_object_put_its_amount_at_risk_once()
    {
        await using var world = await World.Start<TBrand>();
        await world.Says(new FailureSample { Operation = "create" }, new FailureSample { Operation = "post" });
        await world.Look();

        var page = (await world.Send(new ListCases(new CaseFilter(), CaseSort.Risk, null, 50, Staff.Ines))).Value!;

        Assert.Equal((2, 5_200m), (page.Total, page.AtRisk));
    }

    [StorageFact]
    public async Task It_is_found_by_id_label_or_number()
    {
        await using var world = await World.Start<TBrand>();
        await world.Says(new FailureSample { Id = "INV-1" }, new FailureSample { Id = "PAY-2", Label = "Norrvik Energi AB" });
        await world.Look();
        var number = (await world.Case(new FailureSample { Id = "PAY-2" }.CaseId)).Number;

        foreach (var query in (string[])["pay-2", "PAY", "norrvik", "rvik en", "no", $"EX-{number}", $"ex-{number}"])
        {
            var page = (await world.Send(new ListCases(new CaseFilter { Query = query }, CaseSort.Due, null, 50, Staff.Ines))).Value!;
            Assert.Equal("PAY-2", Assert.Single(page.Items).ObjectId);
        }
    }

    [StorageFact]
    public async Task A_mark_that_this_order_did_not_make_is_refused()
    {
        await using var world = await World.Start<TBrand>();

        var page = await world.Send(new ListCases(new CaseFilter(), CaseSort.Due, "bm9uc2Vuc2U", 50, Staff.Ines));

        Assert.Equal(RefusalKind.Invalid, page.Refusal?.Kind);
    }
}

public static class ListCasesTests
{
    public sealed class On_postgres : ListCasesTests<OnPostgres>;

    public sealed class On_sqlserver : ListCasesTests<OnSqlServer>;
}

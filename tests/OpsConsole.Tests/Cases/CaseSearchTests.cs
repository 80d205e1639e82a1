using OpsConsole.Access;
using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Cases;

public abstract class CaseSearchTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task Each_term_finds_what_it_says_and_NOT_finds_all_the_rest()
    {
        await using var world = await World.Start<TBrand>();
        await Fill(world);

        foreach (var (query, found) in new (string, string)[]
        {
            ("unit:EMEA", "A B"), ("unit:emea", "A B"), ("region:CA", "C"), ("type:tax", "A C"), ("type:tax-profile-missing", "A C"), ("state:claimed", "B"), ("queue:payments", "B"),
            ("system:netsuite", "A C"), ("operation:post", "B"), ("object:payment", "B"), ("id:INV*", "A C"), ("id:inv-a", "A"), ("name:norrvik", "B"), ("holder:me", "B"), ("holder:ines", "B"),
            ("holder:nobody", "A C"), ("mine", "B"), ("nobody", "A C"), ("amount:>5000", "A C"), ("amount:100..5200", "A B"), ("amount:100", "B"), ("own:>1000 currency:EUR", "A C"),
            ("opened:>2026-03-30", "A B C"), ("opened:2026-03-31", "A B C"), ("opened:>+1d", ""), ("due:<+1000d", "A B C"), ("ended:>2020-01-01", ""), ("cause:\"tax profile\"", "A C"),
            ("error:TAX*", "A C"), ("attribute:taxProfile", "A C"), ("target:erp-invoices", "A B C"), ("attempts:0", "A B C"), ("failures:>1", "C"), ("overdue", "A B"), ("returned", ""), ("settled", ""),
            ("NOT settled", "A B C"), ("unit:EMEA NOT mine", "A"), ("unit:APAC OR mine", "B C"), ("(unit:APAC OR mine) amount:>1000", "C"), ("norrvik", "B"), ("-norrvik", "A C"), ("NOT region:CA", "A B"),
            ("NOT amount:>5000", "B"), ("NOT holder:ines", "A C"), ("trace:00000000000000000000000000000007", ""), ("state:unended", "A B C"), ("entity:DE01", ""), ("NOT entity:DE01", "A B C"),
        })
        {
            Assert.Equal((query, found), (query, await Found(world, query)));
        }
    }

    [StorageFact]
    public async Task Any_business_key_finds_what_belongs_with_it()
    {
        await using var world = await World.Start<TBrand>();
        await Fill(world);
        await using (var db = world.Open())
        {
            var (order, a, c) = (Ids.OfObject("order", "SO-9"), Ids.OfObject("invoice", "INV-A"), Ids.OfObject("invoice", "INV-C"));
            var run = Ids.Key(["order-to-cash", "order", "SO-9"]);
            db.Objects.Add(new BusinessObject { Key = order, Type = "order", Id = "SO-9", Unit = "EMEA" });
            db.TransactionObjects.AddRange(Part(run, order, order), Part(run, a, order));
            db.ObjectLinks.Add(new ObjectLink { FromKey = order, ToKey = c, FromType = "order", ToType = "invoice", Role = "" });
            db.SaidNames.Add(new SaidName
            {
                Key = Ids.OfName("invoice", "stripe", "in_1"), Kind = NameKind.Alias, SpokenKey = Ids.OfObject("invoice", "in_1"), Type = "invoice", System = "stripe", Id = "in_1",
                TargetSpokenKey = a, TargetType = "invoice", TargetSystem = "netsuite", TargetId = "INV-A", Time = SyncSample.Noon, Source = "s", EventId = "e",
            });
            await db.SaveChangesAsync();
        }

        Assert.Equal("A C", await Found(world, "order:SO-9"));
        Assert.Equal("A C", await Found(world, "key:SO-9"));
        Assert.Equal("A", await Found(world, "key:in_1"));
        Assert.Equal("A", await Found(world, "invoice:in_1"));
        Assert.Equal("B C", await Found(world, "NOT key:in_1"));
        Assert.Equal("", await Found(world, "customer:SO-9"));
    }

    [StorageFact]
    public async Task A_search_that_cannot_be_understood_is_refused_with_its_place_everywhere()
    {
        await using var world = await World.Start<TBrand>();
        var filter = new CaseFilter { Query = "unit:EMEA AND" };

        var list = await world.Send(new ListCases(filter, CaseSort.Rank, null, 50, Staff.Ines));
        var news = await world.Send(new LookAgain(filter, [], null, Staff.Ines));
        var counted = await world.Send(new CountedOnce(filter, Staff.Ines));

        Assert.All([list.Refusal, news.Refusal, counted.Refusal], refusal => Assert.Contains("letter 14", refusal!.Message, StringComparison.Ordinal));
        Assert.Equal(RefusalKind.Invalid, list.Refusal?.Kind);
    }

    [StorageFact]
    public async Task A_team_has_its_queues_and_what_its_people_hold()
    {
        await using var world = await World.Start<TBrand>();
        await Fill(world);
        await using (var db = world.Open())
        {
            db.Teams.Add(new Team { Code = "pay", Label = "Payments", Queues = ["payments"], Members = [Staff.Ines.Id, Staff.Ben.Id] });
            await db.SaveChangesAsync();
        }

        var tabs = (await world.Send(new QueueTabs(Staff.Ben))).Value!;
        Assert.Equal((1, 1), (tabs.Mine!.Count, tabs.Team!.Count));
        Assert.Equal("B", await Found(world, "team", Staff.Ben));
        Assert.Equal("B", await Found(world, new CaseFilter { MyQueues = true }, Staff.Ben));
        Assert.Equal("B", await Found(world, new CaseFilter { Team = true }, Staff.Ben));

        // Who is in no team works all queues and has no team to look at.
        var alone = (await world.Send(new QueueTabs(Staff.Both))).Value!;
        Assert.Equal((null, null), (alone.Mine, alone.Team));
        Assert.Equal("A B C", await Found(world, new CaseFilter { MyQueues = true }, Staff.Both));
        Assert.Equal("", await Found(world, new CaseFilter { Team = true }, Staff.Both));
    }

    // A and C are invoices without a tax profile, of 5,200 and 9,000; B is a payment of 100 that Ines holds. A and B are overdue.
    private static async Task Fill(World world)
    {
        await world.Says(
            new FailureSample { Id = "INV-A", Label = "Maple Ridge" },
            new FailureSample { Id = "PAY-B", Type = "payment", Label = "Norrvik Energi AB", Operation = "post", System = "sap", ErrorCode = "E7", Category = "unknown", Attribute = "amount", Amount = 100 },
            new FailureSample { Id = "INV-C", Unit = "APAC", Region = "CA", Amount = 9_000, Spells = 2, Label = "Orchid Bay" });
        await world.Look();
        await world.Claim(new FailureSample { Id = "PAY-B", Type = "payment", Operation = "post", System = "sap" }.CaseId, Staff.Ines);
        await using var db = world.Open();
        var now = world.Clock.GetUtcNow();
        foreach (var row in db.Cases)
        {
            row.DueAt = row.ObjectId == "INV-C" ? now.AddHours(4) : now.AddHours(-4);
        }

        await db.SaveChangesAsync();
    }

    private static TransactionObject Part(Guid run, Guid what, Guid lead) => new() { TransactionKey = run, ObjectKey = what, LeadKey = lead, Path = "order/invoice" };

    private static Task<string> Found(World world, string query, Actor? actor = null) => Found(world, new CaseFilter { Query = query }, actor);

    private static async Task<string> Found(World world, CaseFilter filter, Actor? actor = null)
    {
        var page = await world.Send(new ListCases(filter, CaseSort.Rank, null, 50, actor ?? Staff.Ines));
        Assert.True(page.Accepted, $"{filter.Query}: {page.Refusal?.Message}");
        Assert.Equal(page.Value.Items.Count, page.Value.Total);
        return string.Join(' ', page.Value.Items.Select(row => row.ObjectId[^1]).Order());
    }
}

public static class CaseSearchTests
{
    public sealed class On_postgres : CaseSearchTests<OnPostgres>;

    public sealed class On_sqlserver : CaseSearchTests<OnSqlServer>;
}

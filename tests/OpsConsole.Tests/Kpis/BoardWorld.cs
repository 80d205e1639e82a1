using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Kpis;
using OpsConsole.Rates;
using OpsConsole.Storage;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Kpis;

/// <summary>A small company's folded facts in a database of its own, and somebody who asks about them.</summary>
internal sealed class BoardWorld : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);
    public const string Flow = "order-to-cash";

    private readonly TestDatabase _database;
    private readonly TimeProvider _clock = new StandingClock();
    private readonly IOptions<KpiOptions> _options = Options.Create(new KpiOptions());
    private readonly IOptions<ReportingOptions> _reporting = Options.Create(new ReportingOptions());

    private BoardWorld(TestDatabase database) => _database = database;

    public static Actor Reader(Scope scope) => Actor.System with { Scope = scope };

    public static async Task<BoardWorld> Start<TBrand>()
        where TBrand : IDatabaseBrand
    {
        var world = new BoardWorld(await TBrand.Start());
        await using var db = world._database.CreateDbContext();
        db.Flows.Add(new Flow
        {
            Name = Flow,
            Definition = new FlowDefinition(
                Flow, "order", ["order/invoice"],
                [new Milestone("invoiced", "invoice", "finalized"), new Milestone("booked-in-erp", "invoice", "posted", "invoiced", 1)],
                [["invoiced", "booked-in-erp"]]).ToJson(),
            Version = 1,
            FoldedVersion = 1,
            UpdatedAt = Now,
            UpdatedBy = "test",
        });
        db.Rates.Add(new ExchangeRate { Currency = "USD", Day = new DateOnly(2026, 1, 1), Rate = 0.5m, SetAt = Now });
        Fill(db);
        await db.SaveChangesAsync();
        return world;
    }

    public async Task<Board> Board(Scope scope, string? unit = null, string? period = null)
    {
        await using var db = _database.CreateDbContext();
        return (await new MeasureBoardHandler(db, _clock, _options, _reporting).Handle(new MeasureBoard(unit, null, period, Reader(scope)), default)).Value!;
    }

    public async Task<List<KpiRow>> Rows(Kpi kpi, KpiWindow window)
    {
        await using var db = _database.CreateDbContext();
        return await kpi.Rows(db, window).ToListAsync();
    }

    /// <summary>The funnel's numbers both ways: from what transactions say of themselves, and from their milestones.</summary>
    public async Task<(IReadOnlyList<Funnel.Step> Progress, IReadOnlyList<Funnel.Step> Milestones)> Funnels(KpiWindow window)
    {
        await using var db = _database.CreateDbContext();
        var flow = FlowDefinition.FromJson((await db.Flows.SingleAsync(row => row.Name == Flow)).Definition);
        var health = (await new OpsConsole.Kpis.Catalog.OrderToCashHealth().Read(db, window, default)).Rows;
        return (await OpsConsole.Kpis.Funnel.ByProgress(db, flow, health, window, default), await OpsConsole.Kpis.Funnel.ByMilestone(db, flow, window, default));
    }

    /// <summary>How many rows the page has that a filter leads to.</summary>
    public async Task<long> Total(object filter, Scope scope)
    {
        await using var db = _database.CreateDbContext();
        return filter switch
        {
            TransactionFilter asked => (await new ListTransactionsHandler(db, _clock).Handle(new ListTransactions(asked, Reader(scope)), default)).Value!.Total,
            ObjectFilter asked => (await new FindObjectsHandler(db).Handle(new FindObjects(asked, Reader(scope)), default)).Value!.Total,
            CaseFilter asked => (await new ListCasesHandler(db, _clock, _reporting).Handle(new ListCases(asked, CaseSort.Due, null, 50, Reader(scope)), default)).Value!.Total,
            _ => throw new ArgumentOutOfRangeException(nameof(filter)),
        };
    }

    public async Task<Page<ObjectLine>> Objects(ObjectFilter filter, Scope scope, string? after, int take)
    {
        await using var db = _database.CreateDbContext();
        return (await new FindObjectsHandler(db).Handle(new FindObjects(filter, Reader(scope), after, take), default)).Value!;
    }

    public async Task<Outcome<ObjectDetails>> Object(string type, string id, Scope scope)
    {
        await using var db = _database.CreateDbContext();
        return await new ShowObjectHandler(db).Handle(new ShowObject(type, id, Reader(scope)), default);
    }

    public async Task<Outcome<TransactionDetails>> Transaction(string id, Scope scope)
    {
        await using var db = _database.CreateDbContext();
        return await new ShowTransactionHandler(db, _clock).Handle(new ShowTransaction(Flow, id, Reader(scope)), default);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    // Forty orders over twenty days in two units; every third invoice is late, every fifth never came, and every second customer is missing.
    private static void Fill(OpsDb db)
    {
        for (var i = 0; i < 40; i++)
        {
            var unit = i % 2 == 0 ? "EMEA" : "AMER";
            var order = new ObjectRef("order", $"SO-{i}");
            var customer = new ObjectRef("customer", $"ACC-{i % 4}-{unit}");
            var started = Now.AddHours(-12 * i);
            var booked = i % 5 == 0 ? (DateTimeOffset?)null : started.AddMinutes(i % 3 == 0 ? 90 : i);
            var key = Ids.Key(["transaction", Flow, order.Type, order.Id]);
            db.Objects.Add(new BusinessObject
            {
                Key = order.Key, Type = order.Type, Id = order.Id, Unit = unit, Amount = 100 + i, Currency = unit == "EMEA" ? "EUR" : "USD",
                ReceivedAt = Now, Disagrees = i % 7 == 0, DisagreesSince = i % 7 == 0 ? Now : null, Label = $"Company {i}",
            });
            TransactionMilestone[] milestones =
            [
                new() { TransactionKey = key, Name = "invoiced", Flow = Flow, ReachedAt = started, ReceivedAt = started },
                new() { TransactionKey = key, Name = "booked-in-erp", Flow = Flow, Ordinal = 1, ReachedAt = booked, ReceivedAt = booked, DueAt = started.AddHours(1) },
            ];
            db.TransactionMilestones.AddRange(milestones);
            db.Transactions.Add(new Transaction
            {
                Key = key, Flow = Flow, LeadKey = order.Key, LeadType = order.Type, LeadId = order.Id, Unit = unit, Amount = 100 + i,
                Currency = unit == "EMEA" ? "EUR" : "USD", Objects = 1, Milestones = 2, Reached = booked is null ? 1 : 2, Late = booked > started.AddHours(1), Progress = OpsConsole.Flows.Transaction.ProgressOf(milestones), StartedAt = started,
                CompletedAt = booked, NextDueAt = booked is null ? started.AddHours(1) : null, ReceivedAt = started,
            });
            db.TransactionObjects.Add(new TransactionObject { TransactionKey = key, ObjectKey = order.Key, LeadKey = order.Key, Path = "order" });
            Link(db, order, customer);
        }

        foreach (var unit in new[] { "EMEA", "AMER" })
        {
            for (var i = 0; i < 4; i++)
            {
                var customer = new ObjectRef("customer", $"ACC-{i}-{unit}");
                db.Objects.Add(new BusinessObject { Key = customer.Key, Type = customer.Type, Id = customer.Id, Unit = unit, ReceivedAt = Now });
                if (i % 2 == 0)
                {
                    db.Cases.Add(Case(customer, "create", unit, 0));
                }

                db.Cases.Add(Case(new ObjectRef("order", $"SO-{i + 8}"), "update", unit, 10 * (i + 1)));
            }
        }

        var ended = Case(new ObjectRef("customer", "ACC-9"), "create", "EMEA", 1000);
        ended.Move(CaseAction.Proven, Actor.System, "seen", Now);
        db.Cases.Add(ended);
        db.SaidNames.Add(new SaidName
        {
            Key = Ids.OfName("order", "stripe", "in_1"), Kind = NameKind.Alias, SpokenKey = Ids.OfObject("order", "in_1"), Type = "order", System = "stripe", Id = "in_1",
            TargetSpokenKey = Ids.OfObject("order", "SO-2"), TargetType = "order", TargetSystem = "crm", TargetId = "SO-2", Time = Now, Source = "urn:s", EventId = "1",
        });
    }

    private static void Link(OpsDb db, ObjectRef from, ObjectRef to)
    {
        db.ObjectLinks.Add(new ObjectLink { FromKey = from.Key, ToKey = to.Key, FromType = from.Type, ToType = to.Type });
        db.ObjectLinks.Add(new ObjectLink { FromKey = to.Key, ToKey = from.Key, FromType = to.Type, ToType = from.Type });
    }

    private static ExceptionCase Case(ObjectRef about, string operation, string unit, decimal amount) => new()
    {
        Id = ExceptionSignal.OfFailure(about.Type, about.Id, "erp", $"{operation}-{unit}"),
        ObjectKey = about.Key, ObjectType = about.Type, ObjectId = about.Id, System = "erp", Operation = operation, ExceptionType = "tax-profile-missing",
        Fingerprint = $"print-{operation}", Title = "Refused", Cause = "Refused", Unit = unit, Amount = amount, Currency = "EUR", ReportingAmount = amount,
        FailedAt = Now.AddHours(-5), OpenedAt = Now.AddHours(-5), ChangedAt = Now, Spells = 1,
    };

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Kpis;
using OpsConsole.Kpis.Rolls;
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

    private KpiRoller? _roller;

    private BoardWorld(TestDatabase database) => _database = database;

    public static Actor Reader(Scope scope) => Actor.System with { Scope = scope };

    /// <param name="more">Facts besides the usual ones.</param>
    public static async Task<BoardWorld> Start<TBrand>(Action<OpsDb>? more = null)
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
        more?.Invoke(db);
        await db.SaveChangesAsync();
        return world;
    }

    public Task<Board> Board(Scope scope, string? unit = null, string? period = null) => Board(scope, new BoardFilter { Unit = unit, Period = period });

    public async Task<Board> Board(Scope scope, BoardFilter filter)
    {
        await using var db = _database.CreateDbContext();
        return (await new MeasureBoardHandler(db, _clock, _options, _reporting).Handle(new MeasureBoard(filter, Reader(scope)), default)).Value!;
    }

    /// <summary>Every number of the board, above the panes and below.</summary>
    public async Task<IReadOnlyList<Tile>> Tiles(Scope scope, BoardFilter filter)
    {
        await using var db = _database.CreateDbContext();
        var below = (await new MeasureFiguresHandler(db, _clock, _options, _reporting).Handle(new MeasureFigures(filter, Reader(scope)), default)).Value!;
        return [.. (await Board(scope, filter)).Tiles, .. below.Groups.SelectMany(group => group.Tiles)];
    }

    public async Task<KpiDetails> Details(Kpi kpi, Scope scope, BoardFilter filter)
    {
        await using var db = _database.CreateDbContext();
        return (await new ShowKpiHandler(db, _clock, _options, _reporting).Handle(new ShowKpi(kpi.Code, filter, Reader(scope)), default)).Value!;
    }

    /// <summary>All pages of a number's list, a few rows at a time.</summary>
    public async Task<(List<KpiLine> Lines, long Total)> Lines(Kpi kpi, Scope scope, BoardFilter filter)
    {
        var (lines, after, total) = (new List<KpiLine>(), (string?)null, 0L);
        do
        {
            await using var db = _database.CreateDbContext();
            var page = (await new ListKpiRowsHandler(db, _clock, _options, _reporting).Handle(new ListKpiRows(kpi.Code, filter, Reader(scope), after, 7), default)).Value!;
            lines.AddRange(page.Items);
            (after, total) = (page.Next, page.Total);
        }
        while (after is not null);
        return (lines, total);
    }

    /// <summary>Rolls up all there is, as the worker does turn by turn.</summary>
    public async Task Roll()
    {
        // One and the same: another would have to wait until its lease ends.
        _roller ??= new KpiRoller(_database, _clock, _options, _reporting, NullLogger<KpiRoller>.Instance);
        while (await _roller.Look(default))
        {
        }
    }

    public async Task Change(Func<OpsDb, Task> change)
    {
        await using var db = _database.CreateDbContext();
        await change(db);
        await db.SaveChangesAsync();
    }

    /// <summary>The number as the board reads it, and from its rows one by one.</summary>
    public async Task<(KpiFigure Read, KpiFigure Raw, int RolledHours)> Both(Kpi kpi, Scope scope, BoardFilter filter)
    {
        await using var db = _database.CreateDbContext();
        var rates = await RateTable.Read(db, _reporting.Value.Currency, default);
        var window = (await filter.Window(db, Reader(scope), Now, _options.Value, rates, default)).Value!;
        var read = (await kpi.Read(db, window, default)).Rows;
        return (kpi.Measure(read, window), kpi.Measure(await kpi.Rows(db, window).ToListAsync(), window), read.Count(row => row.Rolled is not null));
    }

    /// <summary>A number's way through both stretches as the board reads it, and from its rows one by one.</summary>
    public async Task<(IReadOnlyList<KpiStep> Read, IReadOnlyList<KpiStep> Raw)> Ways(Kpi kpi, Scope scope, BoardFilter filter, bool hourly)
    {
        await using var db = _database.CreateDbContext();
        var rates = await RateTable.Read(db, _reporting.Value.Currency, default);
        var window = await kpi.Ready(db, (await filter.Window(db, Reader(scope), Now, _options.Value, rates, default)).Value!, default);
        var read = await kpi.Read(db, window, default);
        IReadOnlyList<KpiStep> Way(IReadOnlyList<KpiRow> rows, KpiWindow of) => OpsConsole.Kpis.Trends.Steps(kpi, rows, of, hourly);
        return (
            [.. Way(read.Rows, window), .. Way(read.Before, window.Before())],
            [.. Way(await kpi.Rows(db, window).ToListAsync(), window), .. Way(await kpi.Rows(db, window.Before()).ToListAsync(), window.Before())]);
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
        return await new ShowObjectHandler(db, new ContractShelf(), _clock).Handle(new ShowObject(type, id, Reader(scope)), default);
    }

    public async Task<Outcome<TransactionDetails>> Transaction(string id, Scope scope)
    {
        await using var db = _database.CreateDbContext();
        return await new ShowTransactionHandler(db, _clock).Handle(new ShowTransaction(Flow, id, Reader(scope)), default);
    }

    public ValueTask DisposeAsync()
    {
        _roller?.Dispose();
        return _database.DisposeAsync();
    }

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
                new() { TransactionKey = key, Name = "booked-in-erp", Flow = Flow, Ordinal = 1, ReachedAt = booked, ReceivedAt = booked, DueAt = started.AddHours(1), PriorAt = started, Pace = MilestonePace.Of(started, booked) },
            ];
            db.TransactionMilestones.AddRange(milestones);
            db.Transactions.Add(new Transaction
            {
                Key = key, Flow = Flow, LeadKey = order.Key, LeadType = order.Type, LeadId = order.Id, Unit = unit, Amount = 100 + i,
                Currency = unit == "EMEA" ? "EUR" : "USD", Objects = 1, Milestones = 2, Reached = booked is null ? 1 : 2, Late = booked > started.AddHours(1), Progress = OpsConsole.Flows.Transaction.ProgressOf(milestones), StartedAt = started,
                LegalEntity = i % 3 == 0 ? "DE01" : "US01", Region = i % 4 == 0 ? "CA" : "NY", CompletedAt = booked, NextDueAt = booked is null ? started.AddHours(1) : null, ReceivedAt = started,
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

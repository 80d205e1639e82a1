using Microsoft.Extensions.Hosting;
using OpsConsole.Calendars;
using OpsConsole.Cases.Types;
using OpsConsole.Storage;

namespace OpsConsole.Routing;

/// <summary>The first rule book, written at the first start only: what people change or delete stays so.</summary>
internal sealed class SeedRules(IDbContextFactory<OpsDb> databases, TimeProvider clock) : IHostedService
{
    private static readonly (string Code, string Label)[] s_queues =
    [
        ("ar-invoices", "AR invoices"), ("payments", "Payments"), ("billing-sync", "Billing sync"), ("master-data", "Master data"), ("not-arrived", "Not arrived"),
        (WorkQueue.Fallback, "Unrouted"),
    ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Queues.AnyAsync(cancellationToken))
        {
            await Number(db, cancellationToken);
            return;
        }

        // Keys are computed, so two nodes that start together write the same rows.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Dialect.InsertMissing(db, Rules(), cancellationToken);
        await db.Dialect.InsertMissing(db, [.. s_queues.Select((queue, i) => new WorkQueue { Code = queue.Code, Label = queue.Label, Ordinal = i + 1 }).OrderBy(q => q.Code, StringComparer.Ordinal)], cancellationToken);
        await Number(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The book as it is found gets the first number, where it has none.</summary>
    private async Task Number(OpsDb db, CancellationToken cancellationToken)
    {
        if (await db.BookVersions.AnyAsync(cancellationToken))
        {
            return;
        }

        var rules = await db.RoutingRules.AsNoTracking().OrderBy(r => r.Ordinal).ThenBy(r => r.Id).ToListAsync(cancellationToken);
        await db.Dialect.InsertMissing(
            db,
            [new BookVersion { Version = 1, Rules = BookRule.ToJson(rules.ConvertAll(BookRule.Of)), At = clock.GetUtcNow(), ById = Actor.System.Id, By = Actor.System.Name, Note = "As the console came" }],
            cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private List<RoutingRule> Rules()
    {
        var rules = new List<RoutingRule>();
        Add("What did not arrive", "not-arrived", 4, type: new MilestoneMissing().Code);
        Add("Large invoices", "ar-invoices", 2, entity: "invoice", least: 100_000);
        Add("Invoices", "ar-invoices", 8, entity: "invoice");
        Add("Payments", "payments", 8, entity: "payment");
        Add("Customers", "master-data", 10, entity: "customer", business: true);
        Add("Billing accounts", "billing-sync", 10, entity: "billing-account", business: true);
        Add("Orders", "billing-sync", 8, entity: "order", business: true);
        Add("Projects", "billing-sync", 10, entity: "project", business: true);
        Add("Timesheets", "billing-sync", 10, entity: "timesheet", business: true);
        Add("Silent feeds", "not-arrived", 2, type: new FeedSilent().Code);
        return [.. rules.OrderBy(rule => rule.Id)];

        void Add(string name, string queue, double hours, string? type = null, string? entity = null, decimal? least = null, bool business = false) => rules.Add(new RoutingRule
        {
            Id = Ids.Key(["rule", name]), Ordinal = rules.Count + 1, Name = name, Queue = queue, DueHours = hours,
            ExceptionType = type, EntityType = entity, AmountAtLeast = least, Calendar = business ? CalendarBook.OfUnit : null, UpdatedAt = clock.GetUtcNow(), UpdatedBy = Actor.System.Name,
        });
    }
}

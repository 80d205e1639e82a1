using Microsoft.Extensions.Hosting;
using OpsConsole.Access;
using OpsConsole.Calendars;
using OpsConsole.Notify;
using OpsConsole.Storage;

namespace OpsConsole.Routing;

/// <summary>The first levels of escalation, written at the first start only: what people change or delete stays so.</summary>
internal sealed class SeedSla(IDbContextFactory<OpsDb> databases, TimeProvider clock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.EscalationLevels.AnyAsync(cancellationToken) || await db.Audit.AnyAsync(entry => entry.Action == "escalation.delete", cancellationToken))
        {
            return;
        }

        // Keys are computed, so two nodes that start together write the same rows.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Dialect.InsertMissing(db, [.. Levels().OrderBy(level => level.Id)], cancellationToken);
        await db.Dialect.InsertMissing(db, [.. Objectives()], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<EscalationLevel> Levels() =>
    [
        Level(1, "A quarter of the time is left", 25, null, EscalationLevel.Holder, false),
        Level(2, "Overdue, a large amount", 0, 25_000, Notice.ToRole(Role.Approver), true),
        Level(3, "Overdue twice over, a very large amount", -100, 100_000, Notice.ToRole(Role.Executive), true),
    ];

    private EscalationLevel Level(int ordinal, string name, int left, decimal? least, string recipient, bool urgent) => new()
    {
        Id = Ids.Key(["escalation", name]), Ordinal = ordinal, Name = name, LeftPercent = left, AmountAtLeast = least, Recipient = recipient, Urgent = urgent,
        UpdatedAt = clock.GetUtcNow(), UpdatedBy = Actor.System.Name,
    };

    private IEnumerable<RecoveryObjective> Objectives() =>
        from promise in new (string Flow, double Hours, double Share)[] { ("customer-onboarding", 8, 0.9), ("order-to-cash", 16, 0.95), ("project-to-billing", 24, 0.9) }
        select new RecoveryObjective { Flow = promise.Flow, Hours = promise.Hours, Calendar = CalendarBook.OfUnit, Share = promise.Share, UpdatedAt = clock.GetUtcNow(), UpdatedBy = Actor.System.Name };
}

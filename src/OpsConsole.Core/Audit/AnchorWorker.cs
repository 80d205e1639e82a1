using Microsoft.Extensions.Options;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Audit;

/// <summary>Makes an anchor as often as <c>Audit:AnchorMinutes</c> says and once more when the console ends, and takes each outside until it has arrived.</summary>
public sealed class AnchorWorker(
    IDbContextFactory<OpsDb> databases, AnchorMaker maker, IEnumerable<IAnchorWay> ways, IOptions<AuditOptions> options, TimeProvider clock, ILogger<AnchorWorker> log)
    : LeasedWorker(databases, new WorkSignal(), TimeSpan.FromSeconds(5), log)
{
    private const int MostAtOnce = 20;
    private static readonly TimeSpan s_longestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(3);

    private readonly IReadOnlyList<IAnchorWay> _ways = [.. ways];
    private readonly TimeSpan _every = TimeSpan.FromMinutes(options.Value.AnchorMinutes);
    private bool _ending;

    protected override string LeaseName => "audit-anchors";

    /// <summary>Anchors what has come since the last one, as far as the database still answers.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_lastWords);
        try
        {
            _ending = true;
            await Look(limit.Token);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            log.NotAnchoredAtEnd(failure.Message);
        }
    }

    protected override async Task<bool> Turn(long epoch, CancellationToken cancellationToken)
    {
        await InTransaction(epoch, db => Make(db, cancellationToken), cancellationToken);
        var due = await InTransaction(epoch, db => Due(db, cancellationToken), cancellationToken);
        var faults = new List<string?>();
        foreach (var (delivery, anchor) in due)
        {
            faults.Add(await Deliver(delivery.Way, anchor, cancellationToken));
        }

        if (due.Count > 0)
        {
            await InTransaction(epoch, db => Record(db, [.. due.Select(one => one.Delivery)], faults, cancellationToken), cancellationToken);
        }

        return due.Count == MostAtOnce;
    }

    private async Task<bool> Make(OpsDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var last = await db.AuditAnchors.AsNoTracking().OrderByDescending(a => a.Number).Select(a => (DateTimeOffset?)a.At).FirstOrDefaultAsync(cancellationToken);
        return (_ending || last is null || now - last >= _every) && await maker.Make(db, now, cancellationToken) is not null;
    }

    private async Task<List<(AuditDelivery Delivery, AuditAnchor Anchor)>> Due(OpsDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await (
            from delivery in db.AuditDeliveries.AsNoTracking()
            where delivery.DeliveredAt == null && delivery.DueAt <= now
            join anchor in db.AuditAnchors.AsNoTracking() on delivery.Number equals anchor.Number
            orderby delivery.Number descending
            select new { delivery, anchor }).Take(MostAtOnce).ToListAsync(cancellationToken);
        return due.ConvertAll(one => (one.delivery, one.anchor));
    }

    private async Task<string?> Deliver(string way, AuditAnchor anchor, CancellationToken cancellationToken) =>
        _ways.FirstOrDefault(one => one.Name == way) is { IsSet: true } set ? await set.Deliver(anchor.Line(), cancellationToken) : "no setting names it any more";

    private async Task<int> Record(OpsDb db, List<AuditDelivery> deliveries, List<string?> faults, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        for (var i = 0; i < deliveries.Count; i++)
        {
            var (delivery, fault) = (deliveries[i], faults[i]);
            db.AuditDeliveries.Attach(delivery);
            delivery.Attempts++;
            delivery.Fault = fault?.Length > Columns.Sentence ? fault[..Columns.Sentence] : fault;
            if (fault is null)
            {
                delivery.DeliveredAt = now;
                continue;
            }

            var wait = TimeSpan.FromSeconds(5 * Math.Pow(2, Math.Min(delivery.Attempts, 12)));
            delivery.DueAt = now + (wait < s_longestWait ? wait : s_longestWait);
            log.AnchorNotDelivered(delivery.Number, delivery.Way, fault);
        }

        return await db.SaveChangesAsync(cancellationToken);
    }
}

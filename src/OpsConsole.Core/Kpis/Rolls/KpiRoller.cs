using Microsoft.Extensions.Options;
using OpsConsole.Live;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Kpis.Rolls;

/// <summary>
/// Rolls numbers up by the hour, and computes anew each hour that a change has touched, from its rows. It goes back to the oldest rows a stretch at a time; until then
/// the older ones are read themselves.
/// </summary>
internal sealed class KpiRoller(IDbContextFactory<OpsDb> databases, TimeProvider clock, IOptions<KpiOptions> options, IOptions<ReportingOptions> reporting, ILogger<KpiRoller> log)
    : LeasedWorker(databases, new WorkSignal(), TimeSpan.FromSeconds(15), log)
{
    private const int MostTouches = 10_000;

    // Rows of so many days are looked at in one turn.
    private static readonly TimeSpan s_stretch = TimeSpan.FromDays(7);

    public static IReadOnlyList<Kpi> Rolled { get; } = [.. KpiCatalog.All.Where(kpi => kpi.Source is not KpiSource.None)];

    protected override string LeaseName => "kpi-roller";

    protected override Task<bool> Turn(long epoch, CancellationToken cancellationToken) => InTransaction(
        epoch,
        async db =>
        {
            var rates = await RateTable.Read(db, reporting.Value.Currency, cancellationToken);
            var now = clock.GetUtcNow();
            var window = new KpiWindow(now, now, now, null, Scope.All, options.Value.Flow, options.Value, rates);
            var mended = await Mend(db, window, cancellationToken);
            var advanced = false;
            foreach (var kpi in Rolled)
            {
                advanced |= await Advance(db, kpi, window, cancellationToken);
            }

            return mended || advanced;
        },
        cancellationToken);

    // A change that is seen here is seen by every look that follows; one that comes later leaves a touch that is not in the list.
    private static async Task<bool> Mend(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        var touches = await db.KpiTouches.AsNoTracking().OrderBy(touch => touch.Id).Take(MostTouches).ToListAsync(cancellationToken);
        if (touches.Count == 0)
        {
            return false;
        }

        var rolls = await db.KpiRolls.AsNoTracking().ToDictionaryAsync(roll => roll.Kpi, StringComparer.Ordinal, cancellationToken);
        foreach (var kpi in Rolled)
        {
            if (rolls.GetValueOrDefault(kpi.Code) is not { } roll || roll.Version != kpi.Definition.Version)
            {
                continue;
            }

            var hours = touches.Where(touch => touch.Source == kpi.Source && touch.Hour >= roll.From && touch.Hour < roll.Until).Select(touch => touch.Hour).Distinct().Order();
            foreach (var (from, to) in RolledRows.Runs(hours))
            {
                await Roll(db, kpi, window with { From = from, To = to }, cancellationToken);
            }
        }

        foreach (var some in touches.Select(touch => touch.Id).Chunk(1_000))
        {
            await db.KpiTouches.Where(touch => some.Contains(touch.Id)).ExecuteDeleteAsync(cancellationToken);
        }

        return touches.Count == MostTouches;
    }

    /// <returns>True when there is more to go back to.</returns>
    private static async Task<bool> Advance(OpsDb db, Kpi kpi, KpiWindow window, CancellationToken cancellationToken)
    {
        var (code, now) = (kpi.Code, RolledRows.Floor(window.Now));
        var roll = await db.KpiRolls.SingleOrDefaultAsync(one => one.Kpi == code, cancellationToken);
        if (roll is null || roll.Version != kpi.Definition.Version)
        {
            await db.KpiHours.Where(hour => hour.Kpi == code).ExecuteDeleteAsync(cancellationToken);
            await db.KpiRolls.Where(one => one.Kpi == code).ExecuteDeleteAsync(cancellationToken);
            db.ChangeTracker.Clear();
            roll = new KpiRoll { Kpi = code, Version = kpi.Definition.Version, From = now, Until = now };
            db.KpiRolls.Add(roll);
        }

        if (roll.Until < now)
        {
            await Roll(db, kpi, window with { From = roll.Until, To = now }, cancellationToken);
            roll.Until = now;
        }

        var oldest = await kpi.Rows(db, window with { From = DateTimeOffset.UnixEpoch, To = roll.From }).OrderBy(row => row.At).Select(row => (DateTimeOffset?)row.At).FirstOrDefaultAsync(cancellationToken);
        if (oldest is not { } at)
        {
            // Nothing is older: all that was before is told by nothing. A row that comes there later leaves a touch.
            roll.From = DateTimeOffset.UnixEpoch;
            return false;
        }

        var from = roll.From - s_stretch is var back && back > at ? back : RolledRows.Floor(at);
        await Roll(db, kpi, window with { From = from, To = roll.From }, cancellationToken);
        roll.From = from;
        return true;
    }

    private static async Task Roll(OpsDb db, Kpi kpi, KpiWindow window, CancellationToken cancellationToken)
    {
        var code = kpi.Code;
        var rows = await kpi.Rows(db, window).ToListAsync(cancellationToken);
        var hours = rows.Zip(kpi.Values(rows, window)).GroupBy(one => new { Hour = RolledRows.Floor(one.First.At), one.First.Unit, LegalEntity = one.First.LegalEntity ?? "", Region = one.First.Region ?? "", Currency = one.First.Currency ?? "" })
            .Select(same => KpiHour.Of(code, same.Key.Hour, same.Key.Unit, same.Key.LegalEntity, same.Key.Region, same.Key.Currency, same.Count(), same.Count(one => one.Second is not null), same.Sum(one => one.Second ?? 0)));
        await db.KpiHours.Where(hour => hour.Kpi == code && hour.Hour >= window.From && hour.Hour < window.To).ExecuteDeleteAsync(cancellationToken);
        await db.Dialect.Insert(db, [.. hours.OrderBy(hour => hour.Id)], cancellationToken);
    }
}

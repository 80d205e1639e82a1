using Microsoft.Extensions.Options;
using OpsConsole.Calendars;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>One number with its way through the period, beside the stretch before, aligned by business day.</summary>
/// <param name="Code">Of <see cref="KpiCatalog"/>.</param>
/// <param name="Filter">As on the board.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ShowKpi(string Code, BoardFilter Filter, Actor Actor) : IRequest<Outcome<KpiDetails>>, IGuarded
{
    public Right Needs => Right.ReadBoard;
}

/// <param name="Tile">As on the board.</param>
/// <param name="Window">What it was asked for.</param>
/// <param name="Currency">The reporting currency.</param>
/// <param name="Compared">Hour by hour or day by day, oldest first; empty where no trend is known.</param>
/// <param name="Annotations">What happened meanwhile, the latest first.</param>
public sealed record KpiDetails(Tile Tile, KpiWindow Window, string Currency, IReadOnlyList<KpiCompared> Compared, IReadOnlyList<AnnotationLine> Annotations);

/// <param name="At">The beginning of the hour or day (UTC).</param>
/// <param name="Value">Nothing where nothing was measured.</param>
/// <param name="Earlier">On the business day of the same rank in the stretch before; nothing on days off, and where nothing was measured.</param>
public sealed record KpiCompared(DateTimeOffset At, decimal? Value, decimal? Earlier);

internal sealed class ShowKpiHandler(OpsDb db, TimeProvider clock, IOptions<KpiOptions> options, IOptions<ReportingOptions> reporting)
    : IRequestHandler<ShowKpi, Outcome<KpiDetails>>
{
    public async Task<Outcome<KpiDetails>> Handle(ShowKpi request, CancellationToken cancellationToken)
    {
        if (KpiCatalog.Find(request.Code) is not { } kpi)
        {
            return Refusal.NotFound($"The number {request.Code}");
        }

        var rates = await RateTable.Read(db, reporting.Value.Currency, cancellationToken);
        var asked = await request.Filter.Window(db, request.Actor, clock.GetUtcNow(), options.Value, rates, cancellationToken);
        if (asked.Value is not { } window)
        {
            return asked.Refusal!;
        }

        var reading = await KpiReading.Of(db, kpi, window, cancellationToken);
        var tile = await reading.Tile(db, cancellationToken);
        var before = tile.Trend.Steps.Count == 0 ? [] : await Before(reading, tile.Trend.Hourly, cancellationToken);
        var units = window.Unit is { } unit ? window.Calendars.Find(CalendarBook.OfUnit, unit) : null;
        return new KpiDetails(
            tile, reading.Window, reporting.Value.Currency, KpiCompare.Align(tile.Trend, before, reading.Window, day => BoardFilter.IsWorked(units, day)),
            await ListAnnotationsHandler.On(db, window, cancellationToken));
    }

    private async Task<IReadOnlyList<KpiStep>> Before(KpiReading reading, bool hourly, CancellationToken cancellationToken)
    {
        var window = reading.Window.Before();
        if (!reading.Kpi.Sampled)
        {
            return Trends.Steps(reading.Kpi, reading.Read.Before, window, hourly);
        }

        var points = await Trends.Points(db, reading.Kpi, window, cancellationToken);
        return [.. points.GroupBy(point => Trends.Stretch(point.At, hourly)).OrderBy(stretch => stretch.Key).Select(stretch => new KpiStep(stretch.Key, stretch.Last().Value))];
    }
}

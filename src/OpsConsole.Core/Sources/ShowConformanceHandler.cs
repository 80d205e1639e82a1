using OpsConsole.Storage;

namespace OpsConsole.Sources;

internal sealed class ShowConformanceHandler(OpsDb db, TimeProvider clock) : IRequestHandler<ShowConformance, Outcome<SourceConformance>>
{
    private const long MostFacts = 400_000;
    private const int MostKinds = 20;
    private const int Latest = 500;
    private const string NoService = "unknown_service";

    private static readonly TimeSpan[] s_windows = [TimeSpan.FromDays(7), TimeSpan.FromDays(1), TimeSpan.FromHours(6), TimeSpan.FromHours(1)];

    public async Task<Outcome<SourceConformance>> Handle(ShowConformance request, CancellationToken cancellationToken)
    {
        var source = await db.Sources.AsNoTracking().SingleOrDefaultAsync(s => s.Name == request.Name, cancellationToken);
        if (source is null || !request.Actor.Sees(source))
        {
            return Refusal.NotFound("The source");
        }

        var now = clock.GetUtcNow();
        var since = await Window(now, cancellationToken);
        var (events, ofEvents) = await Events(source.Id, since, cancellationToken);
        var (spans, ofSpans) = await Spans(source.Id, since, cancellationToken);
        var lags = await Lags(source.Id, since, cancellationToken);
        var (starts, ahead) = await Starts(source.Id, since, cancellationToken);
        return new SourceConformance
        {
            Id = source.Id,
            Name = source.Name,
            Since = since,
            Events = events,
            Spans = spans,
            Sends = await Sends(source.Id, since, cancellationToken),
            Checks = [.. ofEvents.Concat(ofSpans).Append(new ConformanceLine(ConformanceChecks.SpanClock, ahead, starts.Count)).Where(line => line.Asked > 0)],
            Clock = Clock([.. lags, .. starts]),
            Settled = await Settled(source.Id, cancellationToken),
            Rejects = await Rejects(source.Id, cancellationToken),
            TurnedAway = await TurnedAway(source.Id, now - s_windows[0], cancellationToken),
        };
    }

    // The facts of all senders stand together, so all of them decide how far back can be counted in a moment.
    private async Task<DateTimeOffset> Window(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var from = now - s_windows[0];
        var hours = await db.SourceHours.AsNoTracking().Where(h => h.Hour >= from).GroupBy(h => h.Hour).Select(hour => new { hour.Key, Facts = hour.Sum(h => h.Events + h.Spans) }).ToListAsync(cancellationToken);
        var window = Array.Find(s_windows, back => hours.Where(hour => hour.Key >= now - back).Sum(hour => hour.Facts) <= MostFacts);
        return now - (window == default ? s_windows[^1] : window);
    }

    private async Task<(long Facts, IReadOnlyList<ConformanceLine> Lines)> Events(Guid source, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var events = db.Events.AsNoTracking().Where(e => e.SenderId == source && e.Time >= since);
        var borne = ConformanceChecks.Borne.TotalMinutes;
        var said = await events.GroupBy(_ => 1).Select(all => new
        {
            Facts = all.Count(),
            Units = all.Count(e => e.BusinessUnit == null),
            Operations = all.Count(e => e.Operation == ""),
            Traces = all.Count(e => e.TraceId == null),
            Ahead = all.Count(e => e.Time > e.ReceivedAt.AddMinutes(borne)),
            Failed = all.Count(e => e.ErrorCode != null),
            Payloads = all.Count(e => e.ErrorCode != null && !e.HasPayload),
            Keys = all.Count(e => e.ErrorCode != null && e.IdempotencyKey == null),
            States = all.Count(e => e.ErrorCode == null && e.State == null),
        }).SingleOrDefaultAsync(cancellationToken);
        if (said is null)
        {
            return (0, []);
        }

        var valued = events.Where(e => ConformanceChecks.Valued.Contains(e.EntityType));
        return (said.Facts,
        [
            new(ConformanceChecks.Unit, said.Units, said.Facts),
            new(ConformanceChecks.Amount, await valued.CountAsync(e => e.Amount == null, cancellationToken), await valued.CountAsync(cancellationToken)),
            new(ConformanceChecks.Operation, said.Operations, said.Facts),
            new(ConformanceChecks.State, said.States, said.Facts - said.Failed),
            new(ConformanceChecks.Payload, said.Payloads, said.Failed),
            new(ConformanceChecks.Key, said.Keys, said.Failed),
            new(ConformanceChecks.Trace, said.Traces, said.Facts),
            new(ConformanceChecks.Clock, said.Ahead, said.Facts),
        ]);
    }

    private async Task<(long Facts, IReadOnlyList<ConformanceLine> Lines)> Spans(Guid source, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var (day, nanos) = (DateOnly.FromDateTime(since.UtcDateTime), Nanos(since));
        var spans = db.Spans.AsNoTracking().Where(s => s.SenderId == source && s.Day >= day && s.StartNanos >= nanos);
        var said = await spans.GroupBy(_ => 1).Select(all => new
        {
            Facts = all.Count(),
            Roots = all.Count(s => s.ParentSpanId == null),
            Services = all.Count(s => s.Service == NoService),
            Failed = all.Count(s => s.Failed),
            Mute = all.Count(s => s.Failed && s.StatusMessage == null && s.Events == null),
            Backwards = all.Count(s => s.EndNanos < s.StartNanos),
        }).SingleOrDefaultAsync(cancellationToken);
        if (said is null)
        {
            return (0, []);
        }

        var roots = spans.Where(s => s.ParentSpanId == null);
        var keyed = roots.Where(s => db.TraceKeys.Any(k => k.TraceId == s.TraceId));
        var named = await keyed.CountAsync(cancellationToken);
        var placed = await keyed.CountAsync(s => db.TraceKeys.Any(k => k.TraceId == s.TraceId && k.Unit != null), cancellationToken);
        return (said.Facts,
        [
            new(ConformanceChecks.SpanKeys, said.Roots - named, said.Roots),
            new(ConformanceChecks.SpanUnit, named - placed, named),
            new(ConformanceChecks.Service, said.Services, said.Facts),
            new(ConformanceChecks.Message, said.Mute, said.Failed),
            new(ConformanceChecks.Backwards, said.Backwards, said.Facts),
        ]);
    }

    private async Task<IReadOnlyList<SentKind>> Sends(Guid source, DateTimeOffset since, CancellationToken cancellationToken) =>
        (await db.Events.AsNoTracking().Where(e => e.SenderId == source && e.Time >= since).GroupBy(e => new { e.EntityType, e.System })
            .Select(kind => new { kind.Key.EntityType, kind.Key.System, Events = kind.LongCount() })
            .OrderByDescending(kind => kind.Events).ThenBy(kind => kind.EntityType).ThenBy(kind => kind.System).Take(MostKinds).ToListAsync(cancellationToken))
        .ConvertAll(kind => new SentKind(kind.EntityType, kind.System, kind.Events));

    private async Task<List<double>> Lags(Guid source, DateTimeOffset since, CancellationToken cancellationToken) =>
        (await db.Events.AsNoTracking().Where(e => e.SenderId == source && e.Time >= since).OrderByDescending(e => e.Time).Take(Latest).Select(e => new { e.Time, e.ReceivedAt }).ToListAsync(cancellationToken))
        .ConvertAll(e => (e.ReceivedAt - e.Time).TotalSeconds);

    // A span is sent when it has ended, so its end is what receipt is measured from; its start is what can stand ahead.
    private async Task<(List<double> Lags, int Ahead)> Starts(Guid source, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var (day, nanos) = (DateOnly.FromDateTime(since.UtcDateTime), Nanos(since));
        var latest = await db.Spans.AsNoTracking().Where(s => s.SenderId == source && s.Day >= day && s.StartNanos >= nanos).OrderByDescending(s => s.StartNanos).Take(Latest)
            .Select(s => new { s.StartNanos, s.EndNanos, s.ReceivedAt }).ToListAsync(cancellationToken);
        return (
            latest.ConvertAll(s => (s.ReceivedAt - At(Math.Max(s.StartNanos, s.EndNanos))).TotalSeconds),
            latest.Count(s => At(s.StartNanos) - s.ReceivedAt > ConformanceChecks.Borne));
    }

    private async Task<SourceSettled> Settled(Guid source, CancellationToken cancellationToken)
    {
        var counts = await db.IntakeCounts.AsNoTracking().Where(count => count.SourceId == source).ToListAsync(cancellationToken);
        return new SourceSettled(counts.Sum(count => count.Stored), counts.Sum(count => count.Duplicates), counts.Sum(count => count.Conflicts), counts.Sum(count => count.Quarantined));
    }

    private async Task<IReadOnlyList<SourceReject>> Rejects(Guid source, CancellationToken cancellationToken) =>
        (await db.Quarantine.AsNoTracking().Where(q => q.SenderId == source && q.SettledAt == null).GroupBy(q => new { q.Reason, q.Field })
            .Select(kind => new { kind.Key.Reason, kind.Key.Field, Count = kind.LongCount() }).OrderByDescending(kind => kind.Count).ThenBy(kind => kind.Reason).Take(MostKinds).ToListAsync(cancellationToken))
        .ConvertAll(kind => new SourceReject(kind.Reason, kind.Field, kind.Count));

    private async Task<IReadOnlyList<TurnedAway>> TurnedAway(Guid source, DateTimeOffset since, CancellationToken cancellationToken) =>
        (await db.SourceRefusals.AsNoTracking().Where(r => r.SourceId == source && r.Hour >= since).GroupBy(r => r.Reason)
            .Select(same => new { same.Key, Count = same.Sum(r => r.Count), Last = same.Max(r => r.LastAt) }).OrderByDescending(same => same.Count).ToListAsync(cancellationToken))
        .ConvertAll(same => new TurnedAway(same.Key, same.Count, same.Last));

    private static SourceClock? Clock(List<double> lags)
    {
        if (lags.Count == 0)
        {
            return null;
        }

        lags.Sort();
        return new SourceClock(lags.Count, lags[(lags.Count - 1) / 2], lags[^1], Math.Max(0, -lags[0]));
    }

    private static long Nanos(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks * 100;

    private static DateTimeOffset At(long nanos) => DateTimeOffset.UnixEpoch.AddTicks(nanos / 100);
}

using System.Globalization;
using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Traces;

/// <summary>Lists traces that speak of something within the caller's scope, the latest started first.</summary>
public sealed record FindTraces(TraceFilter Filter, Actor Actor, string? After = null, int Take = 50) : IRequest<Outcome<Page<TraceLine>>>, IGuarded
{
    public Right Needs => Right.ReadFacts;
}

/// <summary>What a list of traces is narrowed to. All that is given must hold.</summary>
/// <param name="Query">A trace id, a business key under any of its names, or the beginning of a service or step.</param>
/// <param name="Service">Exactly this service, of the root span.</param>
/// <param name="ErrorsOnly">Only those with a failed span.</param>
/// <param name="Since">Started at or after.</param>
/// <param name="Until">Started before.</param>
public sealed record TraceFilter(
    string? Query = null, string? Service = null, bool ErrorsOnly = false, DateTimeOffset? Since = null, DateTimeOffset? Until = null);

/// <summary>One trace in a list.</summary>
public sealed record TraceLine
{
    public required string TraceId { get; init; }
    public required string Service { get; init; }
    public required string Name { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset EndedAt { get; init; }
    public int Spans { get; init; }
    public int Services { get; init; }
    public int Errors { get; init; }

    /// <summary>False: the span without a parent has not come (yet).</summary>
    public bool Complete { get; init; }
    public IReadOnlyList<BusinessKey> Keys { get; init; } = [];
}

/// <summary>A business object that a trace speaks of, under its canonical name where there is one.</summary>
public sealed record BusinessKey(string Type, string Id, bool Failed);

internal sealed class FindTracesHandler(OpsDb db) : IRequestHandler<FindTraces, Outcome<Page<TraceLine>>>
{
    public async Task<Outcome<Page<TraceLine>>> Handle(FindTraces request, CancellationToken cancellationToken)
    {
        var found = await Matching(db.Traces.AsNoTracking().Seen(db, request.Actor.Scope), request.Filter, cancellationToken);
        var total = await found.LongCountAsync(cancellationToken);
        var take = Cursor.Take(request.Take);
        var (at, seen) = Read(request.After);
        if (at is { } before)
        {
            found = found.Where(t => t.StartedAt < before || (t.StartedAt == before && !seen.Contains(t.TraceId)));
        }

        var rows = await found.OrderByDescending(t => t.StartedAt).ThenBy(t => t.TraceId).Take(take + 1).ToListAsync(cancellationToken);
        var more = rows.Count > take;
        var shown = more ? rows[..take] : rows;
        var keys = await Keys(shown, request.Actor.Scope, cancellationToken);
        return new Page<TraceLine>([.. shown.Select(row => Line(row, keys[Convert.ToHexStringLower(row.TraceId)]))], total, more ? Next(shown, at, seen) : null);
    }

    private async Task<IQueryable<TraceSummary>> Matching(IQueryable<TraceSummary> traces, TraceFilter filter, CancellationToken cancellationToken)
    {
        if (filter.ErrorsOnly)
        {
            traces = traces.Where(t => t.Errors > 0);
        }

        if (!string.IsNullOrEmpty(filter.Service))
        {
            traces = traces.Where(t => t.Service == filter.Service);
        }

        if (filter.Since is { } since)
        {
            traces = traces.Where(t => t.StartedAt >= since);
        }

        if (filter.Until is { } until)
        {
            traces = traces.Where(t => t.StartedAt < until);
        }

        if (filter.Query?.Trim() is not { Length: > 0 } query)
        {
            return traces;
        }

        if (TraceIds.Parse(query) is { } id)
        {
            return traces.Where(t => t.TraceId == id);
        }

        var keys = await db.Objects.AsNoTracking().Where(o => o.Id == query || db.SaidNames.Any(n => n.Id == query && n.TargetSpokenKey == o.Key))
            .OrderBy(o => o.Key).Select(o => o.Key).Take(20).ToListAsync(cancellationToken);
        var spoken = (await ObjectNames.Of(db, keys, cancellationToken)).Select(name => name.SpokenKey).Distinct().ToList();
        return traces.Where(t => t.Service.StartsWith(query) || t.Name.Contains(query)
            || db.TraceKeys.Any(k => k.TraceId == t.TraceId && (k.Id == query || spoken.Contains(k.SpokenKey))));
    }

    private async Task<ILookup<string, BusinessKey>> Keys(IReadOnlyList<TraceSummary> traces, Scope scope, CancellationToken cancellationToken)
    {
        var ids = traces.Select(trace => trace.TraceId).ToList();
        var said = await db.TraceKeys.AsNoTracking().Where(k => ids.Contains(k.TraceId)).ToListAsync(cancellationToken);
        var objects = await ObjectNames.Resolve(db, [.. said.Select(key => key.SpokenKey).Distinct()], cancellationToken);
        return (
            from key in said
            let known = objects.GetValueOrDefault(key.SpokenKey)
            where known is null ? scope.Everything || (key.Unit is { } unit && scope.Covers(unit, entity: null)) : scope.Covers(known.Unit)
            let named = new BusinessKey(known?.Type ?? key.Type, known?.Id ?? key.Id, key.Failed)
            group key by (Trace: Convert.ToHexStringLower(key.TraceId), named.Type, named.Id) into same
            orderby same.Key.Type, same.Key.Id
            select (same.Key.Trace, Key: new BusinessKey(same.Key.Type, same.Key.Id, same.Any(key => key.Failed)))).ToLookup(row => row.Trace, row => row.Key);
    }

    private static TraceLine Line(TraceSummary trace, IEnumerable<BusinessKey> keys) => new()
    {
        TraceId = Convert.ToHexStringLower(trace.TraceId),
        Service = trace.Service,
        Name = trace.Name,
        StartedAt = trace.StartedAt,
        EndedAt = trace.EndedAt,
        Spans = trace.Spans,
        Services = trace.Services,
        Errors = trace.Errors,
        Complete = trace.HasRoot,
        Keys = [.. keys],
    };

    // Bytes have no order that both databases can be asked for, so the cursor names the ids of its last moment instead.
    private static string Next(List<TraceSummary> shown, DateTimeOffset? at, IReadOnlyList<byte[]> seen)
    {
        var last = shown[^1].StartedAt;
        var ids = shown.Where(trace => trace.StartedAt == last).Select(trace => trace.TraceId).Concat(at == last ? seen : []);
        return Cursor.Of([last.UtcTicks.ToString(CultureInfo.InvariantCulture), .. ids.Select(Convert.ToHexString)]);
    }

    private static (DateTimeOffset? At, IReadOnlyList<byte[]> Seen) Read(string? cursor) =>
        Cursor.Read(cursor, 2) is [var ticks, .. var ids] && long.TryParse(ticks, CultureInfo.InvariantCulture, out var at)
            ? (new DateTimeOffset(at, TimeSpan.Zero), [.. ids.Select(TraceIds.Parse).OfType<byte[]>()])
            : (null, []);
}

/// <summary>Trace ids as people write them.</summary>
public static class TraceIds
{
    /// <summary>32 hexadecimal digits, in whatever case and with spaces between as pages show them; nothing else is a trace id.</summary>
    public static byte[]? Parse(string? text)
    {
        var digits = text?.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return digits is { Length: 32 } && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }
}

internal static class TraceQueries
{
    /// <summary>
    /// A trace is seen by those who see an object that it speaks of, or the unit that its spans name; spans name no legal entity, so who is limited to some sees it by its
    /// objects alone. One that names nothing: only by those who see everything.
    /// </summary>
    public static IQueryable<TraceSummary> Seen(this IQueryable<TraceSummary> traces, OpsDb db, Scope scope) =>
        scope.Everything ? traces
            : scope.ByEntity ? traces.Where(t => db.TraceKeys.Any(k => k.TraceId == t.TraceId
                && (db.Objects.Seen(scope).Any(o => o.Key == k.SpokenKey) || db.SaidNames.Any(n => n.SpokenKey == k.SpokenKey && db.Objects.Seen(scope).Any(o => o.Key == n.TargetSpokenKey)))))
            : traces.Where(t => db.TraceKeys.Any(k => k.TraceId == t.TraceId
                && ((k.Unit != null && scope.Units.Contains(k.Unit))
                    || db.Objects.Any(o => o.Key == k.SpokenKey && scope.Units.Contains(o.Unit))
                    || db.SaidNames.Any(n => n.SpokenKey == k.SpokenKey && db.Objects.Any(o => o.Key == n.TargetSpokenKey && scope.Units.Contains(o.Unit))))));
}

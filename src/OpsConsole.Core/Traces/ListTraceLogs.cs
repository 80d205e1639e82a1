using System.Globalization;
using System.Text.Json;
using OpsConsole.Contracts;
using OpsConsole.Storage;

namespace OpsConsole.Traces;

/// <summary>The log records of a trace in the order of their time.</summary>
/// <param name="TraceId">32 hexadecimal digits.</param>
/// <param name="SpanId">Only those of this span, 16 hexadecimal digits; nothing: all of the trace.</param>
/// <param name="Actor">Who asks.</param>
/// <param name="After">The last answer's <c>next</c>.</param>
/// <param name="Take">How many.</param>
public sealed record ListTraceLogs(string TraceId, string? SpanId, Actor Actor, string? After = null, int Take = 50) : IRequest<Outcome<Page<LogLine>>>, IGuarded
{
    public Right Needs => Right.ReadFacts;
}

/// <summary>A log record as pages and programs read it.</summary>
public sealed record LogLine
{
    public required DateTimeOffset Time { get; init; }

    /// <summary>Nothing: it belongs to the trace, but to no span of it.</summary>
    public string? SpanId { get; init; }

    /// <summary>trace, debug, info, warning, error, fatal, or unspecified.</summary>
    public required string Severity { get; init; }

    /// <summary>OTLP SeverityNumber, 0 to 24.</summary>
    public required int SeverityNumber { get; init; }

    /// <summary>The sender's own word.</summary>
    public string? SeverityText { get; init; }

    /// <summary>Dots where it, or a field of it, is not for the reader (<see cref="TelemetryVeil"/>).</summary>
    public string? Body { get; init; }
    public string? EventName { get; init; }
    public required string Service { get; init; }

    /// <summary>Who logged it within the service.</summary>
    public string? ScopeName { get; init; }
    public required JsonElement Attributes { get; init; }

    /// <summary>How many of its attributes are missing.</summary>
    public int Dropped { get; init; }

    internal static LogLine Of(LogRecord log, TelemetryVeil veil) => new()
    {
        Time = DateTimeOffset.UnixEpoch.AddTicks(log.TimeNanos / 100),
        SpanId = log.SpanId is null ? null : Convert.ToHexStringLower(log.SpanId),
        Severity = log.Severity switch { <= 0 => "unspecified", <= 4 => "trace", <= 8 => "debug", <= 12 => "info", <= 16 => "warning", <= 20 => "error", _ => "fatal" },
        SeverityNumber = log.Severity,
        SeverityText = log.SeverityText,
        Body = veil.Said(log.Body),
        EventName = log.EventName,
        Service = log.Service,
        ScopeName = log.ScopeName,
        Attributes = veil.Over(JsonElement.Parse(log.Attributes)),
        Dropped = log.Dropped,
    };
}

internal sealed class ListTraceLogsHandler(OpsDb db, ContractShelf shelf, TimeProvider clock) : IRequestHandler<ListTraceLogs, Outcome<Page<LogLine>>>
{
    private const int SpanDigits = 16;

    public async Task<Outcome<Page<LogLine>>> Handle(ListTraceLogs request, CancellationToken cancellationToken)
    {
        if (await TraceLogs.Of(db, request.TraceId, request.Actor.Scope, cancellationToken) is not { } logs)
        {
            return Refusal.NotFound("The trace");
        }

        if (request.SpanId is { } said)
        {
            if (said.Length != SpanDigits || !said.All(char.IsAsciiHexDigit))
            {
                return Refusal.Invalid("span", $"must be {SpanDigits} hexadecimal digits");
            }

            var span = Convert.FromHexString(said);
            logs = logs.Where(l => l.SpanId == span);
        }

        var total = await logs.LongCountAsync(cancellationToken);
        if (Read(request.After) is { } place)
        {
            var (time, key) = place;
            logs = logs.Where(l => l.TimeNanos > time || (l.TimeNanos == time && l.Key.CompareTo(key) > 0));
        }

        var take = Cursor.Take(request.Take);
        var rows = await logs.OrderBy(l => l.TimeNanos).ThenBy(l => l.Key).Take(take + 1).ToListAsync(cancellationToken);
        var shown = rows.Count > take ? rows[..take] : rows;
        var veil = await TelemetryVeil.Of(db, shelf, request.Actor, TraceIds.Parse(request.TraceId)!, clock.GetUtcNow(), cancellationToken);
        return new Page<LogLine>([.. shown.Select(log => LogLine.Of(log, veil))], total, rows.Count > take ? Next(shown[^1]) : null);
    }

    private static string Next(LogRecord last) => Cursor.Of(last.TimeNanos.ToString(CultureInfo.InvariantCulture), last.Key.ToString());

    private static (long Time, Guid Key)? Read(string? cursor) =>
        Cursor.Read(cursor, 2) is [var nanos, var id, ..] && long.TryParse(nanos, CultureInfo.InvariantCulture, out var time) && Guid.TryParse(id, out var key)
            ? (time, key)
            : null;
}

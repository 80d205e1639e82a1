using OpsConsole.Sources;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Intake.Otlp;

/// <summary>
/// Reads an <c>ExportTraceServiceRequest</c> straight from its bytes into rows: no object per attribute, texts stay where they are. It takes only
/// what is usual; of anything else it says nothing, and the generated classes decide what it is. A test holds the two against each other.
/// </summary>
internal sealed class WireSpans
{
    private const int NanosPerTick = 100;
    private static readonly byte[] s_unknown = "unknown_service"u8.ToArray();
    private static readonly byte[] s_none = "{}"u8.ToArray();

    private readonly ReadOnlyMemory<byte> _body;
    private readonly Sender _sender;
    private readonly DateTimeOffset _receivedAt;
    private readonly Arena _arena;
    private readonly WireJson _json = new();
    private readonly WireJson _list = new();
    private readonly WireAttributes _attributes;
    private readonly WireAttributes _inner;
    private readonly List<Reading> _readings = [];
    private readonly List<Place> _places = [];
    private Shared _shared = new(s_none, s_unknown, null, []);
    private ReadOnlyMemory<byte>? _scope;

    private WireSpans(ReadOnlyMemory<byte> body, Sender sender, DateTimeOffset receivedAt, BusinessKeys keys, Arena arena)
    {
        (_body, _sender, _receivedAt, _arena) = (body, sender, receivedAt, arena);
        _attributes = new WireAttributes(_json, keys);
        _inner = new WireAttributes(_list, keys);
    }

    /// <returns>All spans, or nothing when something in it is unusual.</returns>
    public static List<Reading>? Read(ReadOnlyMemory<byte> body, Sender sender, DateTimeOffset receivedAt, BusinessKeys keys, Arena arena)
    {
        var reader = new WireSpans(body, sender, receivedAt, keys, arena);
        return reader.Each(new Place(0, body.Length), 10, reader.Resource) ? reader._readings : null;
    }

    /// <summary>Every field under the tag; the others are passed over.</summary>
    private bool Each(Place message, uint tag, Func<Place, bool> read)
    {
        var cursor = new WireCursor(_body.Span, message.Start, message.Length);
        while (cursor.Next())
        {
            if (cursor.Tag != tag)
            {
                cursor.Skip();
            }
            else if (cursor.Bytes() is var place && (cursor.Odd || !read(place)))
            {
                return false;
            }
        }

        return !cursor.Odd;
    }

    /// <summary><c>ResourceSpans</c>: the resource may stand behind its spans.</summary>
    private bool Resource(Place message)
    {
        Place? resource = null;
        if (!Each(message, 10, place => Once(ref resource, place)) || !Enter(resource))
        {
            return false;
        }

        return Each(message, 18, Scope);
    }

    private static bool Once(ref Place? known, Place place)
    {
        var first = known is null;
        known = place;
        return first;
    }

    private bool Enter(Place? resource)
    {
        _attributes.Begin();
        if (resource is { } place && !Each(place, 10, Attribute))
        {
            return false;
        }

        var json = _arena.Keep(_attributes.End());
        var service = _attributes.Service is { Length: > 0 } name ? Kept(name, Columns.Identity) : s_unknown;
        _shared = new Shared(json, service, _attributes.Unit, [.. _attributes.Named]);
        return true;
    }

    private bool Attribute(Place place)
    {
        _attributes.Add(_body.Span, place);
        return !_attributes.Odd;
    }

    /// <summary><c>ScopeSpans</c>: so may the scope.</summary>
    private bool Scope(Place message)
    {
        Place? scope = null;
        if (!Each(message, 10, place => Once(ref scope, place)))
        {
            return false;
        }

        _scope = null;
        return (scope is not { } place || ReadScope(place)) && Each(message, 18, Span);
    }

    private bool ReadScope(Place message)
    {
        _list.Clear();
        _inner.Begin();
        _inner.Nested(_body.Span, message, 26);
        var cursor = new WireCursor(_body.Span, message.Start, message.Length);
        while (cursor.Next())
        {
            if (cursor.Tag == 10 && cursor.Bytes() is var name)
            {
                if (cursor.Odd || !IsText(name))
                {
                    return false;
                }

                _scope = name.Length > 0 ? Kept(name, Columns.Identity) : SpanRow.NoText;
            }
            else if (cursor.Tag != 10)
            {
                cursor.Skip();
            }
        }

        return !cursor.Odd && !_inner.Odd;
    }

    private bool Span(Place message)
    {
        var span = new WireSpan();
        if (!span.Read(_body.Span, message, _attributes, _inner, _list, _places) || !IsText(span.Name) || !IsText(span.Message))
        {
            return false;
        }

        var start = (long)Math.Min(span.Start, long.MaxValue);
        var row = new SpanRow
        {
            TraceId = span.TraceId,
            SpanId = span.SpanId,
            StartNanos = start,
            Day = DateOnly.FromDateTime(DateTime.UnixEpoch.AddTicks(start / NanosPerTick)),
            EndNanos = (long)Math.Min(span.End, long.MaxValue),
            ParentSpanId = span.Parent,
            Name = Kept(span.Name, Columns.Sentence),
            Kind = (short)span.Kind,
            Status = (short)span.Status,
            StatusMessage = span.Message.Length > 0 ? Slice(span.Message) : SpanRow.NoText,
            Failed = span.Status == 2 || _attributes.Error || span.Exception,
            Service = _shared.Service,
            ScopeName = _scope,
            Attributes = _arena.Keep(_json.Written),
            Resource = _shared.Resource,
            Events = span.Events.Length > 0 ? _arena.Keep(_list.Written[..span.Events.Length]) : SpanRow.NoText,
            Links = span.Links.Length > 0 ? _arena.Keep(_list.Written[span.Links.Start..]) : SpanRow.NoText,
            ReceivedAt = _receivedAt,
            SenderId = _sender.SourceId,
        };
        _readings.Add(Reading.Of(_readings.Count, row, Keys(row)));
        return true;
    }

    private IReadOnlyList<TraceKey> Keys(SpanRow row) =>
        _attributes.Named.Count + _shared.Named.Count == 0
            ? []
            : SpanMaker.Keys(row, [.. _attributes.Named.Concat(_shared.Named).Distinct()], SpanMaker.Allowed(_sender, _attributes.Unit ?? _shared.Unit));

    private ReadOnlyMemory<byte> Slice(Place place) => _body.Slice(place.Start, place.Length);

    private bool IsText(Place place) => WireAttributes.IsText(Slice(place).Span);

    private ReadOnlyMemory<byte> Kept(Place place, int most) => SpanMaker.Kept(Slice(place), most);

    /// <summary>What all spans of a resource have in common.</summary>
    private sealed record Shared(ReadOnlyMemory<byte> Resource, ReadOnlyMemory<byte> Service, string? Unit, IReadOnlyList<(string Type, string Id)> Named);
}

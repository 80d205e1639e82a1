using Google.Protobuf;
using OpsConsole.Intake.Otlp.Wire;

namespace OpsConsole.Tests.Intake;

/// <summary>Requests made of dice: what SDKs send, and what nobody would.</summary>
internal static class RandomSpans
{
    private static readonly string[] s_words = ["POST /invoices", "", "INV-1", "überweisung €", "a \"b\" \\ <c> & 'd'", "😀 smile", "line\nbreak\ttab", "\u007f\u0085\u2028", "exception", "x"];
    private static readonly string[] s_keys = ["http.route", "biz.invoice.id", "biz.order.id", "biz.business_unit", "netsuite.tranid", "service.name", "error.type", "", "biz.id", "biz.Bad.id", "größe"];

    public static ExportTraceServiceRequest Usual(Random random, int most = 8) => Request(random, most, strange: false);

    public static ExportTraceServiceRequest Strange(Random random) => Request(random, 4, strange: true);

    private static ExportTraceServiceRequest Request(Random random, int most, bool strange)
    {
        var request = new ExportTraceServiceRequest();
        for (var i = random.Next(1, 3); i > 0; i--)
        {
            var resource = new ResourceSpans { SchemaUrl = random.Next(3) == 0 ? "https://opentelemetry.io/schemas/1.27.0" : "" };
            if (random.Next(5) > 0)
            {
                resource.Resource = new Resource();
                Add(resource.Resource.Attributes, random, strange);
            }

            for (var j = random.Next(1, 3); j > 0; j--)
            {
                resource.ScopeSpans.Add(Scope(random, most, strange));
            }

            request.ResourceSpans.Add(resource);
        }

        return request;
    }

    private static ScopeSpans Scope(Random random, int most, bool strange)
    {
        var scope = new ScopeSpans();
        if (random.Next(4) > 0)
        {
            scope.Scope = new InstrumentationScope { Name = Word(random, strange), Version = "1.2" };
            Add(scope.Scope.Attributes, random, strange);
        }

        for (var i = random.Next(most + 1); i > 0; i--)
        {
            scope.Spans.Add(Span(random, strange));
        }

        return scope;
    }

    private static Span Span(Random random, bool strange)
    {
        var span = new Span
        {
            TraceId = Id(random, 16, strange), SpanId = Id(random, 8, strange), ParentSpanId = random.Next(3) == 0 ? ByteString.Empty : Id(random, 8, strange),
            Name = Word(random, strange), Kind = (Span.Types.SpanKind)(strange ? random.Next() : random.Next(6)), TraceState = "a=b",
            StartTimeUnixNano = Time(random, strange), EndTimeUnixNano = Time(random, strange),
        };
        Add(span.Attributes, random, strange);
        for (var i = random.Next(6) - 3; i > 0; i--)
        {
            var one = new Span.Types.Event { TimeUnixNano = Time(random, strange), Name = Word(random, strange) };
            Add(one.Attributes, random, strange);
            span.Events.Add(one);
        }

        for (var i = random.Next(6) - 3; i > 0; i--)
        {
            var link = new Span.Types.Link { TraceId = Id(random, 16, strange), SpanId = Id(random, 8, strange), TraceState = "c=d" };
            Add(link.Attributes, random, strange);
            span.Links.Add(link);
        }

        if (random.Next(2) == 0)
        {
            span.Status = new Status { Code = (Status.Types.StatusCode)random.Next(strange ? 5 : 3), Message = random.Next(2) == 0 ? "" : Word(random, strange) };
        }

        return span;
    }

    private static void Add(IList<KeyValue> attributes, Random random, bool strange)
    {
        for (var i = random.Next(6); i > 0; i--)
        {
            attributes.Add(new KeyValue { Key = s_keys[random.Next(s_keys.Length)], Value = strange && random.Next(10) == 0 ? null : Value(random, strange, 0) });
        }
    }

    private static AnyValue Value(Random random, bool strange, int depth) => random.Next(strange && depth < 40 ? 12 : depth < 3 ? 9 : 6) switch
    {
        0 => new AnyValue { BoolValue = random.Next(2) == 0 },
        1 => new AnyValue { IntValue = random.NextInt64(long.MinValue, long.MaxValue) },
        2 => new AnyValue { DoubleValue = random.Next(8) switch { 0 => double.NaN, 1 => double.NegativeInfinity, 2 => 0, 3 => 1e300, _ => random.NextDouble() * 1000 } },
        3 => new AnyValue { BytesValue = Bytes(random, random.Next(12)) },
        4 => new AnyValue { IntValue = random.Next(1000) },
        5 => new AnyValue { StringValue = Word(random, strange) },
        6 => new AnyValue(),
        7 or 9 or 10 => new AnyValue { ArrayValue = new ArrayValue { Values = { Enumerable.Range(0, random.Next(1, 3)).Select(_ => Value(random, strange, depth + 1)) } } },
        _ => new AnyValue { KvlistValue = new KeyValueList { Values = { Enumerable.Range(0, random.Next(1, 3)).Select(i => new KeyValue { Key = s_keys[random.Next(s_keys.Length)] + i, Value = Value(random, strange, depth + 1) }) } } },
    };

    private static string Word(Random random, bool strange) => strange && random.Next(25) == 0
        ? random.Next(2) == 0 ? "n\0l" : new string('é', random.Next(200, 700))
        : s_words[random.Next(s_words.Length)] + (random.Next(20) == 0 ? new string('n', random.Next(600)) : "");

    private static ByteString Id(Random random, int length, bool strange) =>
        strange && random.Next(30) == 0 ? random.Next(2) == 0 ? Bytes(random, random.Next(20)) : ByteString.CopyFrom(new byte[length]) : Bytes(random, length);

    private static ulong Time(Random random, bool strange) => strange && random.Next(10) == 0 ? (ulong)random.NextInt64(long.MinValue, long.MaxValue) : 1_774_958_400_000_000_000UL + (ulong)random.Next();

    private static ByteString Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return ByteString.CopyFrom(bytes);
    }
}

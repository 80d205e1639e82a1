using System.Globalization;
using System.Text.Json;
using OpsConsole.Events;

namespace OpsConsole.Traces;

/// <summary>
/// Names the gaps of a trace. The rules are asked in this order, what the spans themselves say before what is inferred from around them:
/// <list type="number">
/// <item>business: the span after the gap says what was waited for (<c>biz.wait</c>);</item>
/// <item>business: a person asked for the span after the gap (<c>enduser.id</c> or <c>user.id</c>, OpenTelemetry's attributes of the user);</item>
/// <item>back-off: the span after the gap repeats a failed one of the same service and step below the same parent, or says that it is sent again (<c>http.request.resend_count</c>);</item>
/// <item>queue: the span after the gap or the one that sent it names a queue (<c>messaging.destination.name</c>), takes from one (kind consumer) or puts into one (kind producer);</item>
/// <item>business: within the gap another process said something new of one of the trace's objects, which is what the trace waited for as far as the events tell;</item>
/// <item>unknown: none of these.</item>
/// </list>
/// </summary>
/// <param name="facts">What was said of the trace's objects, with the time at which it happened.</param>
internal sealed class GapNames(IReadOnlyList<TraceFact> facts)
{
    public const short Producer = 4;
    private const short Consumer = 5;

    /// <summary>The second span tries the first one's work again.</summary>
    public static bool IsRepeated(SpanRead before, SpanRead next) =>
        before.Service == next.Service && before.Name == next.Name && (before.Failed || Said(next, "http.request.resend_count") is not null);

    /// <summary>The gap before a span; nothing where the path did not stand still.</summary>
    /// <param name="node">Of a tree whose critical path has been walked.</param>
    /// <param name="start">Of the trace, in nanoseconds.</param>
    public TraceGap? Of(SpanNode node, long start)
    {
        if (node.WaitedNanos <= 0)
        {
            return null;
        }

        var from = node.Start - node.WaitedNanos;
        var (kind, name, rule) = Stated(node) ?? Repeated(node) ?? Queued(node) ?? Meanwhile(from, node.Start) ?? Unknown(node);
        return new TraceGap(kind, name, rule, SpanLine.Ms(from - start), SpanLine.Ms(node.WaitedNanos));
    }

    private static (GapKind, string, string)? Stated(SpanNode node)
    {
        if (Said(node.Span, "biz.wait") is { Length: > 0 } wait)
        {
            return (GapKind.Business, $"Business: {wait}", "The step after it says so: biz.wait.");
        }

        return (Said(node.Span, "enduser.id") ?? Said(node.Span, "user.id")) is { Length: > 0 }
            ? (GapKind.Business, "Business: a person", "The step after it was asked for by a person: enduser.id or user.id.")
            : null;
    }

    private static (GapKind, string, string)? Repeated(SpanNode node) => node.Repeats is null ? null :
        (GapKind.Backoff, "Retry back-off", node.Repeats.Span.Failed
            ? $"The step after it repeats {node.Repeats.Span.Name}, which had failed when it began."
            : "The step after it is sent again: http.request.resend_count.");

    private static (GapKind, string, string)? Queued(SpanNode node)
    {
        foreach (var span in new[] { node.Span, node.Parent?.Span })
        {
            if (span is not null && Said(span, "messaging.destination.name") is { } queue)
            {
                return (GapKind.Queue, $"Queue {queue}", $"{span.Name} names the queue: messaging.destination.name.");
            }
        }

        return (node.Span.Kind, node.Parent?.Span.Kind) switch
        {
            (Consumer, _) => (GapKind.Queue, "Queue", "The step after it takes a message: its kind is consumer."),
            (_, Producer) => (GapKind.Queue, "Queue", "The step before it sent a message: its kind is producer."),
            _ => null,
        };
    }

    private (GapKind, string, string)? Meanwhile(long from, long until)
    {
        var said = facts.LastOrDefault(fact => !fact.OwnTrace && fact.Outcome is not SyncOutcome.Failed && Nanos(fact.Time) is var at && at > from && at <= until);
        return said is null
            ? null
            : (GapKind.Business, $"Business: {said.Type} {said.Id}",
                $"Within it {said.System} said {(string.IsNullOrEmpty(said.State) ? "something new" : said.State)} of {said.Type} {said.Id}, at {said.Time.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC, in no step of this trace.");
    }

    private static (GapKind, string, string) Unknown(SpanNode node) => (
        GapKind.Unknown,
        node.Parent is null ? TraceGap.NothingRecorded : $"After {node.Parent.Span.Name}",
        "No step names a queue, a retry or a wait here, and no event of its objects fell into it.");

    private static long Nanos(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * 100;

    // Most spans say nothing of the kind, and reading them as JSON would cost more than the rest of the tree.
    private static string? Said(SpanRead span, string name) =>
        span.Attributes.Contains(name, StringComparison.Ordinal) ? SpanLine.Text(JsonElement.Parse(span.Attributes), name) : null;
}

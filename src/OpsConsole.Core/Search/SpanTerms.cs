using System.Linq.Expressions;
using OpsConsole.Queries;
using OpsConsole.Traces;

namespace OpsConsole.Search;

/// <summary>What a search asks of spans.</summary>
internal sealed class SpanTerms(SearchLens lens) : KindTerms<Span>
{
    private const long NanosPerMillisecond = 1_000_000;
    private const long NanosPerTick = 100;

    /// <summary>Nanoseconds since the Unix epoch; what cannot be told so is the nearest that can.</summary>
    public static long Nanos(DateTimeOffset at) => Math.Clamp((at - DateTimeOffset.UnixEpoch).Ticks, 0, long.MaxValue / NanosPerTick) * NanosPerTick;

    protected override Expression<Func<Span, bool>>? Term(QueryTerm term) => term.Field switch
    {
        null => Bare(term),
        { Name: "status" } => Status(term.Codes[0]),
        { Name: "service" } => Conditions.Same<Span>(s => s.Service, term),
        { Name: "name" } => Conditions.Like<Span>(s => s.Name, term.Value),
        { Name: "step" } => Step(term.Value),
        { Name: "duration" } => Conditions.Compared<Span, long>(s => s.EndNanos - s.StartNanos, term.Operator, (long)(term.Number * NanosPerMillisecond)),
        { Name: "time" } => Time(term.Operator, term.Moment),
        { Name: "trace" } => InTrace(TraceIds.Parse(term.Value)),
        { Name: "unit" } => OfUnit(Conditions.Spellings(term.Value)),
        { Name: "object" } => OfType(Conditions.Spellings(term.Value)),
        { Name: "error" } => Attribute("error.type", term),
        { } hidden when hidden.Attribute() is { } name && lens.Veil.Hides(name) => Conditions.Always<Span>(false),
        { } field when field.Attribute() is { } name => Attribute(name, term),
        { } field when field.IsKey() => Speaking(lens.Named(term).Spoken),
        _ => null,
    };

    private static Expression<Func<Span, bool>>? Status(string code) => code switch
    {
        SearchStatus.Error => s => s.Failed,
        SearchStatus.Ok => s => !s.Failed,
        _ => null,
    };

    private static Expression<Func<Span, bool>> Time(QueryOperator sign, DateTimeOffset at) =>
        sign is QueryOperator.Equal && at.TimeOfDay == TimeSpan.Zero
            ? Conditions.Both(
                Conditions.Compared<Span, long>(s => s.StartNanos, QueryOperator.AtLeast, Nanos(at)),
                Conditions.Compared<Span, long>(s => s.StartNanos, QueryOperator.Below, Nanos(at.AddDays(1))))
            : Conditions.Compared<Span, long>(s => s.StartNanos, sign, Nanos(at));

    private static Expression<Func<Span, bool>> InTrace(byte[]? id) => id is null ? Conditions.Always<Span>(false) : s => s.TraceId == id;

    // A service's name has no slash, a span's may.
    private static Expression<Func<Span, bool>> Step(string said)
    {
        var slash = said.IndexOf('/', StringComparison.Ordinal);
        var (service, name) = slash < 0 ? ("", said) : (said[..slash], said[(slash + 1)..]);
        return s => s.Service == service && s.Name == name;
    }

    private static Expression<Func<Span, bool>> Attribute(string name, QueryTerm term)
    {
        var holds = AttributeText.Holds(name, term, sent: false);
        var (own, shared) = (Conditions.On<Span, string?>(s => s.Attributes, holds), Conditions.On<Span, string?>(s => s.Resource, holds));
        return AttributeText.IsMissing(term) ? Conditions.Both(own, shared) : Conditions.Either(own, shared);
    }

    private Expression<Func<Span, bool>> Bare(QueryTerm term)
    {
        var text = term.Value.Trim();
        if (TraceIds.Parse(text) is { } id)
        {
            return InTrace(id);
        }

        var spoken = Speaking(lens.Named(term).Spoken);
        return lens.Named(term).Objects.Count > 0 ? spoken : Conditions.Either(spoken, Conditions.Either(Conditions.Like<Span>(s => s.Name, text), Conditions.Like<Span>(s => s.Service, text)));
    }

    private Expression<Func<Span, bool>> Speaking(IReadOnlyList<Guid> spoken)
    {
        var keys = lens.Db.TraceKeys.Where(k => spoken.Contains(k.SpokenKey)).Select(k => k.TraceId);
        return s => keys.Contains(s.TraceId);
    }

    private Expression<Func<Span, bool>> OfType(string[] types)
    {
        var keys = lens.Db.TraceKeys;
        return s => keys.Any(k => k.TraceId == s.TraceId && types.Contains(k.Type));
    }

    private Expression<Func<Span, bool>> OfUnit(string[] units)
    {
        var (keys, objects) = (lens.Db.TraceKeys, lens.Db.Objects);
        return s => keys.Any(k => k.TraceId == s.TraceId
            && ((k.Unit != null && units.Contains(k.Unit)) || objects.Any(o => o.Key == k.SpokenKey && units.Contains(o.Unit))));
    }
}

using OpsConsole.Cases.Differences;
using OpsConsole.Events;
using OpsConsole.Queries;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Search.Differences;

/// <summary>Spans: their attributes, their resource, and where the objects that their trace names belong. Span ids are drawn at random by senders, so that their order is an even draw.</summary>
internal sealed class SpanSamples(OpsDb db, TelemetryVeil veil, IQueryable<Span> found) : FactSamples
{
    private static readonly string[] s_kinds = ["unspecified", "internal", "server", "client", "producer", "consumer"];

    /// <summary>What a failure says only because it is one.</summary>
    private static readonly string[] s_symptoms = ["error", "error.", "exception.", "otel.status", "http.response.status_code", "http.status_code", "rpc.grpc.status_code", "db.response.status_code"];

    private List<Drawn> _drawn = [];
    private IQueryable<Span> _found = found;

    public override bool AllFailed => _drawn.TrueForAll(span => span.Failed);

    public override bool NoneFailed => !_drawn.Exists(span => span.Failed);

    public override (DateTimeOffset First, DateTimeOffset Last)? Span => _drawn.Count == 0 ? null : (_drawn.Min(span => span.At), _drawn.Max(span => span.At));

    public override void Narrow(string step)
    {
        var (service, name) = (step[..step.IndexOf('/', StringComparison.Ordinal)], step[(step.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        _found = _found.Where(s => s.Service == service && s.Name == name);
    }

    public override async Task<IReadOnlyList<SelectionStep>> Steps(CancellationToken cancellationToken)
    {
        var steps = await _found.GroupBy(s => new { s.Service, s.Name }).Select(step => new { step.Key.Service, step.Key.Name, Count = step.LongCount() })
            .OrderByDescending(step => step.Count).ThenBy(step => step.Service).ThenBy(step => step.Name).Take(MostSteps).ToListAsync(cancellationToken);
        return steps.ConvertAll(step => new SelectionStep($"{step.Service}/{step.Name}", QueryText.Term("step", $"{step.Service}/{step.Name}"), step.Count));
    }

    public override Task<long> Count(CancellationToken cancellationToken) => _found.LongCountAsync(cancellationToken);

    public override async Task Draw(CancellationToken cancellationToken) =>
        _drawn = await _found.OrderBy(s => s.SpanId).ThenBy(s => s.TraceId).Take(ExplainSelection.MostRows)
            .Select(s => new Drawn(s.TraceId, s.SpanId, s.StartNanos, s.Service, s.Name, s.Kind, s.Failed, s.Attributes, s.Resource)).ToListAsync(cancellationToken);

    public override async Task<IReadOnlyList<SampledFact>> Facts(bool bare, CancellationToken cancellationToken)
    {
        var subjects = await Subjects(cancellationToken);
        return [.. _drawn.Select(span => new SampledFact(
            Made(span, [.. subjects[Convert.ToHexStringLower(span.TraceId)]], bare), new FactExample(span.At, Convert.ToHexStringLower(span.TraceId), Convert.ToHexStringLower(span.SpanId), null)))];
    }

    public override string? Term(FoundMark mark) => mark switch
    {
        { Group: "attributes" or "resource" } => AttributeTerm(mark),
        { Group: Specimen.Plain, Name: "unit" or "service", Kind: MarkKind.Is } => QueryText.Term(mark.Name, mark.Value!),
        _ => null,
    };

    private Specimen Made(Drawn span, IReadOnlyList<Subject> subjects, bool bare)
    {
        var place = new Place(One(subjects, one => one.Unit), One(subjects, one => one.LegalEntity), One(subjects, one => one.Region), One(subjects, one => one.Currency));
        bool But(string name) => veil.Hides(name) || (bare && Array.Exists(s_symptoms, symptom => name == symptom || (symptom[^1] is '.' or 's' && name.StartsWith(symptom, StringComparison.Ordinal))));
        var one = EventSpecimens.Made(new Specimen { Objects = [.. subjects.Select(one => one.Object).OfType<Guid>().Distinct()] }, place, [], null);
        return one.With("service", span.Service).With("step", span.Name).With("kind of span", s_kinds.ElementAtOrDefault(span.Kind))
            .WithGroup("attributes", span.Attributes, But).WithGroup("resource", span.Resource, veil.Hides);
    }

    // A trace that names objects of two units says nothing of its unit.
    private static string? One(IReadOnlyList<Subject> subjects, Func<Subject, string?> of) =>
        subjects.Select(of).OfType<string>().Distinct(StringComparer.Ordinal).Take(2).ToList() is [var only] ? only : null;

    private async Task<ILookup<string, Subject>> Subjects(CancellationToken cancellationToken)
    {
        var keys = new List<(string Trace, Guid Spoken, string? Unit)>();
        foreach (var ids in _drawn.Select(span => span.TraceId).DistinctBy(Convert.ToHexString).Chunk(AtOnce))
        {
            var said = await db.TraceKeys.AsNoTracking().Where(k => ids.Contains(k.TraceId)).Select(k => new { k.TraceId, k.SpokenKey, k.Unit }).ToListAsync(cancellationToken);
            keys.AddRange(said.Select(k => (Convert.ToHexStringLower(k.TraceId), k.SpokenKey, k.Unit)));
        }

        var known = new Dictionary<Guid, BusinessObject>();
        foreach (var spoken in keys.Select(key => key.Spoken).Distinct().Chunk(AtOnce))
        {
            foreach (var (name, meant) in await ObjectNames.Resolve(db, spoken, cancellationToken))
            {
                known[name] = meant;
            }
        }

        return keys.ToLookup(key => key.Trace, key => known.GetValueOrDefault(key.Spoken) is { } meant
            ? new Subject(meant.Key, key.Unit ?? meant.Unit, meant.LegalEntity, meant.Region, meant.Currency)
            : new Subject(null, key.Unit, null, null, null), StringComparer.Ordinal);
    }

    private sealed record Subject(Guid? Object, string? Unit, string? LegalEntity, string? Region, string? Currency);

    private sealed record Drawn(byte[] TraceId, byte[] SpanId, long StartNanos, string Service, string Name, short Kind, bool Failed, string Attributes, string Resource)
    {
        public DateTimeOffset At => DateTimeOffset.UnixEpoch.AddTicks(StartNanos / 100);
    }
}

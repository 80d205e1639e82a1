using Microsoft.Extensions.Options;
using OpsConsole.Cases.Differences;
using OpsConsole.Contracts;
using OpsConsole.Queries;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Search.Differences;

internal sealed class ExplainSelectionHandler(OpsDb db, ContractShelf shelf, TimeProvider clock, IOptions<ReportingOptions> reporting)
    : IRequestHandler<ExplainSelection, Outcome<SelectionExplained>>
{
    private const int Shown = 12;
    private const int Examples = 3;
    private static readonly TimeSpan s_around = TimeSpan.FromHours(12);

    public async Task<Outcome<SelectionExplained>> Handle(ExplainSelection request, CancellationToken cancellationToken)
    {
        if (request.Kind is not (SearchKind.Span or SearchKind.Event))
        {
            return Refusal.Invalid("only", "must be span or event: differences are looked for among those");
        }

        var (asked, against) = (Read(request.Query, "q"), request.Against is null ? default : Read(request.Against, "against"));
        if ((asked.Refusal ?? against?.Refusal) is { } refusal)
        {
            return refusal;
        }

        var others = against?.Value ?? Opposite.Of(asked.Value!);
        if (others is null)
        {
            return Refusal.Invalid("against", "is needed: the search says only where to look, not what sets the selection apart (status:error, duration:>2s, an attribute)");
        }

        if (IsNone(asked.Value!, request.Kind) || IsNone(others, request.Kind))
        {
            return Refusal.Invalid("only", $"is {request.Kind.ToString().ToLowerInvariant()}, and the search asks for another kind");
        }

        return await Explain(request, asked.Value!, others, cancellationToken);
    }

    private async Task<Outcome<SelectionExplained>> Explain(ExplainSelection request, QueryNode selected, QueryNode others, CancellationToken cancellationToken)
    {
        var (here, range) = await Side(request, selected, (request.Since, request.Until), null, cancellationToken);
        if (here.Unknown.Count > 0)
        {
            return Refusal.Invalid("q", $"{request.Kind.ToString().ToLowerInvariant()}s know no {string.Join(", ", here.Unknown)}");
        }

        var steps = await here.Steps(cancellationToken);
        var total = await here.Count(cancellationToken);
        var step = request.Against is null && steps.Count > 0 ? steps[0] : null;
        if (step is not null)
        {
            here.Narrow(step.Name);
        }

        await here.Draw(cancellationToken);
        var (there, _) = await Side(request, others, Bounds(request, others, range), request.Against is null ? Near(range, here) : range, cancellationToken);
        if (there.Unknown.Count > 0)
        {
            return Refusal.Invalid("against", $"{request.Kind.ToString().ToLowerInvariant()}s know no {string.Join(", ", there.Unknown)}");
        }

        if (step is not null)
        {
            there.Narrow(step.Name);
        }

        await there.Draw(cancellationToken);
        return await Told(request, new Comparison(selected, others, here, there, step, steps, total, range), cancellationToken);
    }

    private async Task<SelectionExplained> Told(ExplainSelection request, Comparison compared, CancellationToken cancellationToken)
    {
        var bare = compared.Here.AllFailed && compared.Others.NoneFailed;
        var (these, those) = (await compared.Here.Facts(bare, cancellationToken), await compared.Others.Facts(bare, cancellationToken));
        var rates = await RateTable.Read(db, reporting.Value.Currency, cancellationToken);
        var money = await SelectionMoney.Read(db, these.Concat(those).SelectMany(one => one.Specimen.Objects), request.Actor.Scope, rates, clock.GetUtcNow(), cancellationToken);
        var (here, others) = (
            Side(compared.Selected, compared.Step, compared.Step?.Count ?? compared.Total, these, money),
            Side(compared.Against, compared.Step, await compared.Others.Count(cancellationToken), those, money));
        var named = Opposite.Fields(compared.Selected).Concat(Opposite.Fields(compared.Against)).ToHashSet(StringComparer.Ordinal);
        var marks = DifferenceSearch.Of([.. these.Select(one => one.Specimen)], [.. those.Select(one => one.Specimen)])
            .Where(mark => !IsAsked(mark, named)).Take(Shown);
        return new SelectionExplained
        {
            Here = here, Others = others, Picked = request.Against is null, Steps = compared.Steps, Selected = compared.Total, SymptomsLeftOut = bare, Currency = reporting.Value.Currency,
            Since = compared.Range.From, Until = compared.Range.Until ?? clock.GetUtcNow(),
            Differences = [.. marks.Select(mark => Told(mark, these, here, others, compared.Here.Term(mark), money))],
        };
    }

    private SelectionDifference Told(FoundMark mark, IReadOnlyList<SampledFact> these, SelectionSide here, SelectionSide others, string? term, SelectionMoney money)
    {
        var borne = these.Where(one => mark.IsBorneBy(one.Specimen)).ToList();
        var objects = borne.SelectMany(one => one.Specimen.Objects).ToList();
        var atRisk = decimal.Round(money.AtRisk(objects), 2);
        var difference = Difference.Of(mark, atRisk, false, "the others", DifferenceSentence.Money(atRisk, here.Sampled ? "at least " : "", reporting.Value.Currency));
        return new SelectionDifference(
            difference, mark.Association.Failed, mark.Association.Healthy, decimal.Round(money.Worth(objects), 2),
            term is null ? null : $"{here.Query} {term}", term is null ? null : $"{others.Query} {term}", [.. borne.Take(Examples).Select(one => one.Example)]);
    }

    private static SelectionSide Side(QueryNode node, SelectionStep? step, long total, IReadOnlyList<SampledFact> facts, SelectionMoney money)
    {
        var objects = facts.SelectMany(one => one.Specimen.Objects).ToList();
        var text = node is AnyOf ? $"({QueryText.Of(node)})" : QueryText.Of(node);
        return new SelectionSide(
            step is null || text.Contains(step.Query, StringComparison.Ordinal) ? text : $"{text} {step.Query}", total, facts.Count, decimal.Round(money.AtRisk(objects), 2), decimal.Round(money.Worth(objects), 2));
    }

    // What the search itself asks for sets its rows apart by definition.
    private static bool IsAsked(FoundMark mark, HashSet<string> named) =>
        mark.Group is "attributes" or "resource" ? named.Contains(SearchVocabulary.AttributePrefix + mark.Name) || (mark.Name == "service.name" && named.Contains("service"))
        : mark.Group.Length == 0 && named.Contains(mark.Name switch
        {
            "legal entity" => "entity",
            "step" => "name",
            var name => name,
        });

    private static bool IsNone(QueryNode node, SearchKind kind) => KindChoice.Of(node, kind) is { Node: null, Holds: false };

    private Outcome<QueryNode> Read(string text, string field)
    {
        var read = QueryParser.Read(text, SearchVocabulary.All, clock.GetUtcNow());
        return read.Fault is { } fault ? fault.ToRefusal() : read.Node is { } node ? node : Refusal.Invalid(field, "must not be empty");
    }

    // A second search that names its own time is looked for there and not in the selection's.
    private static (DateTimeOffset? Since, DateTimeOffset? Until) Bounds(ExplainSelection request, QueryNode others, SearchRange range) =>
        request.Against is not null && Opposite.Fields(others).Contains("time", StringComparer.Ordinal) ? (null, null) : (range.From, range.Until);

    /// <summary>Others of one thing, which has no time of its own, are looked for around it.</summary>
    private static SearchRange Near(SearchRange range, FactSamples here) =>
        range.From is null && here.Span is var (first, last) ? new SearchRange(first - s_around, last + s_around, true) : range;

    /// <param name="request">What was asked.</param>
    /// <param name="node">This side's search.</param>
    /// <param name="bounds">Between which moments.</param>
    /// <param name="assumed">Where to look when the search itself bounds nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task<(FactSamples Rows, SearchRange Range)> Side(
        ExplainSelection request, QueryNode node, (DateTimeOffset? Since, DateTimeOffset? Until) bounds, SearchRange? assumed, CancellationToken cancellationToken)
    {
        var lens = await SearchLens.Read(db, shelf, node, request.Actor, clock.GetUtcNow(), cancellationToken);
        var (spans, events) = SearchRange.Of(node, bounds.Since, bounds.Until, lens);
        var range = request.Kind is SearchKind.Span ? spans : events;
        range = assumed is not null && (range.Assumed || range.From is null) ? assumed : range;
        var asked = KindChoice.Of(node, request.Kind).Node;
        if (request.Kind is SearchKind.Span)
        {
            var found = SearchRows.Spans(asked, lens, range);
            return (new SpanSamples(db, lens.Veil, found.Rows) { Unknown = found.Unknown }, range);
        }

        var said = SearchRows.Events(asked, lens, range);
        return (new EventSamples(db, shelf, request.Actor.Hidden(), said.Rows) { Unknown = said.Unknown }, range);
    }

    private sealed record Comparison(
        QueryNode Selected, QueryNode Against, FactSamples Here, FactSamples Others, SelectionStep? Step, IReadOnlyList<SelectionStep> Steps, long Total, SearchRange Range);
}

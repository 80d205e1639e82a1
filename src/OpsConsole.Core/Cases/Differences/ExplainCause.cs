using Microsoft.Extensions.Options;
using OpsConsole.Contracts;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Cases.Differences;

/// <summary>
/// The difference analysis: which fields set the exceptions of a cause apart from the healthy objects of the same kind, those of which the same system
/// said that the same operation succeeded. Both are read as samples of at most <see cref="MostFailed"/>, drawn evenly because keys are
/// hashes, so that it answers at any size; within the caller's scope, healthy ones too.
/// </summary>
/// <param name="Fingerprint">The cause.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ExplainCause(string Fingerprint, Actor Actor) : IRequest<Outcome<CauseExplained>>, IGuarded
{
    public const int MostFailed = 2_000;

    public Right Needs => Right.ReadCases;
}

/// <param name="Cause">In words.</param>
/// <param name="Open">How many of its exceptions have not ended.</param>
/// <param name="Failed">How many exceptions were compared.</param>
/// <param name="Healthy">With how many healthy objects.</param>
/// <param name="Sampled">There are more: shares are of the sample, and money is reckoned from it when the exceptions were.</param>
/// <param name="AtRisk">What is open, each object counted once.</param>
/// <param name="Currency">The reporting currency.</param>
/// <param name="Kind">What was compared, in words: <c>invoices that NetSuite was to create</c>.</param>
/// <param name="Differences">The strongest first.</param>
public sealed record CauseExplained(
    string Fingerprint, string Cause, int Open, int Failed, int Healthy, bool Sampled, decimal AtRisk, string Currency, string Kind, IReadOnlyList<Difference> Differences);

internal sealed class ExplainCauseHandler(OpsDb db, ContractShelf shelf, TimeProvider clock, IOptions<ReportingOptions> reporting) : IRequestHandler<ExplainCause, Outcome<CauseExplained>>
{
    private const int Shown = 8;

    public async Task<Outcome<CauseExplained>> Handle(ExplainCause request, CancellationToken cancellationToken)
    {
        var seen = db.Cases.AsNoTracking().Seen(request.Actor.Scope).Where(c => c.Fingerprint == request.Fingerprint);
        var failed = await CauseSamples.Failed(db, shelf, seen, ExplainCause.MostFailed, request.Actor.Hidden(), cancellationToken);
        if (failed.Kind is not { } kind)
        {
            return Refusal.NotFound("This cause");
        }

        var healthy = await CauseSamples.Healthy(db, kind, failed, request.Actor.Scope, cancellationToken);
        var open = await seen.Unended().Sums(clock.GetUtcNow(), cancellationToken);
        var sampled = failed.Sampled || healthy.Sampled;
        var worth = failed.Specimens.Sum(one => one.Worth);
        var marks = DifferenceSearch.Of(failed.Specimens, healthy.Specimens).Take(Shown);
        return new CauseExplained(
            request.Fingerprint, failed.Cause, open.Count, failed.Specimens.Count, healthy.Specimens.Count, sampled, open.AtRisk, reporting.Value.Currency, Say(kind),
            [.. marks.Select(mark => Told(mark, worth == 0 ? 0 : open.AtRisk * failed.Specimens.Where(mark.IsBorneBy).Sum(one => one.Worth) / worth, failed.Sampled, failed.ErrorAttribute))]);
    }

    private Difference Told(FoundMark mark, decimal atRisk, bool sampled, string? errorAttribute)
    {
        var named = errorAttribute is not null && mark.Name.Length > 0 && mark.Name.Split('.')[^1].Equals(errorAttribute.Split('.')[^1], StringComparison.OrdinalIgnoreCase);
        return Difference.Of(mark, decimal.Round(atRisk, 2), named, "the healthy ones", DifferenceSentence.Money(atRisk, sampled ? "about " : "", reporting.Value.Currency));
    }

    private static string Say(SampleKind kind) => kind.Missing
        ? $"{kind.ObjectType}s by whether \"{kind.Operation.Replace('-', ' ')}\" came"
        : $"{kind.ObjectType.Replace('-', ' ')}s that {SystemNames.Of(kind.System)} was to {(kind.Operation.Length > 0 ? kind.Operation : "take")}";
}

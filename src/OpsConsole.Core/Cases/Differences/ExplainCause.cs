using System.Globalization;
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

/// <param name="Field">As people find it: <c>payload.taxCode</c>, <c>region</c>.</param>
/// <param name="Kind">How it is borne.</param>
/// <param name="Value">The value that it has.</param>
/// <param name="FailedShare">Of the failed, 0 to 1.</param>
/// <param name="HealthyShare">Of the healthy, 0 to 1.</param>
/// <param name="AtRisk">Of the open ones that bear it, in the reporting currency.</param>
/// <param name="Strength">The G statistic, to compare by.</param>
/// <param name="Named">The error complains about this field.</param>
/// <param name="Sentence">All of it in one sentence.</param>
public sealed record Difference(string Field, MarkKind Kind, string? Value, double FailedShare, double HealthyShare, decimal AtRisk, double Strength, bool Named, string Sentence);

internal sealed class ExplainCauseHandler(OpsDb db, ContractShelf shelf, TimeProvider clock, IOptions<ReportingOptions> reporting) : IRequestHandler<ExplainCause, Outcome<CauseExplained>>
{
    private const int Shown = 8;

    public async Task<Outcome<CauseExplained>> Handle(ExplainCause request, CancellationToken cancellationToken)
    {
        var seen = db.Cases.AsNoTracking().Seen(request.Actor.Scope).Where(c => c.Fingerprint == request.Fingerprint);
        var failed = await CauseSamples.Failed(db, shelf, seen, ExplainCause.MostFailed, cancellationToken);
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
            [.. marks.Select(mark => Told(mark, worth == 0 ? 0 : open.AtRisk * mark.Worth / worth, failed.Sampled, failed.ErrorAttribute))]);
    }

    private Difference Told(FoundMark mark, decimal atRisk, bool sampled, string? errorAttribute)
    {
        var field = mark.Group.Length == 0 ? mark.Name : mark.Name.Length == 0 ? SystemNames.Of(mark.Group) : $"{mark.Group}.{mark.Name}";
        var named = errorAttribute is not null && mark.Name.Length > 0 && mark.Name.Split('.')[^1].Equals(errorAttribute.Split('.')[^1], StringComparison.OrdinalIgnoreCase);
        var money = atRisk > 0 ? $": {(sampled ? "about " : "")}{reporting.Value.Currency} {Brief(atRisk)}" : "";
        var sentence = mark.Kind switch
        {
            MarkKind.Lacks => $"{Percent(mark.Association.FailedShare)} of them lack {field}, of the healthy ones {Percent(mark.Association.HealthyShare)}",
            MarkKind.Has => $"{Percent(mark.Association.FailedShare)} of them have {field}, of the healthy ones {Percent(mark.Association.HealthyShare)}",
            MarkKind.Is => $"In {Percent(mark.Association.FailedShare)} of them {field} is {mark.Value}, in the healthy ones in {Percent(mark.Association.HealthyShare)}",
            _ => $"Of {Percent(mark.Association.FailedShare)} of them {field} has said nothing, of the healthy ones {Percent(mark.Association.HealthyShare)}",
        };
        return new Difference(field, mark.Kind, mark.Value, mark.Association.FailedShare, mark.Association.HealthyShare, decimal.Round(atRisk, 2), mark.Association.Strength, named, sentence + money);
    }

    private static string Say(SampleKind kind) => kind.Missing
        ? $"{kind.ObjectType}s by whether \"{kind.Operation.Replace('-', ' ')}\" came"
        : $"{kind.ObjectType.Replace('-', ' ')}s that {SystemNames.Of(kind.System)} was to {(kind.Operation.Length > 0 ? kind.Operation : "take")}";

    // Neither "100 %" for nearly all nor "0 %" for hardly any.
    private static string Percent(double share) => share switch
    {
        >= 1 => "100%",
        > 0.99 => share.ToString("0.0%", CultureInfo.InvariantCulture) is "100.0%" ? "99.9%" : share.ToString("0.0%", CultureInfo.InvariantCulture),
        0 => "none",
        < 0.01 => share.ToString("0.0%", CultureInfo.InvariantCulture) is "0.0%" ? "0.1%" : share.ToString("0.0%", CultureInfo.InvariantCulture),
        _ => share.ToString("0%", CultureInfo.InvariantCulture),
    };

    private static string Brief(decimal amount) => amount switch
    {
        >= 1_000_000 => (amount / 1_000_000).ToString("0.0", CultureInfo.InvariantCulture) + "m",
        >= 10_000 => (amount / 1_000).ToString("0", CultureInfo.InvariantCulture) + "k",
        _ => amount.ToString("N0", CultureInfo.InvariantCulture),
    };
}

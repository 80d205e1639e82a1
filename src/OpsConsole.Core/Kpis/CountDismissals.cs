using Microsoft.Extensions.Options;
using OpsConsole.Cases;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>What was ended without a repair in a period, reason by reason: a way out that must not become the usual one.</summary>
/// <param name="Unit">One business unit; nothing: all of the scope.</param>
/// <param name="Period">As on the board: <c>30d</c>; nothing: the usual one.</param>
/// <param name="Actor">Who asks.</param>
public sealed record CountDismissals(string? Unit, string? Period, Actor Actor) : IRequest<Outcome<Dismissals>>, IGuarded
{
    public string? LegalEntity { get; init; }

    public string? Region { get; init; }

    /// <summary>Only amounts in this currency.</summary>
    public string? Currency { get; init; }

    /// <summary>Only what belongs to this flow.</summary>
    public string? Flow { get; init; }

    public Right Needs => Right.ReadBoard;
}

/// <param name="Items">Most often first; reasons that nobody gave are left out.</param>
/// <param name="Count">Dismissed in all.</param>
/// <param name="Ended">All that ended in the period, dismissed or proven.</param>
/// <param name="Share">Of what ended: dismissed, 0 to 1.</param>
/// <param name="Amount">Of what was dismissed, in the reporting currency, each object counted once.</param>
public sealed record Dismissals(IReadOnlyList<DismissalCount> Items, int Count, int Ended, double Share, decimal Amount, string Currency, DateTimeOffset From, DateTimeOffset To);

/// <param name="Code">Of <see cref="DismissReasons"/>; <c>unknown</c>: from before reasons were kept by code.</param>
/// <param name="Label">As people read it.</param>
public sealed record DismissalCount(string Code, string Label, int Count, decimal Amount);

internal sealed class CountDismissalsHandler(OpsDb db, TimeProvider clock, IOptions<ReportingOptions> reporting) : IRequestHandler<CountDismissals, Outcome<Dismissals>>
{
    private const string Unknown = "unknown";

    public async Task<Outcome<Dismissals>> Handle(CountDismissals request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (BoardPeriod.Of(request.Period, now) is not { } period)
        {
            return Refusal.Invalid("period", $"must be {BoardPeriod.Forms}");
        }

        var ended = db.Cases.AsNoTracking().Seen(request.Actor.Scope).Where(c => c.EndedAt >= period.From && c.EndedAt < period.To);
        ended = request.Unit is { } unit ? ended.Where(c => c.Unit == unit) : ended;
        ended = request.LegalEntity is { } entity ? ended.Where(c => c.LegalEntity == entity) : ended;
        ended = request.Region is { } region ? ended.Where(c => c.Region == region) : ended;
        ended = request.Currency is { } currency ? ended.Where(c => c.Currency == currency) : ended;
        ended = request.Flow is { } flow ? ended.InFlow(db, flow) : ended;
        var dismissed = ended.Where(c => c.State == CaseState.Dismissed);
        var counts = await dismissed.GroupBy(c => new { c.DismissCode, c.ObjectKey })
            .Select(one => new { one.Key.DismissCode, Count = one.Count(), Worth = one.Max(c => c.ReportingAmount) })
            .GroupBy(one => one.DismissCode)
            .Select(reason => new { reason.Key, Count = reason.Sum(one => one.Count), Worth = reason.Sum(one => one.Worth) }).ToListAsync(cancellationToken);
        var all = await ended.CountAsync(cancellationToken);
        var items = counts.OrderByDescending(reason => reason.Count).ThenBy(reason => reason.Key, StringComparer.Ordinal)
            .Select(reason => new DismissalCount(reason.Key ?? Unknown, Label(reason.Key), reason.Count, reason.Worth ?? 0)).ToList();
        var sum = await dismissed.Sums(now, cancellationToken);
        return new Dismissals(items, sum.Count, all, all == 0 ? 0 : (double)sum.Count / all, sum.AtRisk, reporting.Value.Currency, period.From, period.To);
    }

    private static string Label(string? code) => code is not null && DismissReasons.All.TryGetValue(code, out var label) ? label : "No reason kept";
}

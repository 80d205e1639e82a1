using Microsoft.Extensions.Options;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>Causes: all exceptions with one fingerprint together. Those with something unended, most at risk first.</summary>
public sealed record ListCauses(string? Unit, string? Queue, int Take, Actor Actor) : IRequest<Outcome<CauseList>>, IGuarded
{
    /// <summary>Days of the trend, today the last.</summary>
    public const int TrendDays = 14;

    /// <summary>Only causes with exceptions that this search finds, in the words of <see cref="CaseVocabulary"/>.</summary>
    public string? Query { get; init; }

    public Right Needs => Right.ReadCases;
}

public sealed record CauseList(IReadOnlyList<CauseRow> Items, int Total, string Currency);

/// <param name="Fingerprint">What its exceptions share.</param>
/// <param name="Cause">In words: "Tax profile missing, region CA".</param>
/// <param name="Type">The exception type's code.</param>
/// <param name="Open">How many have not ended.</param>
/// <param name="Ended">How many have.</param>
/// <param name="Overdue">How many of the open ones are past their due time.</param>
/// <param name="AtRisk">What is open, in the reporting currency, each object counted once.</param>
/// <param name="FirstAt">The earliest receipt.</param>
/// <param name="LastAt">The latest receipt.</param>
/// <param name="Units">Where.</param>
public sealed record CauseRow(
    string Fingerprint, string Cause, string Type, int Open, int Ended, int Overdue, decimal AtRisk, DateTimeOffset FirstAt, DateTimeOffset LastAt, IReadOnlyList<string> Units)
{
    /// <summary>New ones a day (UTC), oldest first, today last; empty where no list asked for it.</summary>
    public IReadOnlyList<int> Trend { get; init; } = [];
}

internal sealed class ListCausesHandler(OpsDb db, TimeProvider clock, IOptions<ReportingOptions> reporting) : IRequestHandler<ListCauses, Outcome<CauseList>>
{
    public async Task<Outcome<CauseList>> Handle(ListCauses request, CancellationToken cancellationToken)
    {
        if (request.Take is < 1 or > ListCases.Longest)
        {
            return Refusal.Invalid("take", $"must be 1 to {ListCases.Longest}");
        }

        var now = clock.GetUtcNow();
        var asked = await db.AskedCases(new CaseFilter { Unit = request.Unit, Queue = request.Queue, Query = request.Query }, request.Actor, now, cancellationToken);
        if (asked.Value is not { } cases)
        {
            return asked.Refusal!;
        }

        var open = await cases.Unended()
            .GroupBy(c => new { c.Fingerprint, c.ObjectKey })
            .Select(one => new { one.Key.Fingerprint, AtRisk = one.Max(c => c.ReportingAmount) })
            .GroupBy(one => one.Fingerprint)
            .Select(cause => new { cause.Key, AtRisk = cause.Sum(one => one.AtRisk) })
            .OrderByDescending(cause => cause.AtRisk).ThenBy(cause => cause.Key)
            .Take(request.Take).ToListAsync(cancellationToken);
        string[] fingerprints = [.. open.Select(cause => cause.Key)];
        var rows = await Causes.Read(cases, fingerprints, now, cancellationToken);
        var trends = await Causes.Trends(cases, fingerprints, now, cancellationToken);
        var total = await cases.Unended().Select(c => c.Fingerprint).Distinct().CountAsync(cancellationToken);
        return new CauseList([.. open.Select(cause => rows[cause.Key] with { Trend = trends(cause.Key) })], total, reporting.Value.Currency);
    }
}

internal static class Causes
{
    /// <summary>New ones a day of the last <see cref="ListCauses.TrendDays"/> days, today last.</summary>
    public static async Task<Func<string, IReadOnlyList<int>>> Trends(IQueryable<ExceptionCase> cases, string[] fingerprints, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var first = now.UtcDateTime.Date.AddDays(1 - ListCauses.TrendDays);
        var from = new DateTimeOffset(first, TimeSpan.Zero);
        var days = await cases.Where(c => fingerprints.Contains(c.Fingerprint) && c.OpenedAt >= from)
            .GroupBy(c => new { c.Fingerprint, Day = c.OpenedAt.Date }).Select(day => new { day.Key, Count = day.Count() }).ToListAsync(cancellationToken);
        var counts = days.ToLookup(day => day.Key.Fingerprint);
        return fingerprint =>
        {
            var trend = new int[ListCauses.TrendDays];
            foreach (var day in counts[fingerprint])
            {
                trend[Math.Clamp((day.Key.Day - first).Days, 0, trend.Length - 1)] += day.Count;
            }

            return trend;
        };
    }

    /// <summary>The causes of these fingerprints, over those cases.</summary>
    public static async Task<Dictionary<string, CauseRow>> Read(
        IQueryable<ExceptionCase> cases, IReadOnlyCollection<string> fingerprints, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var parts = await cases.Where(c => fingerprints.Contains(c.Fingerprint))
            .GroupBy(c => new { c.Fingerprint, c.Cause, c.ExceptionType, c.Unit, Ended = c.EndedAt != null })
            .Select(part => new
            {
                part.Key,
                Count = part.Count(),
                Overdue = part.Count(c => c.DueOrder < now),
                First = part.Min(c => c.OpenedAt),
                Last = part.Max(c => c.OpenedAt),
            }).ToListAsync(cancellationToken);
        var risks = await cases.Unended().Where(c => fingerprints.Contains(c.Fingerprint))
            .GroupBy(c => new { c.Fingerprint, c.ObjectKey })
            .Select(one => new { one.Key.Fingerprint, AtRisk = one.Max(c => c.ReportingAmount) })
            .GroupBy(one => one.Fingerprint)
            .Select(cause => new { cause.Key, AtRisk = cause.Sum(one => one.AtRisk) })
            .ToDictionaryAsync(cause => cause.Key, cause => cause.AtRisk ?? 0, cancellationToken);
        return parts.GroupBy(part => part.Key.Fingerprint).ToDictionary(cause => cause.Key, cause => new CauseRow(
            cause.Key,
            cause.First().Key.Cause,
            cause.First().Key.ExceptionType,
            cause.Where(part => !part.Key.Ended).Sum(part => part.Count),
            cause.Where(part => part.Key.Ended).Sum(part => part.Count),
            cause.Where(part => !part.Key.Ended).Sum(part => part.Overdue),
            risks.GetValueOrDefault(cause.Key),
            cause.Min(part => part.First),
            cause.Max(part => part.Last),
            [.. cause.Select(part => part.Key.Unit).Distinct().Order(StringComparer.Ordinal)]));
    }
}

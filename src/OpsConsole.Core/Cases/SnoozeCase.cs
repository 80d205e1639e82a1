using System.Globalization;
using Microsoft.Extensions.Options;
using OpsConsole.Calendars;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>Lays an exception aside until a moment, an amount or the close of a period, whichever comes first; never for ever.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Until">When it comes back by itself; nothing: as late as is allowed, which needs <see cref="Amount"/> or <see cref="AtClose"/>.</param>
/// <param name="Reason">What is waited for.</param>
/// <param name="Actor">Who asks.</param>
public sealed record SnoozeCase(Guid CaseId, int? Version, DateTimeOffset? Until, string Reason, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    /// <summary>Comes back as soon as its cause has this much at risk, in the reporting currency.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Comes back when the close of its unit's period begins, by the unit's calendar; without one a day before the month ends.</summary>
    public bool AtClose { get; init; }

    public Right Needs => Right.WorkCases;
}

internal sealed class SnoozeCaseHandler(OpsDb db, CaseDesk desk, IOptions<DeskOptions> options, IOptions<ReportingOptions> reporting)
    : IRequestHandler<SnoozeCase, Outcome<CaseStep>>
{
    public async Task<Outcome<CaseStep>> Handle(SnoozeCase request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var first = @case.FirstSnoozedAt ?? desk.Now;
        var latest = first.AddDays(options.Value.LongestSnoozeDays);
        var close = request.AtClose ? PeriodClose.After(desk.Now, (await CalendarBook.Read(db, cancellationToken)).Find(CalendarBook.OfUnit, @case.Unit)) : DateTimeOffset.MaxValue;
        if (Until(request, latest, close) is not { } until || until <= desk.Now || until > latest)
        {
            return Refusal.Invalid("until", string.Create(CultureInfo.InvariantCulture,
                $"must lie ahead, at most {options.Value.LongestSnoozeDays} days after it was first laid aside: {latest:yyyy-MM-dd HH:mm} UTC"));
        }

        if (request.Amount is { } amount && await Reached(@case, amount, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        return await desk.Take(
            new CaseStepAsked(request.CaseId, request.Version, CaseAction.Snooze, request.Actor, Said(request, until)),
            cancellationToken,
            also: c => (c.SnoozedUntil, c.SnoozeAmount, c.FirstSnoozedAt) = (until, request.Amount, first));
    }

    private static DateTimeOffset? Until(SnoozeCase request, DateTimeOffset latest, DateTimeOffset close)
    {
        var until = request.Until?.ToUniversalTime() ?? (request.Amount is not null || request.AtClose ? latest : null);
        return close < until ? close : until;
    }

    private async Task<Refusal?> Reached(ExceptionCase @case, decimal amount, CancellationToken cancellationToken)
    {
        var open = await CauseAmounts.Of(db, [@case.Fingerprint], cancellationToken);
        var now = open.GetValueOrDefault(@case.Fingerprint);
        return amount > now ? null
            : Refusal.Invalid("amount", string.Create(CultureInfo.InvariantCulture, $"must be above what its cause has at risk already, {reporting.Value.Currency} {now:N2}"));
    }

    private string Said(SnoozeCase request, DateTimeOffset until)
    {
        var said = string.Create(CultureInfo.InvariantCulture, $"until {until:yyyy-MM-dd HH:mm} UTC{(request.AtClose ? ", when the close begins" : "")}");
        var amount = request.Amount is { } limit ? string.Create(CultureInfo.InvariantCulture, $", or its cause reaches {reporting.Value.Currency} {limit:N0}") : "";
        return $"{said}{amount}{(request.Reason.Length > 0 ? ": " : "")}{request.Reason}";
    }
}

/// <summary>What causes have at risk now, each object counted once.</summary>
internal static class CauseAmounts
{
    public static Task<Dictionary<string, decimal>> Of(OpsDb db, IReadOnlyCollection<string> fingerprints, CancellationToken cancellationToken) =>
        db.Cases.AsNoTracking().Seen(Scope.All).Unended().Where(c => fingerprints.Contains(c.Fingerprint))
            .GroupBy(c => new { c.Fingerprint, c.ObjectKey })
            .Select(one => new { one.Key.Fingerprint, Worth = one.Max(c => c.ReportingAmount) })
            .GroupBy(one => one.Fingerprint)
            .Select(cause => new { cause.Key, Worth = cause.Sum(one => one.Worth) })
            .ToDictionaryAsync(cause => cause.Key, cause => cause.Worth ?? 0, cancellationToken);
}

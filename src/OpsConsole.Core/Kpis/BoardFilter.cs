using OpsConsole.Calendars;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>What a board is narrowed to. All that is given must hold.</summary>
public sealed record BoardFilter
{
    /// <summary>One business unit; nothing: all of the caller's.</summary>
    public string? Unit { get; init; }

    public string? LegalEntity { get; init; }

    public string? Region { get; init; }

    /// <summary>A flow's name; nothing: the board is about the flow of the settings, and exceptions of all flows are in it.</summary>
    public string? Flow { get; init; }

    /// <summary>Only amounts in this currency (ISO 4217).</summary>
    public string? Currency { get; init; }

    /// <summary>See <see cref="BoardPeriod"/>; nothing: the usual one.</summary>
    public string? Period { get; init; }

    /// <summary>What it is compared with: see <see cref="BoardComparison"/>; nothing: the same business days before.</summary>
    public string? Against { get; init; }

    /// <summary>What numbers are asked for by it; the refusal where it names what is not there, or not the caller's.</summary>
    internal async Task<Outcome<KpiWindow>> Window(OpsDb db, Actor actor, DateTimeOffset now, KpiOptions options, RateTable rates, CancellationToken cancellationToken)
    {
        if (BoardPeriod.Of(Period, now) is not var (from, to))
        {
            return Refusal.Invalid("period", $"must be {BoardPeriod.Forms}");
        }

        if (BoardComparison.Of(Against) is not { } against)
        {
            return Refusal.Invalid("against", $"must be {string.Join(" or ", BoardComparison.All.Select(one => one.Code))}");
        }

        if (Unit is { } unit && !actor.Scope.Covers(unit))
        {
            return Refusal.NotFound($"The unit {unit}");
        }

        var calendars = await CalendarBook.Read(db, cancellationToken);
        var clock = Unit is null ? null : calendars.Find(CalendarBook.OfUnit, Unit);
        return new KpiWindow(from, to, now, Unit, actor.Scope, Flow ?? options.Flow, options, rates)
        {
            LegalEntity = LegalEntity,
            Region = Region,
            Currency = Currency,
            FlowAsked = Flow is not null,
            Calendars = calendars,
            Against = against,
            Earlier = against is BoardAgainst.BusinessDays ? BoardPeriod.Before(Period, now, day => IsWorked(clock, day)) : BoardComparison.Before(against, Period, now),
        };
    }

    /// <summary>By the unit's calendar; without one, Monday to Friday.</summary>
    internal static bool IsWorked(BusinessClock? clock, DateOnly day) => clock?.IsWorkingDay(day) ?? day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}

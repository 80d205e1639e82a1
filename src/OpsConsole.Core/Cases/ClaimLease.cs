using Microsoft.Extensions.Options;
using OpsConsole.Calendars;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>
/// When a claim ends by itself: so many business hours of its unit after its holder last worked on it, so that nothing is held by somebody who
/// is not there, and nobody loses a claim overnight.
/// </summary>
internal sealed class ClaimLease(OpsDb db, IOptions<DeskOptions> options)
{
    public static DateTimeOffset End(CalendarBook calendars, DeskOptions options, string unit, DateTimeOffset from)
    {
        var end = calendars.Add(CalendarBook.OfUnit, unit, from, options.LeaseHours);
        return end < from.AddYears(1) ? end : from.AddHours(options.LeaseHours);       // a calendar that never opens
    }

    /// <summary>After a step: whoever holds it has just worked on it, or has just been given it.</summary>
    public async Task Renew(ExceptionCase @case, CaseStep step, CancellationToken cancellationToken)
    {
        if (@case.State is CaseState.Claimed && (step.ActorId == @case.Holder || step.From is not CaseState.Claimed || step.Action is CaseAction.Assign))
        {
            @case.HeldUntil = End(await CalendarBook.Read(db, cancellationToken), options.Value, @case.Unit, step.At);
        }
    }
}

using System.Globalization;

namespace OpsConsole.Cases;

/// <summary>Lays an exception aside until a moment; never for ever.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Until">When it comes back by itself, at most <see cref="LongestDays"/> days ahead.</param>
/// <param name="Reason">What is waited for.</param>
/// <param name="Actor">Who asks.</param>
public sealed record SnoozeCase(Guid CaseId, int? Version, DateTimeOffset Until, string Reason, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public const int LongestDays = 90;

    public Right Needs => Right.WorkCases;
}

internal sealed class SnoozeCaseHandler(CaseDesk desk) : IRequestHandler<SnoozeCase, Outcome<CaseStep>>
{
    public async Task<Outcome<CaseStep>> Handle(SnoozeCase request, CancellationToken cancellationToken)
    {
        var until = request.Until.ToUniversalTime();
        if (until <= desk.Now || until > desk.Now.AddDays(SnoozeCase.LongestDays))
        {
            return Refusal.Invalid("until", $"must lie ahead, by at most {SnoozeCase.LongestDays} days");
        }

        var reason = string.Create(CultureInfo.InvariantCulture, $"until {until:yyyy-MM-dd HH:mm} UTC{(request.Reason.Length > 0 ? ": " : "")}{request.Reason}");
        return await desk.Take(
            new CaseStepAsked(request.CaseId, request.Version, CaseAction.Snooze, request.Actor, reason), cancellationToken, also: c => c.SnoozedUntil = until);
    }
}

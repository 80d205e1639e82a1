using System.Globalization;
using Microsoft.Extensions.Options;
using OpsConsole.Cases;
using OpsConsole.Live;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>Sends it again, below the amount from which four eyes are required.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Reason">Why, for the history.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ReplayCase(Guid CaseId, int? Version, string Reason, Actor Actor) : IRequest<Outcome<CaseStep>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

internal sealed class ReplayCaseHandler(
    OpsDb db, ReplayDesk desk, WorkSignals bells, IOptions<ApprovalOptions> approval, IOptions<ReportingOptions> reporting) : IRequestHandler<ReplayCase, Outcome<CaseStep>>
{
    public async Task<Outcome<CaseStep>> Handle(ReplayCase request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Version, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        if (approval.Value.NeedsFourEyes(@case.Amount, @case.ReportingAmount))
        {
            return Refusal.Conflict("replay.needs-approval", string.Create(CultureInfo.InvariantCulture,
                $"Above {reporting.Value.Currency} {approval.Value.Threshold:N0} a second person must approve it: submit it instead."));
        }

        var move = @case.Move(CaseAction.Replay, request.Actor, request.Reason, desk.Now);
        if (move.Value is not { } step)
        {
            return move;
        }

        var ready = await desk.Ready(@case, cancellationToken);
        if (ready.Value is not { } what)
        {
            return ready.Refusal!;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await desk.Order(@case, what, request.Actor, null, cancellationToken);
        var saved = await desk.Commit(@case, step, request.Actor, cancellationToken);
        if (saved.Accepted)
        {
            await transaction.CommitAsync(cancellationToken);
            bells.Replays.Ring();
            bells.Changes.Ring();
        }

        return saved;
    }
}

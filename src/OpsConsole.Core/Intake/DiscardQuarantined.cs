using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Intake;

/// <summary>Gives a refused fact up. Its bytes stay, and it can still be taken in later.</summary>
public sealed record DiscardQuarantined(Guid Id, string Reason, Actor Actor) : IRequest<Outcome<Guid>>, IGuarded
{
    public Right Needs => Right.MendQuarantine;
}

internal sealed class DiscardQuarantinedHandler(OpsDb db, TimeProvider clock, WorkSignals signals) : IRequestHandler<DiscardQuarantined, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(DiscardQuarantined request, CancellationToken cancellationToken)
    {
        var row = await db.Quarantine.SingleOrDefaultAsync(q => q.Id == request.Id, cancellationToken);
        var source = row is null ? null : await db.Sources.SingleOrDefaultAsync(s => s.Id == row.SenderId, cancellationToken);
        if (row is null || source is null || !request.Actor.Sees(source))
        {
            return Refusal.NotFound("The quarantined fact");
        }

        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            return Refusal.Invalid("reason", "must say why the fact is given up");
        }

        if (row.State is not QuarantineState.Open)
        {
            return Refusal.Conflict("quarantine.settled", "It is not open any more.");
        }

        var now = clock.GetUtcNow();
        (row.State, row.SettledAt, row.SettledBy) = (QuarantineState.Discarded, now, request.Actor.Name);
        db.Audit.Add(AuditEntry.Of(request.Actor, "quarantine.discard", $"fact {row.EventId ?? row.Id.ToString("n")} of {source.Name}", $"{row.Reason}; {request.Reason.Trim()}", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Intake, Subject = row.Id, At = now });
        var saved = await db.CommitWith(row.Id, cancellationToken);
        signals.Changes.Ring();
        return saved;
    }
}

using OpsConsole.Audit;
using OpsConsole.Intake.Bulk;
using OpsConsole.Live;
using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Intake;

/// <summary>Takes a refused fact in again, as it is (a rule may have changed) or mended. The original bytes stay.</summary>
/// <param name="Id">Which.</param>
/// <param name="Mended">The corrected fact, or nothing: as it was received.</param>
/// <param name="Actor">Who.</param>
public sealed record RetryQuarantined(Guid Id, ReadOnlyMemory<byte>? Mended, Actor Actor) : IRequest<Outcome<TakenIn>>, IGuarded
{
    public Right Needs => Right.MendQuarantine;
}

/// <summary>What became of it: stored, or known already.</summary>
public sealed record TakenIn(Guid Id, Verdict Verdict);

internal sealed class RetryQuarantinedHandler(OpsDb db, RefusedReader reader, IntakeQueue queue, TimeProvider clock, WorkSignals signals)
    : IRequestHandler<RetryQuarantined, Outcome<TakenIn>>
{
    public async Task<Outcome<TakenIn>> Handle(RetryQuarantined request, CancellationToken cancellationToken)
    {
        var row = await db.Quarantine.SingleOrDefaultAsync(q => q.Id == request.Id, cancellationToken);
        var source = row is null ? null : await db.Sources.SingleOrDefaultAsync(s => s.Id == row.SenderId, cancellationToken);
        if (row is null || source is null || !request.Actor.Sees(source))
        {
            return Refusal.NotFound("The quarantined fact");
        }

        if (row.State is QuarantineState.TakenIn)
        {
            return Refusal.Conflict("quarantine.settled", $"It was taken in by {row.SettledBy} already.");
        }

        var read = reader.Read(row, request.Mended, Sender.Of(source));
        if (read.Value is not { } delivery)
        {
            return read.Refusal!;
        }

        var reading = delivery.Readings[0];
        if (!await queue.Settle(delivery))
        {
            return Refusal.Unavailable("intake.away", "The database does not take anything now. Try again shortly.");
        }

        return reading.Verdict is Verdict.Conflict
            ? Refusal.Conflict("intake.conflict", $"An event {reading.Id} of the same source is stored with other content, and the first stored wins.")
            : await Close(row, source, request, reading.Verdict, cancellationToken);
    }

    private async Task<Outcome<TakenIn>> Close(Quarantined row, Source source, RetryQuarantined request, Verdict verdict, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        (row.State, row.SettledAt, row.SettledBy) = (QuarantineState.TakenIn, now, request.Actor.Name);
        db.Audit.Add(AuditEntry.Of(
            request.Actor, "quarantine.retry", $"fact {row.EventId ?? row.Id.ToString("n")} of {source.Name}",
            $"{row.Reason}; {(request.Mended is null ? "as it was received" : "mended")}; {verdict}", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Intake, Subject = row.Id, At = now });
        var saved = await db.CommitWith(new TakenIn(row.Id, verdict), cancellationToken);
        signals.Changes.Ring();
        return saved;
    }
}

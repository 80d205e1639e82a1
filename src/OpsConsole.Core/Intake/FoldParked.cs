using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Projection;
using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Intake;

/// <summary>Folds stored facts again that no fold could take before, one or all that the actor sees. What still cannot be folded is parked again.</summary>
/// <param name="Id">Of one, as the quarantine lists it; nothing: all.</param>
/// <param name="Actor">Who.</param>
public sealed record FoldParked(string? Id, Actor Actor) : IRequest<Outcome<FoldingAgain>>, IGuarded
{
    public Right Needs => Right.MendQuarantine;
}

/// <param name="Facts">How many go to be folded.</param>
public sealed record FoldingAgain(int Facts);

internal sealed class FoldParkedHandler(OpsDb db, TimeProvider clock, WorkSignals signals) : IRequestHandler<FoldParked, Outcome<FoldingAgain>>
{
    private const int Most = 1_000;

    public async Task<Outcome<FoldingAgain>> Handle(FoldParked request, CancellationToken cancellationToken)
    {
        var seen = (await db.Sources.AsNoTracking().ToListAsync(cancellationToken)).Where(request.Actor.Sees).Select(source => source.Id).ToArray();
        var parked = from fact in db.ParkedFacts join stored in db.Events on fact.EventKey equals stored.Key where seen.Contains(stored.SenderId) select fact.EventKey;
        if (request.Id is { } id)
        {
            if (id.Length != 64 || !id.All(char.IsAsciiHexDigit))
            {
                return Refusal.NotFound("The parked fact");
            }

            var key = Convert.FromHexString(id);
            parked = parked.Where(one => one == key);
        }

        var keys = await parked.OrderBy(key => key).Take(Most).ToArrayAsync(cancellationToken);
        if (keys.Length == 0)
        {
            return request.Id is null ? new FoldingAgain(0) : Refusal.NotFound("The parked fact");
        }

        await Fold(keys, request.Actor, cancellationToken);
        signals.Facts.Ring();
        signals.Changes.Ring();
        return new FoldingAgain(keys.Length);
    }

    /// <summary>A batch of their own, as if they had just been written: a crash in between leaves them parked.</summary>
    private async Task Fold(byte[][] keys, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var batch = new Batch { Id = Guid.CreateVersion7(now), Kind = FactKind.Events, Facts = keys.Length, ReceivedAt = now };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Events.Where(e => keys.Contains(e.Key)).ExecuteUpdateAsync(set => set.SetProperty(e => e.BatchId, batch.Id), cancellationToken);
        await db.ParkedFacts.Where(fact => keys.Contains(fact.EventKey)).ExecuteDeleteAsync(cancellationToken);
        db.Batches.Add(batch);
        db.Audit.Add(AuditEntry.Of(actor, "parked.fold", $"{keys.Length} parked facts", "folded again", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Intake, At = now });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

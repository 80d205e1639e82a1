using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Intake.Bulk;

/// <summary>Gives all refused facts of a kind up. Their bytes stay, and each can still be taken in later.</summary>
public sealed record DiscardKind(RefusedKind Kind, string Reason, Actor Actor) : IRequest<Outcome<DiscardedKind>>, IGuarded
{
    public Right Needs => Right.MendQuarantine;
}

/// <param name="Discarded">How many.</param>
public sealed record DiscardedKind(int Discarded);

internal sealed class DiscardKindHandler(OpsDb db, TimeProvider clock, WorkSignals signals) : IRequestHandler<DiscardKind, Outcome<DiscardedKind>>
{
    private const int Chunk = 1_000;

    public async Task<Outcome<DiscardedKind>> Handle(DiscardKind request, CancellationToken cancellationToken)
    {
        if (await db.SourceOf(request.Kind, request.Actor, cancellationToken) is not { } source)
        {
            return Refusal.NotFound("The source");
        }

        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            return Refusal.Invalid("reason", "must say why the facts are given up");
        }

        var now = clock.GetUtcNow();
        var open = db.OpenOf(source.Id, request.Kind);
        var count = await open.CountAsync(cancellationToken);
        db.Audit.Add(AuditEntry.Of(request.Actor, "quarantine.discard-all", $"{count} facts of {source.Name}", $"{request.Kind.Say()}; {request.Reason.Trim()}", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Intake, At = now });
        await db.SaveChangesAsync(cancellationToken);

        var discarded = 0;
        var by = request.Actor.Name;
        while (await open.OrderBy(q => q.Id).Take(Chunk).Select(q => q.Id).ToArrayAsync(cancellationToken) is { Length: > 0 } ids)
        {
            discarded += await db.Quarantine.Where(q => ids.Contains(q.Id) && q.State == QuarantineState.Open).ExecuteUpdateAsync(
                set => set.SetProperty(q => q.State, QuarantineState.Discarded).SetProperty(q => q.SettledAt, now).SetProperty(q => q.SettledBy, by), cancellationToken);
        }

        signals.Changes.Ring();
        return new DiscardedKind(discarded);
    }
}

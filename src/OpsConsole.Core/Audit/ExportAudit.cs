using OpsConsole.Storage;

namespace OpsConsole.Audit;

/// <summary>The audit as a file that can be verified anywhere: all of it, or what was sealed in a period. That it was taken is an entry itself.</summary>
/// <param name="From">Sealed at or after it; nothing: from the beginning.</param>
/// <param name="Until">Sealed before it; nothing: up to now.</param>
/// <param name="Actor">Who asks: entries of units that they may not see are told as hashes.</param>
public sealed record ExportAudit(DateTimeOffset? From, DateTimeOffset? Until, Actor Actor) : IRequest<Outcome<AuditExport>>, IGuarded
{
    public Right Needs => Right.ReadAudit;
}

/// <param name="Name">Of the file.</param>
/// <param name="Lines">Read while they are written: for as long as the request's scope lives.</param>
public sealed record AuditExport(string Name, IAsyncEnumerable<string> Lines);

internal sealed class ExportAuditHandler(OpsDb db, TimeProvider clock) : IRequestHandler<ExportAudit, Outcome<AuditExport>>
{
    public async Task<Outcome<AuditExport>> Handle(ExportAudit request, CancellationToken cancellationToken)
    {
        var (from, until, scope, now) = (request.From, request.Until, request.Actor.Scope, clock.GetUtcNow());
        if (from >= until)
        {
            return Refusal.Invalid("until", "must be after \"from\"");
        }

        var seals = db.AuditSeals.AsNoTracking();
        var after = from is null ? 0 : await seals.Where(s => s.SealedAt < from).MaxAsync(s => (long?)s.Number, cancellationToken) ?? 0;
        var to = await seals.Where(s => until == null || s.SealedAt < until).MaxAsync(s => (long?)s.Number, cancellationToken) ?? 0;
        var told = scope.AllUnits || scope.ByEntity ? scope.Words : $"units {scope.Words}";
        db.Audit.Add(AuditEntry.Of(request.Actor, "audit.export", "audit", FormattableString.Invariant($"entries {after + 1} to {to}, {told}"), now));
        await db.SaveChangesAsync(cancellationToken);
        var segment = new ChainSegment(after, to, request.Actor.Name, told, entry => entry.Unit is null || scope.Covers(entry.Unit, entity: null));
        return new AuditExport($"audit-{now.UtcDateTime:yyyyMMdd-HHmm}.ndjson", segment.Lines(db, now, cancellationToken));
    }
}

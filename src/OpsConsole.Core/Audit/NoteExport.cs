using OpsConsole.Storage;

namespace OpsConsole.Audit;

/// <summary>Somebody takes a file of rows away: who, which, narrowed how, how many. Asked before the file is given.</summary>
/// <param name="What">Which file: <c>worklist</c>, <c>board</c>.</param>
/// <param name="Filter">What it is narrowed to, as in its address.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Actor">Who takes it.</param>
public sealed record NoteExport(string What, string Filter, long Rows, Actor Actor) : IRequest<Outcome<Guid>>, IGuarded
{
    // Each export asks for its own right before: whoever may read it may take it along.
    public Right Needs => Right.ReadCases;
}

internal sealed class NoteExportHandler(OpsDb db, TimeProvider clock) : IRequestHandler<NoteExport, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(NoteExport request, CancellationToken cancellationToken)
    {
        var entry = AuditEntry.Of(request.Actor, "export", request.What, FormattableString.Invariant($"{request.Rows} rows; {(request.Filter.Length > 0 ? request.Filter : "everything in sight")}"), clock.GetUtcNow());
        db.Audit.Add(entry);
        await db.SaveChangesAsync(cancellationToken);
        return entry.Id;
    }
}

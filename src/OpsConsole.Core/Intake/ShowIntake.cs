using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Intake;

/// <summary>What became of everything that was received: the conservation law.</summary>
public sealed record ShowIntake(Actor Actor) : IRequest<Outcome<IntakeFigures>>, IGuarded
{
    public Right Needs => Right.ReadSources;
}

/// <summary>received = stored + duplicates + conflicts + quarantined + in flight. Each receipt counts once and for good: what is mended and taken in again was received again.</summary>
/// <param name="Stored">New facts that are committed; those that cannot be folded among them.</param>
/// <param name="Duplicates">Sent before with the same content.</param>
/// <param name="Conflicts">Sent before with other content.</param>
/// <param name="Quarantined">Could not be read.</param>
/// <param name="InFlight">Received by this node and not settled yet.</param>
/// <param name="BySource">The same by source.</param>
public sealed record IntakeFigures(long Stored, long Duplicates, long Conflicts, long Quarantined, long InFlight, IReadOnlyList<SourceFigures> BySource)
{
    public long Received => Stored + Duplicates + Conflicts + Quarantined + InFlight;
}

/// <summary>The figures of one source.</summary>
public sealed record SourceFigures(string Source, long Stored, long Duplicates, long Conflicts, long Quarantined, long InFlight)
{
    public long Received => Stored + Duplicates + Conflicts + Quarantined + InFlight;
}

internal sealed class ShowIntakeHandler(OpsDb db, IntakeQueue queue) : IRequestHandler<ShowIntake, Outcome<IntakeFigures>>
{
    public async Task<Outcome<IntakeFigures>> Handle(ShowIntake request, CancellationToken cancellationToken)
    {
        var sources = (await db.Sources.AsNoTracking().OrderBy(s => s.Name).ToListAsync(cancellationToken)).Where(request.Actor.Sees).ToList();
        var inFlight = queue.InFlight();
        var counts = (await db.IntakeCounts.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(count => count.SourceId);
        List<SourceFigures> figures =
        [
            .. sources.Select(source => new SourceFigures(
                source.Name, counts[source.Id].Sum(c => c.Stored), counts[source.Id].Sum(c => c.Duplicates), counts[source.Id].Sum(c => c.Conflicts),
                counts[source.Id].Sum(c => c.Quarantined), inFlight.GetValueOrDefault(source.Id))),
        ];
        return new IntakeFigures(
            figures.Sum(f => f.Stored), figures.Sum(f => f.Duplicates), figures.Sum(f => f.Conflicts), figures.Sum(f => f.Quarantined), figures.Sum(f => f.InFlight), figures);
    }
}

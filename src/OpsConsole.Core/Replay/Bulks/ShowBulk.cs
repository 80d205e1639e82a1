using Microsoft.Extensions.Options;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

/// <summary>A bulk with its preview and how far it is.</summary>
/// <param name="BulkId">The bulk.</param>
/// <param name="Actor">Who asks; they must see all of its units.</param>
public sealed record ShowBulk(Guid BulkId, Actor Actor) : IRequest<Outcome<BulkView>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Id">Its address.</param>
/// <param name="Name">B-12.</param>
/// <param name="Said">What was selected.</param>
/// <param name="Why">Why it is in its state.</param>
/// <param name="Worth">At risk in <paramref name="Currency"/>, each object counted once.</param>
/// <param name="NeedsApproval">Why a second person must approve it; nothing: nobody need.</param>
/// <param name="Version">What a caller must have seen.</param>
public sealed record BulkView(
    Guid Id, string Name, string Said, BulkState State, string? Why, int Total, decimal Worth, string Currency, string CreatedByName, DateTimeOffset CreatedAt, string? NeedsApproval, int Version)
{
    public required string CreatedBy { get; init; }

    public string? StartedByName { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public string? ApprovedByName { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The sizes of the first waves with commas.</summary>
    public required string Ramp { get; init; }

    /// <summary>The wave that is on its way, from 0; as many as there are sizes: the ramp is behind it.</summary>
    public int Wave { get; init; }

    public decimal? RatePerSecond { get; init; }

    /// <summary>Stops when more than this share (0 to 1) has failed.</summary>
    public decimal StopAbove { get; init; }

    public bool WithLarge { get; init; }

    public Guid? LeftOf { get; init; }

    /// <summary>What the preview said, by verdict.</summary>
    public IReadOnlyList<BulkPart> Preview { get; init; } = [];

    public BulkProgress Progress { get; init; } = BulkProgress.None;

    internal static BulkView Of(Bulk bulk, string currency) => new(
        bulk.Id, bulk.Name, bulk.Said, bulk.State, bulk.Why, bulk.Total, bulk.Worth, currency, bulk.CreatedByName, bulk.CreatedAt, bulk.NeedsApproval, bulk.Version)
    {
        CreatedBy = bulk.CreatedBy, StartedByName = bulk.StartedByName, StartedAt = bulk.StartedAt, ApprovedByName = bulk.ApprovedByName, EndedAt = bulk.EndedAt, Ramp = bulk.Ramp,
        Wave = bulk.Wave, RatePerSecond = bulk.RatePerSecond, StopAbove = bulk.StopAbove, WithLarge = bulk.WithLarge, LeftOf = bulk.LeftOf,
    };
}

/// <param name="Verdict">What the preview said.</param>
/// <param name="Count">Of how many.</param>
/// <param name="Worth">What they are worth in the reporting currency.</param>
public sealed record BulkPart(BulkVerdict Verdict, int Count, decimal Worth);

internal sealed class ShowBulkHandler(OpsDb db, TimeProvider clock, IOptions<ReportingOptions> reporting) : IRequestHandler<ShowBulk, Outcome<BulkView>>
{
    public async Task<Outcome<BulkView>> Handle(ShowBulk request, CancellationToken cancellationToken)
    {
        var bulk = await db.Bulks.AsNoTracking().SingleOrDefaultAsync(b => b.Id == request.BulkId, cancellationToken);
        if (bulk is null || !bulk.IsSeenBy(request.Actor))
        {
            return Refusal.NotFound("The bulk");
        }

        var preview = await db.BulkItems.AsNoTracking().Where(i => i.BulkId == bulk.Id).GroupBy(i => i.Verdict)
            .Select(part => new { part.Key, Count = part.Count(), Worth = part.Sum(i => i.Worth) }).ToListAsync(cancellationToken);
        return BulkView.Of(bulk, reporting.Value.Currency) with
        {
            Preview = [.. preview.OrderBy(part => part.Key).Select(part => new BulkPart(part.Key, part.Count, part.Worth ?? 0))],
            Progress = await BulkProgress.Read(db, bulk.Id, clock.GetUtcNow(), cancellationToken),
        };
    }
}

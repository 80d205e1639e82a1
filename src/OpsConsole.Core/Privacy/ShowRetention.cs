using Microsoft.Extensions.Options;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Privacy;

/// <summary>For how long what is kept, what went, and what is held.</summary>
public sealed record ShowRetention(Actor Actor) : IRequest<Outcome<RetentionView>>, IGuarded
{
    public Right Needs => Right.ReadAudit;
}

/// <param name="Classes">In the order in which they are swept.</param>
/// <param name="Holds">Those that hold first, then the latest.</param>
public sealed record RetentionView(IReadOnlyList<RetentionRow> Classes, IReadOnlyList<HoldRow> Holds);

/// <param name="Days">Nothing: for ever.</param>
/// <param name="Deleted">Rows that went in all, where they are counted; 0 for who does not see every row.</param>
/// <param name="LastDay">The last day on which some went.</param>
public sealed record RetentionRow(string Code, string Title, string Holds, int? Days, long Deleted, DateOnly? LastDay);

internal sealed class ShowRetentionHandler(OpsDb db, IOptions<RetentionOptions> options) : IRequestHandler<ShowRetention, Outcome<RetentionView>>
{
    private const int MostHolds = 500;

    public async Task<Outcome<RetentionView>> Handle(ShowRetention request, CancellationToken cancellationToken)
    {
        // Counted over all units together: told to who sees all of them.
        var gone = !request.Actor.Scope.Everything ? [] : await db.RetentionCounts.GroupBy(c => c.Class).Select(one => new { one.Key, Deleted = one.Sum(c => c.Deleted), Last = one.Max(c => c.Day) })
            .ToDictionaryAsync(one => one.Key, StringComparer.Ordinal, cancellationToken);
        var scope = request.Actor.Scope;
        var (everything, units) = (scope.Everything, scope.ByEntity ? [] : scope.Units);
        var holds = await db.LegalHolds.AsNoTracking().Where(h => everything || (h.Unit != null && units.Contains(h.Unit))).OrderBy(h => h.EndedAt != null).ThenByDescending(h => h.PlacedAt).Take(MostHolds).ToListAsync(cancellationToken);
        return new RetentionView(
            [.. RetentionClass.All.Select(one => new RetentionRow(one.Code, one.Title, one.Holds, one.Days(options.Value), gone.GetValueOrDefault(one.Code)?.Deleted ?? 0, gone.GetValueOrDefault(one.Code)?.Last))],
            holds.ConvertAll(HoldRow.Of));
    }
}

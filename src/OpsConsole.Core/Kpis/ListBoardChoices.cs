using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>By what the caller can narrow a board: the legal entities, regions and currencies of their transactions and open exceptions.</summary>
public sealed record ListBoardChoices(Actor Actor) : IRequest<Outcome<BoardChoices>>, IGuarded
{
    public Right Needs => Right.ReadBoard;
}

/// <summary>Each in order.</summary>
public sealed record BoardChoices(IReadOnlyList<string> LegalEntities, IReadOnlyList<string> Regions, IReadOnlyList<string> Currencies);

internal sealed class ListBoardChoicesHandler(OpsDb db) : IRequestHandler<ListBoardChoices, Outcome<BoardChoices>>
{
    public async Task<Outcome<BoardChoices>> Handle(ListBoardChoices request, CancellationToken cancellationToken)
    {
        var (all, units) = (request.Actor.Scope.AllUnits, request.Actor.Scope.Units);
        var transactions = await db.Transactions.AsNoTracking().Where(t => all || units.Contains(t.Unit))
            .Select(t => new { t.LegalEntity, t.Region, t.Currency }).Distinct().ToListAsync(cancellationToken);
        var cases = await db.Cases.AsNoTracking().Where(c => c.EndedAt == null && c.MovedTo == null && (all || units.Contains(c.Unit)))
            .Select(c => new { c.LegalEntity, c.Region, c.Currency }).Distinct().ToListAsync(cancellationToken);
        var found = transactions.Concat(cases).ToList();
        return new BoardChoices(Ordered(found.Select(one => one.LegalEntity)), Ordered(found.Select(one => one.Region)), Ordered(found.Select(one => one.Currency)));
    }

    private static IReadOnlyList<string> Ordered(IEnumerable<string?> values) => [.. values.OfType<string>().Where(value => value.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

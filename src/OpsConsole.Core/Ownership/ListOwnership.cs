using OpsConsole.Storage;

namespace OpsConsole.Ownership;

/// <summary>The matrix: every cell in force, by entity, attribute and unit.</summary>
/// <param name="Entity">Of this entity and of all; nothing: everything.</param>
/// <param name="AsOf">As it stood at this moment; nothing: now.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ListOwnership(string? Entity, DateTimeOffset? AsOf, Actor Actor) : IRequest<Outcome<IReadOnlyList<OwnershipCell>>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Entity">Or <c>*</c>.</param>
/// <param name="Attribute">Or <c>*</c>.</param>
/// <param name="Unit">Or <c>*</c>.</param>
/// <param name="Owner">The system; nothing: it says nothing (any more).</param>
/// <param name="Version">Of this cell, from 1.</param>
public sealed record OwnershipCell(string Entity, string Attribute, string Unit, string? Owner, int Version, string Note, DateTimeOffset SetAt, string SetBy)
{
    internal static OwnershipCell Of(OwnershipRule rule) => new(rule.Entity, rule.Attribute, rule.Unit, rule.Owner, rule.Version, rule.Note, rule.SetAt, rule.SetBy);
}

internal sealed class ListOwnershipHandler(OpsDb db) : IRequestHandler<ListOwnership, Outcome<IReadOnlyList<OwnershipCell>>>
{
    public async Task<Outcome<IReadOnlyList<OwnershipCell>>> Handle(ListOwnership request, CancellationToken cancellationToken)
    {
        var rules = db.OwnershipRules.AsNoTracking();
        rules = request.AsOf is { } at ? rules.Where(r => r.SetAt <= at && (r.EndedAt == null || r.EndedAt > at)) : rules.Where(r => r.InForce);
        rules = request.Entity is { } entity ? rules.Where(r => r.Entity == entity || r.Entity == OwnershipRule.Any) : rules;
        var cells = await rules.Where(r => r.Owner != null).OrderBy(r => r.Entity).ThenBy(r => r.Attribute).ThenBy(r => r.Unit).ToListAsync(cancellationToken);
        return Outcome.Of<IReadOnlyList<OwnershipCell>>(cells.ConvertAll(OwnershipCell.Of));
    }
}

/// <summary>All that one cell has said, latest first.</summary>
public sealed record ShowCell(string Entity, string Attribute, string Unit, Actor Actor) : IRequest<Outcome<IReadOnlyList<OwnershipCell>>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

internal sealed class ShowCellHandler(OpsDb db) : IRequestHandler<ShowCell, Outcome<IReadOnlyList<OwnershipCell>>>
{
    public async Task<Outcome<IReadOnlyList<OwnershipCell>>> Handle(ShowCell request, CancellationToken cancellationToken)
    {
        var versions = await db.OwnershipRules.AsNoTracking().Where(r => r.Entity == request.Entity && r.Attribute == request.Attribute && r.Unit == request.Unit)
            .OrderByDescending(r => r.Version).ToListAsync(cancellationToken);
        return Outcome.Of<IReadOnlyList<OwnershipCell>>(versions.ConvertAll(OwnershipCell.Of));
    }
}

/// <summary>Who owns one attribute of an entity in a unit, and by which cell.</summary>
public sealed record FindOwner(string Entity, string Attribute, string Unit, Actor Actor) : IRequest<Outcome<FoundOwner>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Owner">The system and the cell that names it; nothing: the matrix does not say.</param>
public sealed record FoundOwner(string Entity, string Attribute, string Unit, AttributeOwner? Owner);

internal sealed class FindOwnerHandler(OpsDb db) : IRequestHandler<FindOwner, Outcome<FoundOwner>>
{
    public async Task<Outcome<FoundOwner>> Handle(FindOwner request, CancellationToken cancellationToken) =>
        new FoundOwner(request.Entity, request.Attribute, request.Unit, (await db.OwnerBook(request.Entity, request.Unit, cancellationToken)).Of(request.Attribute));
}

internal static class OwnershipQueries
{
    /// <summary>What counts now for one entity in one unit.</summary>
    public static async Task<OwnerBook> OwnerBook(this OpsDb db, string entity, string unit, CancellationToken cancellationToken) =>
        new(entity, unit, await db.OwnershipRules.AsNoTracking()
            .Where(r => r.InForce && (r.Entity == entity || r.Entity == OwnershipRule.Any) && (r.Unit == unit || r.Unit == OwnershipRule.Any)).ToListAsync(cancellationToken));
}

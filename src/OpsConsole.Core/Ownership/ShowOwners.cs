using OpsConsole.Storage;

namespace OpsConsole.Ownership;

/// <summary>Who owns each of these attributes of an entity in a unit.</summary>
public sealed record ShowOwners(string Entity, string Unit, IReadOnlyCollection<string> Attributes, Actor Actor) : IRequest<Outcome<AttributeOwners>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Systems">Attribute → the system that owns it; those that the matrix does not name are left out.</param>
public sealed record AttributeOwners(IReadOnlyDictionary<string, string> Systems);

internal sealed class ShowOwnersHandler(OpsDb db) : IRequestHandler<ShowOwners, Outcome<AttributeOwners>>
{
    public async Task<Outcome<AttributeOwners>> Handle(ShowOwners request, CancellationToken cancellationToken)
    {
        var book = await db.OwnerBook(request.Entity, request.Unit, cancellationToken);
        return new AttributeOwners(
            (from attribute in request.Attributes.Distinct(StringComparer.Ordinal)
             let owner = book.Of(attribute)
             where owner is not null
             select (attribute, owner.System)).ToDictionary(one => one.attribute, one => one.System, StringComparer.Ordinal));
    }
}

using OpsConsole.Storage;

namespace OpsConsole.Intake.Mappings;

/// <summary>All mappings, by name.</summary>
public sealed record ListMappings(Actor Actor) : IRequest<Outcome<IReadOnlyList<MappingView>>>, IGuarded
{
    public Right Needs => Right.ReadSources;
}

internal sealed class ListMappingsHandler(OpsDb db) : IRequestHandler<ListMappings, Outcome<IReadOnlyList<MappingView>>>
{
    public async Task<Outcome<IReadOnlyList<MappingView>>> Handle(ListMappings request, CancellationToken cancellationToken)
    {
        var rows = await db.Mappings.AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken);
        return Outcome.Of<IReadOnlyList<MappingView>>(rows.ConvertAll(View));
    }

    internal static MappingView View(EventMapping row) => new(MappingDefinition.FromJson(row.Definition), row.Version, row.UpdatedAt, row.UpdatedBy);
}

/// <summary>One mapping.</summary>
public sealed record ShowMapping(string Name, Actor Actor) : IRequest<Outcome<MappingView>>, IGuarded
{
    public Right Needs => Right.ReadSources;
}

internal sealed class ShowMappingHandler(OpsDb db) : IRequestHandler<ShowMapping, Outcome<MappingView>>
{
    public async Task<Outcome<MappingView>> Handle(ShowMapping request, CancellationToken cancellationToken) =>
        await db.Mappings.AsNoTracking().SingleOrDefaultAsync(row => row.Name == request.Name, cancellationToken) is { } row
            ? ListMappingsHandler.View(row)
            : Refusal.NotFound($"The mapping {request.Name}");
}

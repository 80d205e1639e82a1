using OpsConsole.Storage;

namespace OpsConsole.Flows;

/// <summary>All flow definitions, by name.</summary>
public sealed record ListFlows(Actor Actor) : IRequest<Outcome<IReadOnlyList<FlowView>>>, IGuarded
{
    public Right Needs => Right.ReadFacts;
}

internal sealed class ListFlowsHandler(OpsDb db) : IRequestHandler<ListFlows, Outcome<IReadOnlyList<FlowView>>>
{
    public async Task<Outcome<IReadOnlyList<FlowView>>> Handle(ListFlows request, CancellationToken cancellationToken)
    {
        var rows = await db.Flows.AsNoTracking().OrderBy(flow => flow.Name).ToListAsync(cancellationToken);
        return Outcome.Of<IReadOnlyList<FlowView>>(rows.ConvertAll(View));
    }

    internal static FlowView View(Flow row) => new(FlowDefinition.FromJson(row.Definition), row.Version, row.FoldedVersion == row.Version);
}

/// <summary>One flow definition.</summary>
public sealed record ShowFlow(string Name, Actor Actor) : IRequest<Outcome<FlowView>>, IGuarded
{
    public Right Needs => Right.ReadFacts;
}

internal sealed class ShowFlowHandler(OpsDb db) : IRequestHandler<ShowFlow, Outcome<FlowView>>
{
    public async Task<Outcome<FlowView>> Handle(ShowFlow request, CancellationToken cancellationToken) =>
        await db.Flows.AsNoTracking().SingleOrDefaultAsync(flow => flow.Name == request.Name, cancellationToken) is { } row
            ? ListFlowsHandler.View(row)
            : Refusal.NotFound($"The flow {request.Name}");
}

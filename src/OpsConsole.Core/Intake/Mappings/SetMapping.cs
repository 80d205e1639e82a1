using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Intake.Mappings;

/// <summary>Sets a mapping. The same again changes nothing. What was refused before stays in quarantine until somebody takes it in again.</summary>
public sealed record SetMapping(MappingDefinition Definition, Actor Actor) : IRequest<Outcome<MappingView>>, IGuarded
{
    public Right Needs => Right.ManageRules;
}

/// <param name="Definition">What stands where.</param>
/// <param name="Version">Raised at every change.</param>
/// <param name="UpdatedAt">When it was set.</param>
/// <param name="UpdatedBy">By whom.</param>
public sealed record MappingView(MappingDefinition Definition, int Version, DateTimeOffset UpdatedAt, string UpdatedBy);

internal sealed class SetMappingHandler(OpsDb db, LiveMappings live, TimeProvider clock, WorkSignals signals) : IRequestHandler<SetMapping, Outcome<MappingView>>
{
    public async Task<Outcome<MappingView>> Handle(SetMapping request, CancellationToken cancellationToken)
    {
        if (MappingRules.Fault(request.Definition) is { } fault)
        {
            return fault;
        }

        var definition = request.Definition.ToJson();
        var row = await db.Mappings.SingleOrDefaultAsync(m => m.Name == request.Definition.Name, cancellationToken);
        if (row is not null && row.Definition == definition)
        {
            return ListMappingsHandler.View(row);
        }

        var now = clock.GetUtcNow();
        if (row is null)
        {
            row = new EventMapping { Name = request.Definition.Name, Definition = definition, UpdatedAt = now, UpdatedBy = request.Actor.Name };
            db.Mappings.Add(row);
        }
        else
        {
            (row.Definition, row.Version, row.UpdatedAt, row.UpdatedBy) = (definition, row.Version + 1, now, request.Actor.Name);
        }

        db.Audit.Add(AuditEntry.Of(request.Actor, "mapping.set", $"mapping {row.Name}", $"version {row.Version}: {definition}", now));
        db.Changes.Add(new Change { Topic = LiveTopic.Settings, At = now });
        var saved = await db.CommitWith(ListMappingsHandler.View(row), cancellationToken);
        await live.Load(cancellationToken);
        signals.Changes.Ring();
        return saved;
    }
}

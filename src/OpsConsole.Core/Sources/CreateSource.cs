using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Sources;

/// <summary>Registers a sender. It sends once it has a key.</summary>
public sealed record CreateSource(string Name, KeyScopes Scopes, IReadOnlyList<string> CloudEventSources, IReadOnlyList<string> Units, Lane Priority, Actor Actor)
    : IRequest<Outcome<Guid>>, IGuarded
{
    public Right Needs => Right.ManageSources;

    /// <summary>The addresses and networks that it may come from; empty: any.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>How many requests a second one node takes of it; nothing: as many as there is room for.</summary>
    public int? RequestsPerSecond { get; init; }
}

internal sealed class CreateSourceHandler(OpsDb db, TimeProvider clock, LiveKeys keys, WorkSignals signals) : IRequestHandler<CreateSource, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(CreateSource request, CancellationToken cancellationToken)
    {
        if ((SourceRules.Fault(request.Name, request.Scopes, request.CloudEventSources, request.Units, request.Actor) ?? SourceRules.Fault(request.Addresses, request.RequestsPerSecond)) is { } fault)
        {
            return fault;
        }

        var name = request.Name.Trim();
        if (await db.Sources.AnyAsync(s => s.Name == name, cancellationToken))
        {
            return Refusal.Conflict("source.exists", $"There is a source named {name} already.");
        }

        var now = clock.GetUtcNow();
        var source = new Source
        {
            Id = Guid.CreateVersion7(now), Name = name, Scopes = request.Scopes, CloudEventSources = [.. request.CloudEventSources], Units = [.. request.Units], CreatedAt = now, Priority = request.Priority,
            Addresses = [.. request.Addresses], RequestsPerSecond = request.RequestsPerSecond,
        };
        db.Sources.Add(source);
        db.Audit.Add(AuditEntry.Of(request.Actor, "source.create", $"source {name}", SourceRules.Say(source), now));
        db.Changes.Add(new Change { Topic = LiveTopic.Intake, At = now });
        var saved = await db.CommitWith(source.Id, cancellationToken);
        keys.Forget();
        signals.Changes.Ring();
        return saved;
    }
}

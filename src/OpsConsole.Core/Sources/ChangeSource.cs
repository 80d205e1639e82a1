using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Sources;

/// <summary>Changes what a sender may do and who goes first, or disables it: then none of its keys is taken. Without a priority it keeps the one it has.</summary>
public sealed record ChangeSource(Guid Id, KeyScopes Scopes, IReadOnlyList<string> CloudEventSources, IReadOnlyList<string> Units, bool Disabled, Lane? Priority, Actor Actor)
    : IRequest<Outcome<Guid>>, IGuarded
{
    public Right Needs => Right.ManageSources;

    /// <summary>The addresses and networks that it may come from; empty: any.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>How many requests a second one node takes of it; nothing: as many as there is room for.</summary>
    public int? RequestsPerSecond { get; init; }
}

internal sealed class ChangeSourceHandler(OpsDb db, TimeProvider clock, LiveKeys keys, WorkSignals signals) : IRequestHandler<ChangeSource, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(ChangeSource request, CancellationToken cancellationToken)
    {
        var source = await db.Sources.SingleOrDefaultAsync(s => s.Id == request.Id, cancellationToken);
        if (source is null || !request.Actor.Sees(source))
        {
            return Refusal.NotFound("The source");
        }

        if ((SourceRules.Fault(source.Name, request.Scopes, request.CloudEventSources, request.Units, request.Actor) ?? SourceRules.Fault(request.Addresses, request.RequestsPerSecond)) is { } fault)
        {
            return fault;
        }

        var now = clock.GetUtcNow();
        (source.Scopes, source.CloudEventSources, source.Units, source.Disabled) = (request.Scopes, [.. request.CloudEventSources], [.. request.Units], request.Disabled);
        (source.Addresses, source.RequestsPerSecond) = ([.. request.Addresses], request.RequestsPerSecond);
        source.Priority = request.Priority ?? source.Priority;
        db.Audit.Add(AuditEntry.Of(request.Actor, "source.change", $"source {source.Name}", SourceRules.Say(source), now));
        db.Changes.Add(new Change { Topic = LiveTopic.Intake, At = now });
        var saved = await db.CommitWith(source.Id, cancellationToken);
        keys.Forget();
        signals.Changes.Ring();
        return saved;
    }
}

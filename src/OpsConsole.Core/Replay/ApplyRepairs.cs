using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Cases;

namespace OpsConsole.Replay;

/// <summary>
/// Makes the same repair in many exceptions, one after the other, each by the way of a single repair: rights, scope, holder, version and
/// contract are looked at again for each. What nobody holds is claimed first. One that is refused leaves the others alone.
/// </summary>
/// <param name="Cases">As they were previewed; what has changed since is left out.</param>
/// <param name="Change">What is set.</param>
/// <param name="Reason">A <see cref="RepairReasons"/> code.</param>
/// <param name="Note">What was changed and why.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ApplyRepairs(IReadOnlyList<SeenCase> Cases, RepairChange Change, string? Reason, string Note, Actor Actor) : IRequest<Outcome<RepairsApplied>>, IGuarded
{
    public Right Needs => Right.WorkCases;
}

public sealed record RepairsApplied(IReadOnlyList<RepairApplied> Items)
{
    public int Done => Items.Count(item => item.Done);
}

/// <param name="Name">EX-20418; its id when it is outside the caller's scope.</param>
/// <param name="Done">It was kept as a new version.</param>
/// <param name="Why">Why not.</param>
/// <param name="Version">Of the exception, afterwards.</param>
public sealed record RepairApplied(Guid Id, string Name, bool Done, string? Why, int? Version);

internal sealed class ApplyRepairsHandler(IServiceScopeFactory scopes) : IRequestHandler<ApplyRepairs, Outcome<RepairsApplied>>
{
    public async Task<Outcome<RepairsApplied>> Handle(ApplyRepairs request, CancellationToken cancellationToken)
    {
        if (request.Cases.Count is 0 or > PreviewRepairs.Most)
        {
            return Refusal.Invalid("cases", $"must be 1 to {PreviewRepairs.Most}");
        }

        if (request.Change.Wrong() is { } refusal)
        {
            return refusal;
        }

        var items = new List<RepairApplied>();
        foreach (var one in request.Cases.DistinctBy(one => one.Id))
        {
            items.Add(await Apply(one, request, cancellationToken));
        }

        return new RepairsApplied(items);
    }

    // In a scope of its own, so that one that fails leaves nothing behind for the next.
    private async Task<RepairApplied> Apply(SeenCase one, ApplyRepairs request, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var preview = await mediator.Send(new PreviewRepairs(new RepairSelection([one]), request.Change, request.Actor), cancellationToken);
        if (preview.Value?.Items is not [var item])
        {
            return new RepairApplied(one.Id, one.Id.ToString(), false, preview.Refusal?.Message ?? Refusal.NotFound("The exception").Message, null);
        }

        if (item.Verdict is not RepairVerdictKind.Valid)
        {
            return new RepairApplied(one.Id, item.Name, false, item.Why, item.Version);
        }

        var version = item.Version;
        if (item.Claims)
        {
            var claimed = await mediator.Send(new ClaimCase(one.Id, version, "to repair several together", request.Actor), cancellationToken);
            if (claimed.Value is not { } claim)
            {
                return new RepairApplied(one.Id, item.Name, false, claimed.Refusal!.Message, version);
            }

            version = claim.Version;
        }

        var edits = new Dictionary<string, string?> { [request.Change.Pointer] = request.Change.Value };
        var repaired = await mediator.Send(new RepairPayload(one.Id, version, "", request.Note, request.Actor) { Edits = edits, Reason = request.Reason }, cancellationToken);
        return new RepairApplied(one.Id, item.Name, repaired.Accepted, repaired.Refusal?.Message, repaired.Value?.Version ?? version);
    }
}

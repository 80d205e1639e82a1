using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>What can be done to many exceptions at once.</summary>
public enum TogetherAction
{
    Claim,
    Release,
    Assign,
    Snooze,
    Dismiss,
}

/// <summary>
/// The same step on many exceptions, each for itself, with the version that was seen: one that changed since is refused by name and the others go on.
/// </summary>
/// <param name="Items">At most <see cref="Most"/>: id and the version that was seen.</param>
/// <param name="Action">Which step.</param>
/// <param name="Reason">Why, for every history.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ActTogether(IReadOnlyList<TickedCase> Items, TogetherAction Action, string Reason, Actor Actor) : IRequest<Outcome<ActedTogether>>, IGuarded
{
    public const int Most = 200;

    /// <summary>Assign: to whom.</summary>
    public string? PersonId { get; init; }

    /// <summary>Snooze: until when.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Dismiss: one of <see cref="DismissReasons"/>.</summary>
    public string? Code { get; init; }

    public Right Needs => Action is TogetherAction.Assign ? Right.AssignCases : Right.WorkCases;
}

public sealed record TickedCase(Guid Id, int Version);

/// <param name="Items">In the order in which they were named.</param>
public sealed record ActedTogether(IReadOnlyList<ActedItem> Items);

/// <param name="Refusal">Why not; nothing: it was done.</param>
public sealed record ActedItem(Guid Id, string? Refusal);

internal sealed class ActTogetherHandler(OpsDb db, IMediator mediator) : IRequestHandler<ActTogether, Outcome<ActedTogether>>
{
    public async Task<Outcome<ActedTogether>> Handle(ActTogether request, CancellationToken cancellationToken)
    {
        if (request.Items.Count is 0 or > ActTogether.Most)
        {
            return Refusal.Invalid("items", $"must be 1 to {ActTogether.Most}");
        }

        var done = new List<ActedItem>(request.Items.Count);
        foreach (var item in request.Items)
        {
            // Each is a transaction of its own; what a refused one left behind must not be written with the next.
            db.ChangeTracker.Clear();
            var step = await mediator.Send(Step(item, request), cancellationToken);
            done.Add(new ActedItem(item.Id, step.Refusal?.Message));
        }

        return new ActedTogether(done);
    }

    private static IRequest<Outcome<CaseStep>> Step(TickedCase item, ActTogether asked) => asked.Action switch
    {
        TogetherAction.Claim => new ClaimCase(item.Id, item.Version, asked.Reason, asked.Actor),
        TogetherAction.Release => new ReleaseCase(item.Id, item.Version, asked.Reason, asked.Actor),
        TogetherAction.Assign => new AssignCase(item.Id, item.Version, asked.PersonId ?? "", asked.Reason, asked.Actor),
        TogetherAction.Snooze => new SnoozeCase(item.Id, item.Version, asked.Until ?? default, asked.Reason, asked.Actor),
        _ => new DismissCase(item.Id, item.Version, asked.Code ?? "", asked.Reason, asked.Actor),
    };
}

using OpsConsole.Access;
using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

/// <summary>How a bulk is to go.</summary>
/// <param name="Ramp">The sizes of the first waves with commas, growing; empty: none; absent: 1, 5, 20, 100.</param>
/// <param name="RatePerSecond">The most a second; absent: as fast as the targets take them.</param>
/// <param name="StopAbove">Stops by itself when more than this share (0 to 1) has failed; absent: 0.2.</param>
/// <param name="WithLarge">Also what needs four eyes by itself; then the bulk needs them.</param>
public sealed record BulkSettings(string? Ramp = null, decimal? RatePerSecond = null, decimal? StopAbove = null, bool WithLarge = false)
{
    /// <summary>What is wrong with it; nothing when it can be taken.</summary>
    internal Refusal? Wrong() =>
        Ramp is { } ramp && (ramp.Length > 60 || Bulk.ReadRamp(ramp) is null) ? Refusal.Invalid("ramp", "must be at most 10 growing numbers with commas, such as 1,5,20")
        : RatePerSecond is < 0.1m or > 10_000 ? Refusal.Invalid("ratePerSecond", "must be 0.1 to 10,000")
        : StopAbove is < 0 or > 1 ? Refusal.Invalid("stopAbove", "must be 0 to 1")
        : null;

    internal void To(Bulk bulk)
    {
        (bulk.Ramp, bulk.RatePerSecond) = (Ramp is null ? Bulk.UsualRamp : string.Join(',', Bulk.ReadRamp(Ramp)!), RatePerSecond);
        (bulk.StopAbove, bulk.WithLarge) = (StopAbove ?? Bulk.UsualStopAbove, WithLarge);
    }
}

/// <summary>Lets a bulk go, or asks a second person for it where the rules want one.</summary>
/// <param name="BulkId">The bulk.</param>
/// <param name="Version">The version that the caller saw; nothing: whatever it is now.</param>
/// <param name="Settings">How it is to go.</param>
/// <param name="Ask">True: ask for approval; false: start at once, refused where approval is needed.</param>
/// <param name="Actor">Who asks; it is sent in their name.</param>
public sealed record StartBulk(Guid BulkId, int? Version, BulkSettings Settings, bool Ask, Actor Actor) : IRequest<Outcome<BulkView>>, IGuarded, IStepUp
{
    public Right Needs => Right.WorkCases;
}

internal sealed class StartBulkHandler(OpsDb db, BulkDesk desk, BulkFourEyes fourEyes, BulkHash hash, IMediator mediator) : IRequestHandler<StartBulk, Outcome<BulkView>>
{
    public async Task<Outcome<BulkView>> Handle(StartBulk request, CancellationToken cancellationToken)
    {
        if (request.Settings.Wrong() is { } wrong)
        {
            return wrong;
        }

        var found = await desk.Find(request.BulkId, request.Version, request.Actor, cancellationToken);
        if (found.Value is not { } bulk)
        {
            return found.Refusal!;
        }

        if (bulk.CreatedBy != request.Actor.Id)
        {
            return Refusal.Conflict("bulk.held", $"{bulk.CreatedByName} prepared this bulk and alone can start it. Select the same exceptions for one of your own.");
        }

        request.Settings.To(bulk);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (why, refusal) = await Judge(bulk, request, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        var action = why is null ? BulkAction.Start : BulkAction.Submit;
        var moved = bulk.Move(action, $"{(why is null ? "started" : "submitted")} by {request.Actor.Name}", desk.Now);
        if (!moved.Accepted)
        {
            return moved.Refusal!;
        }

        (bulk.StartedBy, bulk.StartedByName, bulk.NeedsApproval) = (request.Actor.Id, request.Actor.Name, why);
        (bulk.StartedAt, bulk.Hash) = (why is null ? desk.Now : null, await hash.Of(bulk.Id, cancellationToken));
        var saved = await desk.Commit(bulk, action, request.Actor, cancellationToken);
        if (!saved.Accepted)
        {
            return saved.Refusal;
        }

        await transaction.CommitAsync(cancellationToken);
        desk.Tell();
        return await mediator.Send(new ShowBulk(bulk.Id, request.Actor), cancellationToken);
    }

    /// <summary>Why a second person is needed, where approval is asked for; or why it cannot go at all.</summary>
    private async Task<(string? Why, Refusal? Refusal)> Judge(Bulk bulk, StartBulk request, CancellationToken cancellationToken)
    {
        if (!await db.BulkItems.AnyAsync(i => i.BulkId == bulk.Id && i.State == BulkItemState.Pending && (bulk.WithLarge || i.Verdict == BulkVerdict.Ready), cancellationToken))
        {
            return (null, Refusal.Conflict("bulk.nothing", "None of its items can be replayed."));
        }

        if (request.Ask && await fourEyes.Foresee(bulk, request.Actor, cancellationToken) is { } why)
        {
            return (why, null);
        }

        var verdict = await fourEyes.Judge(bulk, request.Actor, cancellationToken);
        return verdict.Needed ? (null, Refusal.Conflict("bulk.needs-approval", $"{verdict.Said} Ask for approval instead.")) : (null, null);
    }
}

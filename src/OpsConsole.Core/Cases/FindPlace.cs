using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>Where an exception stands in its queue, most urgent first, and what stands before and after it: for going through a queue page by page.</summary>
public sealed record FindPlace(Guid CaseId, Actor Actor) : IRequest<Outcome<CasePlace>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Position">From 1; of one that has ended, where it would stand.</param>
/// <param name="Total">How many wait in the queue within the caller's scope.</param>
/// <param name="Previous">The name of the one before: EX-20418.</param>
/// <param name="Next">The name of the one after.</param>
public sealed record CasePlace(int Position, int Total, string? Previous, string? Next);

internal sealed class FindPlaceHandler(OpsDb db, CaseDesk desk) : IRequestHandler<FindPlace, Outcome<CasePlace>>
{
    public async Task<Outcome<CasePlace>> Handle(FindPlace request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var (due, number) = (@case.DueOrder, @case.Number);
        var queue = db.Cases.AsNoTracking().Seen(request.Actor.Scope).Unended().Where(c => c.Queue == @case.Queue);
        var before = queue.Where(c => c.DueOrder < due || (c.DueOrder == due && c.Number < number));
        var after = queue.Where(c => c.DueOrder > due || (c.DueOrder == due && c.Number > number));
        var previous = await before.OrderByDescending(c => c.DueOrder).ThenByDescending(c => c.Number).Select(c => (long?)c.Number).FirstOrDefaultAsync(cancellationToken);
        var next = await after.OrderBy(c => c.DueOrder).ThenBy(c => c.Number).Select(c => (long?)c.Number).FirstOrDefaultAsync(cancellationToken);
        return new CasePlace(
            await before.CountAsync(cancellationToken) + 1,
            await queue.CountAsync(cancellationToken),
            previous is null ? null : $"EX-{previous}",
            next is null ? null : $"EX-{next}");
    }
}

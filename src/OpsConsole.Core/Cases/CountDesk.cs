using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>How much stands on the desk in the units that the caller sees: what the navigation shows beside its words.</summary>
public sealed record CountDesk(Actor Actor) : IRequest<Outcome<DeskCounts>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Exceptions">Not ended.</param>
/// <param name="Causes">How many causes those have.</param>
/// <param name="Approvals">Of those, how many wait for a second person.</param>
public sealed record DeskCounts(int Exceptions, int Causes, int Approvals);

internal sealed class CountDeskHandler(OpsDb db) : IRequestHandler<CountDesk, Outcome<DeskCounts>>
{
    public async Task<Outcome<DeskCounts>> Handle(CountDesk request, CancellationToken cancellationToken) =>
        await db.Cases.AsNoTracking().Seen(request.Actor.Scope).Unended().GroupBy(_ => 1)
            .Select(all => new DeskCounts(all.Count(), all.Select(c => c.Fingerprint).Distinct().Count(), all.Count(c => c.State == CaseState.AwaitingApproval)))
            .SingleOrDefaultAsync(cancellationToken) ?? new DeskCounts(0, 0, 0);
}

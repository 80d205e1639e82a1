namespace OpsConsole.Cases;

/// <summary>Which exception a name in an address means: its id, or its number (<c>EX-20418</c>).</summary>
public sealed record FindCase(string Name, Actor Actor) : IRequest<Outcome<CaseFound>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="MovedTo">An alias or a merge moved it there.</param>
public sealed record CaseFound(Guid Id, Guid? MovedTo);

internal sealed class FindCaseHandler(Storage.OpsDb db) : IRequestHandler<FindCase, Outcome<CaseFound>>
{
    public async Task<Outcome<CaseFound>> Handle(FindCase request, CancellationToken cancellationToken)
    {
        var found = await Named(db.Cases.AsNoTracking(), request.Name).Select(c => new { c.Id, c.MovedTo, c.Unit }).SingleOrDefaultAsync(cancellationToken);
        return found is null || !request.Actor.Scope.Covers(found.Unit) ? Refusal.NotFound("The exception") : new CaseFound(found.Id, found.MovedTo);
    }

    internal static IQueryable<ExceptionCase> Named(IQueryable<ExceptionCase> cases, string name) =>
        Guid.TryParse(name, out var id) ? cases.Where(c => c.Id == id)
        : name.StartsWith("EX-", StringComparison.OrdinalIgnoreCase)
            && long.TryParse(name.AsSpan(3), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? cases.Where(c => c.Number == number)
        : cases.Where(c => false);
}

using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>
/// For a file that must add up to the total on screen: of every object with several exceptions in the list, which one of them carries its
/// amount. What is not named carries its own.
/// </summary>
public sealed record CountedOnce(CaseFilter Filter, Actor Actor) : IRequest<Outcome<CountedCases>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Carriers">Object to the id of the exception that is counted for it.</param>
public sealed record CountedCases(IReadOnlyDictionary<Guid, Guid> Carriers)
{
    /// <summary>What this row adds to the total, in the reporting currency.</summary>
    public decimal? Of(CaseRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Carriers.TryGetValue(row.ObjectKey, out var carrier) && carrier != row.Id ? 0 : row.Reporting;
    }
}

internal sealed class CountedOnceHandler(OpsDb db, TimeProvider clock) : IRequestHandler<CountedOnce, Outcome<CountedCases>>
{
    public async Task<Outcome<CountedCases>> Handle(CountedOnce request, CancellationToken cancellationToken)
    {
        var asked = await db.AskedCases(request.Filter, request.Actor, clock.GetUtcNow(), cancellationToken);
        if (asked.Value is not { } cases)
        {
            return asked.Refusal!;
        }

        var several = cases.GroupBy(c => c.ObjectKey).Where(one => one.Count() > 1).Select(one => one.Key);
        var rows = await cases.Where(c => several.Contains(c.ObjectKey)).Select(c => new { c.Id, c.ObjectKey, c.ReportingAmount, c.Number }).ToListAsync(cancellationToken);
        return new CountedCases(rows.GroupBy(row => row.ObjectKey).ToDictionary(
            one => one.Key, one => one.OrderByDescending(row => row.ReportingAmount ?? -1).ThenBy(row => row.Number).First().Id));
    }
}

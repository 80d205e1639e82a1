using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>
/// For a list that stays as it is until its reader asks: the rows on screen as they are now, and how much has come and gone since it was
/// read. The list itself is not read anew.
/// </summary>
/// <param name="Filter">What the list was read with.</param>
/// <param name="Shown">The rows on screen.</param>
/// <param name="Latest">The <see cref="ListNews.Latest"/> of when it was read; nothing: it is about to be read.</param>
/// <param name="Actor">Who asks.</param>
public sealed record LookAgain(CaseFilter Filter, IReadOnlyCollection<Guid> Shown, long? Latest, Actor Actor) : IRequest<Outcome<ListNews>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Rows">Those on screen that the caller may still see, in no order.</param>
/// <param name="New">How many pass the filter, are not on screen and did not exist when the list was read.</param>
/// <param name="Changed">How many on screen no longer pass the filter.</param>
/// <param name="Latest">The highest number that any exception had when the list was read.</param>
public sealed record ListNews(IReadOnlyList<CaseRow> Rows, int New, int Changed, long Latest)
{
    public static readonly ListNews None = new([], 0, 0, 0);
}

internal sealed class LookAgainHandler(OpsDb db, TimeProvider clock) : IRequestHandler<LookAgain, Outcome<ListNews>>
{
    public async Task<Outcome<ListNews>> Handle(LookAgain request, CancellationToken cancellationToken)
    {
        var asked = await db.AskedCases(request.Filter, request.Actor, clock.GetUtcNow(), cancellationToken);
        if (asked.Value is not { } matching)
        {
            return asked.Refusal!;
        }

        var seen = db.Cases.AsNoTracking().Seen(request.Actor.Scope);
        var shown = request.Shown.ToList();
        var rows = await seen.Where(c => shown.Contains(c.Id)).ToListAsync(cancellationToken);
        var still = await matching.Where(c => shown.Contains(c.Id)).CountAsync(cancellationToken);
        var opened = request.Latest is { } latest
            ? await matching.Where(c => c.Number > latest && !shown.Contains(c.Id)).CountAsync(cancellationToken)
            : 0;
        var newest = await db.Cases.MaxAsync(c => (long?)c.Number, cancellationToken) ?? 0;
        return new ListNews([.. rows.Select(CaseRow.Of)], opened, shown.Count - still, request.Latest ?? newest);
    }
}

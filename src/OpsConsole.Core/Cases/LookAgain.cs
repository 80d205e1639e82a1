namespace OpsConsole.Cases;

/// <summary>
/// For a list that stays as it is until its reader asks: the rows on screen as they are now, and how much has come and gone since it was
/// read. The list itself is not read anew.
/// </summary>
/// <param name="Filter">What the list was read with.</param>
/// <param name="Shown">The rows on screen.</param>
/// <param name="Since">When it was read.</param>
/// <param name="Actor">Who asks.</param>
public sealed record LookAgain(CaseFilter Filter, IReadOnlyCollection<Guid> Shown, DateTimeOffset Since, Actor Actor) : IRequest<Outcome<ListNews>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <param name="Rows">Those on screen that the caller may still see, in no order.</param>
/// <param name="New">How many pass the filter, are not on screen and were opened since.</param>
/// <param name="Changed">How many on screen no longer pass the filter.</param>
public sealed record ListNews(IReadOnlyList<CaseRow> Rows, int New, int Changed)
{
    public static readonly ListNews None = new([], 0, 0);
}

using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>What charts remind of, the latest first, within the caller's scope: what concerns all units, and what concerns theirs.</summary>
/// <param name="Unit">Only what concerns this unit, or all; nothing: every unit of the scope.</param>
/// <param name="From">Only what had not ended before.</param>
/// <param name="To">Only what began before.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ListAnnotations(string? Unit, DateTimeOffset? From, DateTimeOffset? To, Actor Actor) : IRequest<Outcome<AnnotationList>>, IGuarded
{
    public Right Needs => Right.ReadBoard;
}

/// <param name="Items">At most <see cref="Cursor.MostRows"/>.</param>
/// <param name="Total">How many there are.</param>
public sealed record AnnotationList(IReadOnlyList<AnnotationLine> Items, int Total);

/// <summary>One of them.</summary>
/// <param name="Id">By which it is changed and removed.</param>
/// <param name="Kind">What sort.</param>
/// <param name="Text">As it stands on the chart.</param>
/// <param name="From">When it began, UTC.</param>
/// <param name="Until">When it ended, UTC; nothing: it was a moment, or lasts.</param>
/// <param name="Unit">The unit that it concerns; nothing: all.</param>
/// <param name="SetBy">Who set it last.</param>
public sealed record AnnotationLine(Guid Id, AnnotationKind Kind, string Text, DateTimeOffset From, DateTimeOffset? Until, string? Unit, string SetBy);

internal sealed class ListAnnotationsHandler(OpsDb db) : IRequestHandler<ListAnnotations, Outcome<AnnotationList>>
{
    public async Task<Outcome<AnnotationList>> Handle(ListAnnotations request, CancellationToken cancellationToken)
    {
        var asked = Asked(db, request.Actor.Scope, request.Unit, request.From, request.To);
        return new AnnotationList(await Lines(asked, cancellationToken), await asked.CountAsync(cancellationToken));
    }

    /// <summary>Those that belong on a chart of the window.</summary>
    public static async Task<IReadOnlyList<AnnotationLine>> On(OpsDb db, KpiWindow window, CancellationToken cancellationToken) =>
        await Lines(Asked(db, window.Scope, window.Unit, window.From, window.To), cancellationToken);

    private static IQueryable<Annotation> Asked(OpsDb db, Scope scope, string? unit, DateTimeOffset? from, DateTimeOffset? to)
    {
        var (all, units) = (scope.AllUnits, scope.Units);
        var asked = db.Annotations.AsNoTracking().Where(a => a.Unit == null || all || units.Contains(a.Unit));
        asked = unit is null ? asked : asked.Where(a => a.Unit == null || a.Unit == unit);
        asked = from is { } since ? asked.Where(a => (a.Until ?? a.From) >= since) : asked;
        return to is { } end ? asked.Where(a => a.From < end) : asked;
    }

    private static async Task<IReadOnlyList<AnnotationLine>> Lines(IQueryable<Annotation> asked, CancellationToken cancellationToken) =>
        await asked.OrderByDescending(a => a.From).ThenBy(a => a.Id).Take(Cursor.MostRows)
            .Select(a => new AnnotationLine(a.Id, a.Kind, a.Text, a.From, a.Until, a.Unit, a.SetBy)).ToListAsync(cancellationToken);
}

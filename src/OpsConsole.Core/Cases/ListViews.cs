using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>The caller's own saved views of a page and those that others share, by name.</summary>
public sealed record ListViews(Actor Actor, string Page = SavedView.Exceptions) : IRequest<Outcome<ViewList>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

public sealed record ViewList(IReadOnlyList<ViewRow> Items);

/// <param name="Id">Of the view.</param>
/// <param name="Name">As its owner calls it.</param>
/// <param name="Address">The query of the page's address.</param>
/// <param name="Owner">Who keeps it.</param>
/// <param name="Mine">The caller keeps it, and alone may change it.</param>
/// <param name="Shared">Others see it too.</param>
public sealed record ViewRow(Guid Id, string Name, string Address, string Owner, bool Mine, bool Shared);

internal sealed class ListViewsHandler(OpsDb db) : IRequestHandler<ListViews, Outcome<ViewList>>
{
    public async Task<Outcome<ViewList>> Handle(ListViews request, CancellationToken cancellationToken) => await Read(db, request.Page, request.Actor, cancellationToken);

    internal static async Task<ViewList> Read(OpsDb db, string page, Actor actor, CancellationToken cancellationToken)
    {
        var (me, scope) = (actor.Id, actor.Scope);
        var views = await db.SavedViews.AsNoTracking().Where(v => v.Page == page && (v.OwnerId == me || v.Shared)).ToListAsync(cancellationToken);
        return new ViewList(
        [
            .. from view in views
               where view.OwnerId == me || view.Unit is null || scope.Covers(view.Unit)
               orderby view.OwnerId == me descending, view.Name, view.Id
               select new ViewRow(view.Id, view.Name, view.Address, view.OwnerName, view.OwnerId == me, view.Shared),
        ]);
    }
}

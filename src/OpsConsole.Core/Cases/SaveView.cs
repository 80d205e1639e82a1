using OpsConsole.Audit;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>Keeps a list under a name. The same name again is the same view.</summary>
/// <param name="Name">1 to 64 letters.</param>
/// <param name="Address">The query of the page's address, without the question mark.</param>
/// <param name="Unit">The unit that it is narrowed to, if it is.</param>
/// <param name="Shared">Others see it too; only stewards and administrators share.</param>
/// <param name="Actor">Who keeps it.</param>
/// <param name="Page">Which page shows it.</param>
public sealed record SaveView(string Name, string Address, string? Unit, bool Shared, Actor Actor, string Page = SavedView.Exceptions) : IRequest<Outcome<ViewList>>, IGuarded
{
    public const int LongestAddress = 2_000;

    public Right Needs => Right.ReadCases;
}

/// <summary>Forgets a view. Its owner may, and of a shared one whoever manages rules.</summary>
public sealed record DeleteView(Guid Id, Actor Actor) : IRequest<Outcome<ViewList>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

internal sealed class SaveViewHandler(OpsDb db, TimeProvider clock) : IRequestHandler<SaveView, Outcome<ViewList>>
{
    private const int MostOwn = 200;

    public async Task<Outcome<ViewList>> Handle(SaveView request, CancellationToken cancellationToken)
    {
        var name = request.Name.Trim();
        if (name.Length is 0 or > Columns.Code)
        {
            return Refusal.Invalid("name", $"must have 1 to {Columns.Code} letters");
        }

        if (request.Page is not (SavedView.Exceptions or SavedView.Search))
        {
            return Refusal.Invalid("page", $"must be {SavedView.Exceptions} or {SavedView.Search}");
        }

        if (request.Address.Length > SaveView.LongestAddress)
        {
            return Refusal.Invalid("address", $"must have at most {SaveView.LongestAddress} letters");
        }

        if (request.Shared && !request.Actor.Can(Right.AssignCases))
        {
            return Refusal.Forbidden("Stewards and administrators share views; yours are your own.");
        }

        var own = await db.SavedViews.Where(v => v.OwnerId == request.Actor.Id).ToListAsync(cancellationToken);
        var view = own.Find(v => v.Name == name && v.Page == request.Page);
        if (view is null && own.Count >= MostOwn)
        {
            return Refusal.Conflict("views.full", $"You keep {MostOwn} views already. Delete one first.");
        }

        return await Keep(view, name, request, cancellationToken);
    }

    private async Task<Outcome<ViewList>> Keep(SavedView? view, string name, SaveView request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (view is null)
        {
            db.SavedViews.Add(view = new SavedView { Id = Guid.CreateVersion7(now), Page = request.Page, Name = name, Address = request.Address, OwnerId = request.Actor.Id, OwnerName = request.Actor.Name });
        }

        (view.Address, view.Shared, view.Unit, view.UpdatedAt) = (request.Address, request.Shared, request.Unit, now);
        db.Audit.Add(AuditEntry.Of(request.Actor, "view.save", $"view {name}", request.Shared ? "shared" : "own", now, request.Unit));
        var saved = await db.CommitWith(view, cancellationToken);
        return saved.Accepted ? await ListViewsHandler.Read(db, view.Page, request.Actor, cancellationToken) : saved.Refusal;
    }
}

internal sealed class DeleteViewHandler(OpsDb db, TimeProvider clock) : IRequestHandler<DeleteView, Outcome<ViewList>>
{
    public async Task<Outcome<ViewList>> Handle(DeleteView request, CancellationToken cancellationToken)
    {
        var (me, scope) = (request.Actor.Id, request.Actor.Scope);
        var view = await db.SavedViews.SingleOrDefaultAsync(v => v.Id == request.Id, cancellationToken);
        if (view is null || (view.OwnerId != me && (!view.Shared || (view.Unit is { } unit && !scope.Covers(unit)))))
        {
            return Refusal.NotFound("This view");
        }

        if (view.OwnerId != me && !request.Actor.Can(Right.ManageRules))
        {
            return Refusal.Forbidden($"{view.OwnerName} keeps this view.");
        }

        db.SavedViews.Remove(view);
        db.Audit.Add(AuditEntry.Of(request.Actor, "view.delete", $"view {view.Name}", view.OwnerName, clock.GetUtcNow(), view.Unit));
        var saved = await db.CommitWith(view, cancellationToken);
        return saved.Accepted ? await ListViewsHandler.Read(db, view.Page, request.Actor, cancellationToken) : saved.Refusal;
    }
}

using OpsConsole.Storage;

namespace OpsConsole.Cases.Team;

/// <summary>Tells the caller from now on what happens to an exception, or no longer.</summary>
public sealed record WatchCase(Guid CaseId, bool Watching, Actor Actor) : IRequest<Outcome<Watched>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

public sealed record Watched(bool Watching);

internal sealed class WatchCaseHandler(OpsDb db, CaseDesk desk) : IRequestHandler<WatchCase, Outcome<Watched>>
{
    public async Task<Outcome<Watched>> Handle(WatchCase request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        if (request.Actor.Kind is not ActorKind.Person)
        {
            return Refusal.Forbidden("Only people watch: programs listen to /hubs/worklist.");
        }

        var me = request.Actor.Id;
        var known = await db.CaseWatches.SingleOrDefaultAsync(w => w.CaseId == @case.Id && w.PersonId == me, cancellationToken);
        if (request.Watching && known is null)
        {
            db.CaseWatches.Add(new CaseWatch { CaseId = @case.Id, PersonId = me, PersonName = request.Actor.Name, Since = desk.Now });
        }
        else if (!request.Watching && known is not null)
        {
            db.CaseWatches.Remove(known);
        }

        return await desk.Keep(@case, "case.watch", request.Watching ? "watches" : "no longer watches", request.Actor, new Watched(request.Watching), cancellationToken);
    }
}

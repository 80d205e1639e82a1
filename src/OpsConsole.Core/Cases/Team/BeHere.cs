using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Cases.Team;

/// <summary>
/// A window's heartbeat: the caller has the exception open. Answers who else has, on any console of this database. Others hear of it when
/// somebody comes, goes or begins to type, never of a mere heartbeat.
/// </summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Window">One window of the caller's, the same at every beat.</param>
/// <param name="Editing">The caller has typed something that is not saved.</param>
/// <param name="Actor">Who asks.</param>
public sealed record BeHere(Guid CaseId, Guid Window, bool Editing, Actor Actor) : IRequest<Outcome<WhoIsHere>>, IGuarded
{
    /// <summary>How often a window beats.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    /// <summary>Without a beat for so long a window counts as gone: its console was killed.</summary>
    public static readonly TimeSpan Gone = TimeSpan.FromSeconds(40);

    public Right Needs => Right.ReadCases;
}

/// <summary>The window is closed or shows something else.</summary>
public sealed record BeGone(Guid CaseId, Guid Window, Actor Actor) : IRequest<Outcome<WhoIsHere>>, IGuarded
{
    public Right Needs => Right.ReadCases;
}

/// <summary>Everybody else who has it open, each once.</summary>
public sealed record WhoIsHere(IReadOnlyList<PersonHere> Others)
{
    public static readonly WhoIsHere Nobody = new([]);
}

public sealed record PersonHere(string Id, string Name, bool Editing);

internal sealed class BeHereHandler(OpsDb db, TimeProvider clock, WorkSignals bells) : IRequestHandler<BeHere, Outcome<WhoIsHere>>
{
    public async Task<Outcome<WhoIsHere>> Handle(BeHere request, CancellationToken cancellationToken)
    {
        var unit = await db.Cases.Where(c => c.Id == request.CaseId).Select(c => c.Unit).SingleOrDefaultAsync(cancellationToken);
        if (unit is null || !request.Actor.Scope.Covers(unit))
        {
            return Refusal.NotFound("The exception");
        }

        var now = clock.GetUtcNow();
        var others = await db.CasePresences.AsNoTracking().Where(p => p.CaseId == request.CaseId && p.SeenAt > now - BeHere.Gone).ToListAsync(cancellationToken);
        var known = others.Find(p => p.PersonId == request.Actor.Id && p.Window == request.Window);
        if (request.Actor.Kind is ActorKind.Person)
        {
            await Beat(request, now, known is null || known.Editing != request.Editing ? unit : null, cancellationToken);
        }

        return new WhoIsHere(
            [.. others.Where(p => p.PersonId != request.Actor.Id).GroupBy(p => p.PersonId).Select(p => new PersonHere(p.Key, p.First().PersonName, p.Any(one => one.Editing))).OrderBy(p => p.Name, StringComparer.Ordinal)]);
    }

    private async Task Beat(BeHere request, DateTimeOffset now, string? announcedIn, CancellationToken cancellationToken)
    {
        var row = new CasePresence
        {
            CaseId = request.CaseId, PersonId = request.Actor.Id, Window = request.Window, PersonName = request.Actor.Name, Editing = request.Editing, SeenAt = now,
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Dialect.Upsert(db, [row], cancellationToken);
        if (announcedIn is not null)
        {
            db.Changes.Add(new Change { Topic = LiveTopic.Presence, Unit = announcedIn, Subject = request.CaseId, At = now });
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        if (announcedIn is not null)
        {
            bells.Changes.Ring();
        }
    }
}

internal sealed class BeGoneHandler(OpsDb db, TimeProvider clock, WorkSignals bells) : IRequestHandler<BeGone, Outcome<WhoIsHere>>
{
    public async Task<Outcome<WhoIsHere>> Handle(BeGone request, CancellationToken cancellationToken)
    {
        var me = request.Actor.Id;
        var left = await db.CasePresences.Where(p => p.CaseId == request.CaseId && p.PersonId == me && p.Window == request.Window).ExecuteDeleteAsync(cancellationToken);
        if (left > 0)
        {
            db.Changes.Add(new Change { Topic = LiveTopic.Presence, Subject = request.CaseId, At = clock.GetUtcNow() });
            await db.SaveChangesAsync(cancellationToken);
            bells.Changes.Ring();
        }

        return WhoIsHere.Nobody;
    }
}

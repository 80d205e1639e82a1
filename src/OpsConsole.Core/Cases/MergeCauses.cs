using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>Says that causes are one: all of their exceptions, those to come as well, stand under <paramref name="Into"/>.</summary>
/// <param name="From">Fingerprints that end as causes of their own.</param>
/// <param name="Into">The fingerprint that stays.</param>
/// <param name="Reason">Why, for whoever wants to take it back.</param>
/// <param name="Actor">Who asks. Their scope must cover every unit where these causes stand.</param>
public sealed record MergeCauses(IReadOnlyList<string> From, string Into, string Reason, Actor Actor) : IRequest<Outcome<CausesMoved>>, IGuarded
{
    public Right Needs => Right.AssignCases;
}

/// <summary>Says that a part of a cause is a cause of its own, for exceptions to come as well.</summary>
/// <param name="From">The fingerprint that it leaves.</param>
/// <param name="Part">By which field.</param>
/// <param name="Value">The field's value in those that leave.</param>
/// <param name="Name">How the new cause is called; nothing: after the old one and the value.</param>
/// <param name="Reason">Why, for whoever wants to take it back.</param>
/// <param name="Actor">Who asks. Their scope must cover every unit where the cause stands.</param>
public sealed record SplitCause(string From, CausePart Part, string Value, string? Name, string Reason, Actor Actor) : IRequest<Outcome<CausesMoved>>, IGuarded
{
    public Right Needs => Right.AssignCases;
}

/// <summary>Takes a merge or a split back: every exception stands where it would stand without it.</summary>
public sealed record UndoCauseMove(Guid Id, Actor Actor) : IRequest<Outcome<CausesMoved>>, IGuarded
{
    public Right Needs => Right.AssignCases;
}

/// <param name="Moves">The moves that were made, or the one that was taken back.</param>
/// <param name="Fingerprint">Where the exceptions stand now.</param>
/// <param name="Exceptions">How many moved.</param>
public sealed record CausesMoved(IReadOnlyList<Guid> Moves, string Fingerprint, int Exceptions);

internal sealed class MergeCausesHandler(OpsDb db, CauseDesk desk) : IRequestHandler<MergeCauses, Outcome<CausesMoved>>
{
    public async Task<Outcome<CausesMoved>> Handle(MergeCauses request, CancellationToken cancellationToken)
    {
        var from = request.From.Distinct(StringComparer.Ordinal).Where(fingerprint => fingerprint != request.Into).ToList();
        if (from.Count == 0)
        {
            return Refusal.Invalid("from", "must name a cause other than the one that stays");
        }

        var found = await desk.Find([.. from, request.Into], request.Actor, cancellationToken);
        if (found.Value is not { } causes)
        {
            return found.Refusal!;
        }

        var map = await CauseMap.Read(db, cancellationToken);
        return from.Find(fingerprint => map.Leads(request.Into, fingerprint)) is { } ring
            ? Refusal.Conflict("cause.ring", $"\"{causes[request.Into]}\" was itself merged into or split from \"{causes[ring]}\". Take that back first.")
            : await desk.Commit([.. from.Select(fingerprint => desk.Move(fingerprint, causes[fingerprint], request.Into, causes[request.Into], request.Reason, request.Actor))], "cause.merge", request.Actor, cancellationToken);
    }
}

internal sealed class SplitCauseHandler(OpsDb db, CauseDesk desk) : IRequestHandler<SplitCause, Outcome<CausesMoved>>
{
    public async Task<Outcome<CausesMoved>> Handle(SplitCause request, CancellationToken cancellationToken)
    {
        var found = await desk.Find([request.From], request.Actor, cancellationToken);
        if (found.Value is not { } causes)
        {
            return found.Refusal!;
        }

        var name = string.IsNullOrWhiteSpace(request.Name) ? $"{causes[request.From]}, {request.Value}" : request.Name.Trim();
        if (name.Length > Columns.Sentence || request.Value.Length is 0 or > Columns.Identity)
        {
            return Refusal.Invalid("value", $"must have 1 to {Columns.Identity} letters, and the name at most {Columns.Sentence}");
        }

        var to = Ids.Key(["cause", request.From, request.Part.ToString(), request.Value]).ToString("n");
        var move = desk.Move(request.From, causes[request.From], to, name, request.Reason, request.Actor, request.Part, request.Value);
        var (all, taken) = (await db.Cases.CountAsync(c => c.Fingerprint == request.From, cancellationToken), await move.Taken(db.Cases).CountAsync(cancellationToken));
        return taken == 0 ? Refusal.Conflict("cause.empty", "No exception of this cause has that value.")
            : taken == all ? Refusal.Conflict("cause.whole", "Every exception of this cause has that value: there is nothing to split.")
            : await desk.Commit([move], "cause.split", request.Actor, cancellationToken);
    }
}

internal sealed class UndoCauseMoveHandler(OpsDb db, CauseDesk desk) : IRequestHandler<UndoCauseMove, Outcome<CausesMoved>>
{
    public async Task<Outcome<CausesMoved>> Handle(UndoCauseMove request, CancellationToken cancellationToken)
    {
        if (await db.CauseMoves.SingleOrDefaultAsync(m => m.Id == request.Id, cancellationToken) is not { } move)
        {
            return Refusal.NotFound("This change of causes");
        }

        if (move.UndoneAt is not null)
        {
            return Refusal.Conflict("cause.undone", $"{move.UndoneByName} has taken this back already.");
        }

        // What it had taken stands under its end or, were it moved on, further on: the end is looked at when anything is left there.
        var found = await desk.Find([move.To], request.Actor, cancellationToken, mayBeEmpty: true);
        return found.Accepted ? await desk.Undo(move, request.Actor, cancellationToken) : found.Refusal;
    }
}

/// <summary>The way of every change of causes: find them within the caller's scope, write the move, place the exceptions, audit and tell, in one transaction.</summary>
internal sealed class CauseDesk(OpsDb db, TimeProvider clock, WorkSignals bells)
{
    /// <summary>The causes by their fingerprints, in words. Refused when one does not exist for the caller, or stands in units that they do not see.</summary>
    public async Task<Outcome<Dictionary<string, string>>> Find(string[] fingerprints, Actor actor, CancellationToken cancellationToken, bool mayBeEmpty = false)
    {
        // All of them: a cause that reaches beyond what the caller sees is refused, not cut.
        await using var everywhere = db.OverAllRows();
        var rows = await everywhere.Cases.AsNoTracking().Where(c => fingerprints.Contains(c.Fingerprint))
            .GroupBy(c => new { c.Fingerprint, c.Cause, c.Unit, c.LegalEntity }).Select(one => one.Key).ToListAsync(cancellationToken);
        if (rows.Count > 0 && !rows.Exists(row => actor.Scope.Covers(row.Unit, row.LegalEntity)))
        {
            return Refusal.NotFound("This cause");
        }

        if (rows.Exists(row => !actor.Scope.Covers(row.Unit, row.LegalEntity)))
        {
            return Refusal.Forbidden("Not every exception of these causes is within your scope. Somebody who sees all of them must decide.");
        }

        var causes = rows.GroupBy(row => row.Fingerprint).ToDictionary(cause => cause.Key, cause => cause.Select(row => row.Cause).Order(StringComparer.Ordinal).First(), StringComparer.Ordinal);
        return causes.Count < fingerprints.Length && !mayBeEmpty ? Refusal.NotFound("This cause") : causes;
    }

    public CauseMove Move(string from, string fromCause, string to, string toCause, string reason, Actor actor, CausePart? part = null, string? value = null) => new()
    {
        Id = Guid.CreateVersion7(clock.GetUtcNow()), From = from, FromCause = fromCause, To = to, ToCause = toCause, Part = part, Value = value,
        Reason = reason.Length > Columns.Sentence ? reason[..Columns.Sentence] : reason, ById = actor.Id, ByName = actor.Name, At = clock.GetUtcNow(),
    };

    public async Task<Outcome<CausesMoved>> Commit(IReadOnlyList<CauseMove> moves, string action, Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.CauseMoves.AddRange(moves);
        foreach (var move in moves)
        {
            Tell(actor, action, move.FromCause, $"{(move.IsSplit ? $"{move.Part} {move.Value} is" : "is")} now \"{move.ToCause}\"{(move.Reason.Length > 0 ? $": {move.Reason}" : "")}", move.At);
        }

        await db.SaveChangesAsync(cancellationToken);
        var placed = await CauseMoves.Place(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Ring();
        return new CausesMoved([.. moves.Select(move => move.Id)], moves[0].To, placed);
    }

    public async Task<Outcome<CausesMoved>> Undo(CauseMove move, Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        (move.UndoneAt, move.UndoneByName) = (clock.GetUtcNow(), actor.Name);
        Tell(actor, "cause.undo", move.FromCause, $"no longer \"{move.ToCause}\"", move.UndoneAt.Value);
        var saved = await db.CommitWith(move, cancellationToken);
        if (!saved.Accepted)
        {
            return saved.Refusal;
        }

        var back = await CauseMoves.Undo(db, move, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Ring();
        return new CausesMoved([move.Id], move.From, back);
    }

    private void Tell(Actor actor, string action, string subject, string detail, DateTimeOffset at)
    {
        db.Audit.Add(AuditEntry.Of(actor, action, subject.Length > Columns.Identity ? subject[..Columns.Identity] : subject, detail, at));
        db.Changes.Add(new Change { Topic = LiveTopic.Cases, At = at });
    }

    private void Ring()
    {
        bells.Signals.Ring();
        bells.Changes.Ring();
    }
}

using OpsConsole.Cases;
using OpsConsole.Replay.Targets;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>Reads the target's present state and says what a replay would do there. Writes nothing, anywhere.</summary>
/// <param name="CaseId">The exception.</param>
/// <param name="Body">A payload that is not saved yet; nothing: what a replay would send now.</param>
/// <param name="Actor">Who asks.</param>
public sealed record DryRun(Guid CaseId, string? Body, Actor Actor) : IRequest<Outcome<DryRunResult>>, IGuarded
{
    // Who decides must see what would happen, as well as who repairs.
    public Right Needs => Actor.Can(Right.Approve) ? Right.Approve : Right.WorkCases;
}

public enum DryRunVerdict
{
    /// <summary>The target does not know the object: it would be created.</summary>
    Create,

    /// <summary>The target holds it with other values: they would be changed.</summary>
    Update,

    /// <summary>The target holds it just so: nothing would change.</summary>
    NoOp,

    /// <summary>It would be created, but the target already holds it with other values.</summary>
    Conflict,

    /// <summary>The target cannot be asked.</summary>
    Unknown,
}

/// <param name="Verdict">What would happen.</param>
/// <param name="Sentence">The same in words.</param>
/// <param name="Differences">Attribute by attribute: what the target holds and what would be sent.</param>
/// <param name="Target">The target's name.</param>
/// <param name="At">When it was asked.</param>
public sealed record DryRunResult(DryRunVerdict Verdict, string Sentence, IReadOnlyList<AttributeDifference> Differences, string Target, DateTimeOffset At);

/// <param name="Name">The attribute.</param>
/// <param name="Present">What the target holds; nothing: it has none.</param>
/// <param name="Sent">What would be sent.</param>
public sealed record AttributeDifference(string Name, string? Present, string? Sent);

internal sealed class DryRunHandler(OpsDb db, CaseDesk desk, HttpTarget http) : IRequestHandler<DryRun, Outcome<DryRunResult>>
{
    public async Task<Outcome<DryRunResult>> Handle(DryRun request, CancellationToken cancellationToken)
    {
        var found = await desk.Find(request.CaseId, request.Actor, cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!;
        }

        var target = @case.ReplayTarget is { } name ? await db.Targets.AsNoTracking().SingleOrDefaultAsync(t => t.Name == name, cancellationToken) : null;
        if (target is null)
        {
            return Refusal.Conflict("replay.no-target", $"No registered target: the failed event named {@case.ReplayTarget ?? "none"}.");
        }

        var known = await Payload.Read(db, @case, cancellationToken);
        var body = request.Body ?? known.Current;
        if (body is null || (known.IsJson && Payload.JsonFault(body) is not null))
        {
            return Refusal.Invalid("payload", body is null ? "is missing: the failure carried none" : Payload.JsonFault(body)!);
        }

        var holding = await http.Read(target, @case.ObjectType, @case.ObjectId, cancellationToken);
        return Judge(@case, target, holding, body);
    }

    private DryRunResult Judge(ExceptionCase @case, ReplayTarget target, Holding holding, string body)
    {
        var what = $"{@case.ObjectType} {@case.ObjectId}";
        if (!holding.Answered || (holding.Exists && HeldObject.Read(holding.Body) is null))
        {
            return Result(DryRunVerdict.Unknown, $"It cannot be told: {holding.Fault ?? "the target's answer is not a JSON object"}.", []);
        }

        if (!holding.Exists)
        {
            return Result(DryRunVerdict.Create, $"{target.Name} does not have {what} yet: it would be created, no double.", []);
        }

        var held = HeldObject.Read(holding.Body)!;
        var differing = held.Compare(body).Where(field => !HeldObject.Same(field)).ToList();
        var names = string.Join(", ", differing.Select(field => field.Name));
        return differing.Count == 0
            ? Result(DryRunVerdict.NoOp, $"{target.Name} holds {what} just so{(held.State is { } state ? $", {state}" : "")}: nothing would change.", [])
            : @case.Operation is "create"
                ? Result(DryRunVerdict.Conflict, $"{target.Name} already holds {what} with another {names}: creating it again would be refused or make a double.", differing)
                : Result(DryRunVerdict.Update, $"{target.Name} would change {names} of {what}.", differing);

        DryRunResult Result(DryRunVerdict verdict, string sentence, IReadOnlyList<AttributeDifference> differences) =>
            new(verdict, sentence, differences, target.Name, desk.Now);
    }
}

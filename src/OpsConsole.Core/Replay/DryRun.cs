using OpsConsole.Audit;
using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>Reads the target's present state and says what a replay would do there. Writes nothing there; that it was asked, and the answer, is an audit entry.</summary>
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
/// <param name="Differences">What the target holds otherwise than it would be sent.</param>
/// <param name="Target">The target's name.</param>
/// <param name="At">When it was asked.</param>
public sealed record DryRunResult(DryRunVerdict Verdict, string Sentence, IReadOnlyList<AttributeDifference> Differences, string Target, DateTimeOffset At)
{
    /// <summary>Attribute by attribute what would become of it.</summary>
    public IReadOnlyList<AttributeEffect> Effects { get; init; } = [];

    /// <summary>What money would be booked; nothing: no amount is known.</summary>
    public MoneyEffect? Money { get; init; }

    /// <summary>In words that the target has changed the object since the failure; nothing: not as far as it says.</summary>
    public string? Moved { get; init; }

    /// <summary>A replay of this is refused: it would make a double, or change nothing.</summary>
    public bool Refused => DryRunJudge.IsDouble(Verdict);
}

/// <param name="Name">The attribute.</param>
/// <param name="Present">What the target holds; nothing: it has none.</param>
/// <param name="Sent">What would be sent.</param>
public sealed record AttributeDifference(string Name, string? Present, string? Sent);

/// <param name="Effect">Create: the target has none; update; no-op: it is the same there; conflict: it stands there otherwise, and would be made a second time.</param>
public sealed record AttributeEffect(string Name, string? Present, string? Sent, DryRunVerdict Effect);

/// <summary>What a replay does to the books.</summary>
/// <param name="Before">What the target holds now; nothing: nothing, or it does not say.</param>
/// <param name="After">What it would be sent.</param>
public sealed record MoneyEffect(Money? Before, Money After)
{
    /// <summary>By how much the books change; nothing: the currencies differ.</summary>
    public Money? Change => Before is not { } before ? After : before.Currency == After.Currency ? new Money(After.Amount - before.Amount, After.Currency) : null;
}

internal sealed class DryRunHandler(OpsDb db, CaseDesk desk, RepairDesk repairs, TargetCheck check) : IRequestHandler<DryRun, Outcome<DryRunResult>>
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
        var veil = await repairs.Veil(@case, request.Actor, cancellationToken);
        var body = request.Body is { } asked ? await repairs.Lift(veil, asked, @case, known, request.Actor, cancellationToken) : known.Current;
        if (body is null || (known.IsJson && Payload.JsonFault(body) is not null))
        {
            return Refusal.Invalid("payload", body is null ? "is missing: the failure carried none" : Payload.JsonFault(body)!);
        }

        _ = veil.Over(body);
        var result = await check.Ask(@case, target, body, cancellationToken);

        // What somebody knew when they decided is part of what they decided.
        db.Audit.Add(AuditEntry.Of(request.Actor, "case.dry-run", @case.Name, $"{result.Verdict} at {result.Target}: {result.Sentence} Payload {Payload.Hash(body)}", desk.Now, @case.Unit));
        await db.SaveChangesAsync(cancellationToken);
        return Veiled(result, veil);
    }

    private static DryRunResult Veiled(DryRunResult found, FieldVeil veil) => found with
    {
        Differences = [.. found.Differences.Select(field => veil.Hides(field.Name) ? new AttributeDifference(field.Name, Dots(field.Present), Dots(field.Sent)) : field)],
        Effects = [.. found.Effects.Select(field => veil.Hides(field.Name) ? field with { Present = Dots(field.Present), Sent = Dots(field.Sent) } : field)],
    };

    private static string? Dots(string? value) => string.IsNullOrEmpty(value) ? value : FieldVeil.Dots;
}

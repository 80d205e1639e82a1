using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Events;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Privacy;

public enum RevealKind
{
    Exception,
    Object,
    Trace,
}

/// <summary>The thing whose hidden fields are asked for.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">An exception's id or number, an object's id, a trace's id.</param>
/// <param name="Type">Of an object.</param>
public sealed record RevealOf(RevealKind Kind, string Name, string? Type = null);

/// <param name="Subject">As <see cref="FieldReveal.Subject"/>.</param>
/// <param name="Name">As the audit names it.</param>
/// <param name="ObjectType">By whose contracts it is veiled; nothing: by any.</param>
/// <param name="Unit">The unit that it belongs to, when it is one.</param>
internal sealed record RevealSubject(string Subject, string Name, string? ObjectType, string? Unit);

internal static class RevealSubjects
{
    /// <summary>Nothing: it is not there for this reader.</summary>
    public static Task<RevealSubject?> Find(this OpsDb db, RevealOf of, Actor actor, CancellationToken cancellationToken) => of.Kind switch
    {
        RevealKind.Exception => actor.Can(Right.ReadCases) ? Case(db, of.Name, actor.Scope, cancellationToken) : Task.FromResult<RevealSubject?>(null),
        RevealKind.Object when of.Type is not null => actor.Can(Right.ReadFacts) ? Object(db, of.Type, of.Name, actor.Scope, cancellationToken) : Task.FromResult<RevealSubject?>(null),
        RevealKind.Trace => actor.Can(Right.ReadFacts) ? Trace(db, of.Name, actor.Scope, cancellationToken) : Task.FromResult<RevealSubject?>(null),
        _ => Task.FromResult<RevealSubject?>(null),
    };

    private static async Task<RevealSubject?> Case(OpsDb db, string name, Scope scope, CancellationToken cancellationToken) =>
        await FindCaseHandler.Named(db.Cases.AsNoTracking(), name).SingleOrDefaultAsync(cancellationToken) is { } found && scope.Covers(found.Unit)
            ? new RevealSubject(FieldReveal.OfCase(found.Id), found.Name, found.ObjectType, found.Unit)
            : null;

    private static async Task<RevealSubject?> Object(OpsDb db, string type, string id, Scope scope, CancellationToken cancellationToken)
    {
        var spoken = Ids.OfObject(type, id);
        return (await ObjectNames.Resolve(db, [spoken], cancellationToken)).GetValueOrDefault(spoken) is { } found && scope.Covers(found.Unit)
            ? new RevealSubject(FieldReveal.OfObject(found.Key), $"{found.Type} {found.Id}", found.Type, found.Unit)
            : null;
    }

    private static async Task<RevealSubject?> Trace(OpsDb db, string name, Scope scope, CancellationToken cancellationToken) =>
        TraceIds.Parse(name) is { } id && await db.Traces.Seen(db, scope).AnyAsync(t => t.TraceId == id, cancellationToken)
            ? new RevealSubject(FieldReveal.OfTrace(id), $"trace {Convert.ToHexStringLower(id)}", null, null)
            : null;
}

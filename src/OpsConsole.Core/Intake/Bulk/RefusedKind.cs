using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Intake.Bulk;

/// <summary>Refused facts that are alike: one cause, so one remedy.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Kind"><c>events</c> or <c>spans</c>.</param>
/// <param name="Reason">A stable word.</param>
/// <param name="Field">The field at fault; empty when none is named.</param>
/// <param name="Type">The CloudEvents type; empty when it could not be read.</param>
public sealed record RefusedKind(string Source, string Kind, string Reason, string Field, string Type)
{
    /// <summary>For the audit.</summary>
    public string Say() => $"{Kind} refused for {Reason}{(Field.Length > 0 ? $" in {Field}" : "")}{(Type.Length > 0 ? $", type {Type}" : "")}";
}

internal static class RefusedKindQueries
{
    /// <summary>Those of the kind that nobody has settled.</summary>
    public static IQueryable<Quarantined> OpenOf(this OpsDb db, Guid senderId, RefusedKind kind) => db.Quarantine.Where(q =>
        q.SenderId == senderId && q.Reason == kind.Reason && q.State == QuarantineState.Open && q.Kind == kind.Kind && q.Field == kind.Field && q.EventType == kind.Type);

    /// <summary>The kind's source, when the actor sees it.</summary>
    public static async Task<Source?> SourceOf(this OpsDb db, RefusedKind kind, Actor actor, CancellationToken cancellationToken) =>
        await db.Sources.AsNoTracking().SingleOrDefaultAsync(s => s.Name == kind.Source, cancellationToken) is { } source && actor.Sees(source) ? source : null;
}

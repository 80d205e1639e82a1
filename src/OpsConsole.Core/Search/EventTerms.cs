using System.Linq.Expressions;
using OpsConsole.Events;
using OpsConsole.Queries;
using OpsConsole.Traces;

namespace OpsConsole.Search;

/// <summary>What a search asks of events. Their unit is their object's.</summary>
internal sealed class EventTerms(SearchLens lens) : KindTerms<SyncEvent>
{
    /// <summary>Whose object stands in one of these units, under the name that the event uses or another.</summary>
    public static Expression<Func<SyncEvent, bool>> OfUnits(SearchLens lens, string[] units)
    {
        var (objects, names) = (lens.Db.Objects, lens.Db.SaidNames);
        return e => objects.Any(o => o.Key == e.SpokenKey && units.Contains(o.Unit))
            || names.Any(n => n.SpokenKey == e.SpokenKey && objects.Any(o => o.Key == n.TargetSpokenKey && units.Contains(o.Unit)));
    }

    /// <summary>Whose object somebody with this scope sees.</summary>
    public static Expression<Func<SyncEvent, bool>> Seen(SearchLens lens, Scope scope)
    {
        if (!scope.AllUnits)
        {
            return OfUnits(lens, scope.Units);
        }

        var (objects, names) = (lens.Db.Objects, lens.Db.SaidNames);
        return e => objects.Any(o => o.Key == e.SpokenKey) || names.Any(n => n.SpokenKey == e.SpokenKey && objects.Any(o => o.Key == n.TargetSpokenKey));
    }

    protected override Expression<Func<SyncEvent, bool>>? Term(QueryTerm term) => term.Field switch
    {
        null => Bare(term),
        { Name: "status" } => Status(term.Codes[0]),
        { Name: "system" } => Conditions.Same<SyncEvent>(e => e.System, term),
        { Name: "unit" } => OfUnits(lens, Conditions.Spellings(term.Value)),
        { Name: "entity" } => Conditions.Same<SyncEvent>(e => e.LegalEntity, term),
        { Name: "region" } => Conditions.Same<SyncEvent>(e => e.Region, term),
        { Name: "object" } => Conditions.Same<SyncEvent>(e => e.EntityType, term),
        { Name: "id" } => Conditions.Same<SyncEvent>(e => e.EntityId, term),
        { Name: "operation" } => Conditions.Same<SyncEvent>(e => e.Operation, term),
        { Name: "state" } => Conditions.Same<SyncEvent>(e => e.State, term),
        { Name: "error" } => Conditions.Same<SyncEvent>(e => e.ErrorCode, term),
        { Name: "attribute" } => Conditions.Same<SyncEvent>(e => e.ErrorAttribute, term),
        { Name: "source" } => Conditions.Same<SyncEvent>(e => e.Source, term),
        { Name: "currency" } => Conditions.Same<SyncEvent>(e => e.Currency, term),
        { Name: "own" } => Conditions.Compared<SyncEvent, decimal?>(e => e.Amount, term.Operator, term.Number),
        { Name: "time" } => Conditions.At<SyncEvent>(e => e.Time, term.Operator, term.Moment),
        { Name: "trace" } => InTrace(TraceIds.Parse(term.Value)),
        { } hidden when hidden.Attribute() is { } name && lens.Veil.Hides(name) => Conditions.Always<SyncEvent>(false),
        { } field when field.Attribute() is { } name => Conditions.On<SyncEvent, string?>(e => e.Attributes, AttributeText.Holds(name, term, sent: true)),
        { } field when field.IsKey() => Speaking(lens.Named(term).Spoken),
        _ => null,
    };

    private static Expression<Func<SyncEvent, bool>>? Status(string code) => code switch
    {
        SearchStatus.Error => e => e.Outcome == SyncOutcome.Failed,
        SearchStatus.Ok => e => e.Outcome == SyncOutcome.Succeeded,
        SearchStatus.Pending => e => e.Outcome == SyncOutcome.Pending,
        _ => null,
    };

    private static Expression<Func<SyncEvent, bool>> InTrace(byte[]? id) =>
        id is null ? Conditions.Always<SyncEvent>(false) : e => e.TraceId != null && e.TraceId == id;

    private static Expression<Func<SyncEvent, bool>> Speaking(IReadOnlyList<Guid> spoken) => e => spoken.Contains(e.SpokenKey);

    private Expression<Func<SyncEvent, bool>> Bare(QueryTerm term)
    {
        var text = term.Value.Trim();
        if (TraceIds.Parse(text) is { } id)
        {
            return InTrace(id);
        }

        var spoken = Speaking(lens.Named(term).Spoken);
        return lens.Named(term).Objects.Count > 0 ? spoken
            : Conditions.Either(spoken, Conditions.Either(Conditions.Same<SyncEvent>(e => e.EntityId, term with { Operator = QueryOperator.Beginning, Value = text }), Conditions.Like<SyncEvent>(e => e.ErrorMessage, text)));
    }
}

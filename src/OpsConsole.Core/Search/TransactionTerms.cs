using System.Linq.Expressions;
using OpsConsole.Flows;
using OpsConsole.Queries;
using OpsConsole.Traces;

namespace OpsConsole.Search;

/// <summary>What a search asks of transactions.</summary>
internal sealed class TransactionTerms(SearchLens lens) : KindTerms<Transaction>
{
    protected override Expression<Func<Transaction, bool>>? Term(QueryTerm term) => term.Field switch
    {
        null => Bare(term),
        { Name: "status" } => Status(term.Codes[0], lens.Now),
        { Name: "flow" } => Conditions.Same<Transaction>(t => t.Flow, term),
        { Name: "unit" } => Conditions.Same<Transaction>(t => t.Unit, term),
        { Name: "entity" } => Conditions.Same<Transaction>(t => t.LegalEntity, term),
        { Name: "region" } => Conditions.Same<Transaction>(t => t.Region, term),
        { Name: "object" } => Conditions.Same<Transaction>(t => t.LeadType, term),
        { Name: "id" } => Conditions.Same<Transaction>(t => t.LeadId, term),
        { Name: "name" } => Conditions.Like<Transaction>(t => t.Label, term.Value),
        { Name: "currency" } => Conditions.Same<Transaction>(t => t.Currency, term),
        { Name: "own" } => Conditions.Compared<Transaction, decimal?>(t => t.Amount, term.Operator, term.Number),
        { Name: "time" } => Conditions.At<Transaction>(t => t.StartedAt, term.Operator, term.Moment),
        { Name: "trace" } => InTrace(TraceIds.Parse(term.Value)),
        { } field when field.IsKey() => Holding(lens.Named(term).Objects),
        _ => null,
    };

    private static Expression<Func<Transaction, bool>>? Status(string code, DateTimeOffset now) => code switch
    {
        SearchStatus.Error or SearchStatus.Missing => t => t.NextDueAt != null && t.NextDueAt <= now,
        SearchStatus.Late => t => !(t.NextDueAt != null && t.NextDueAt <= now) && t.Late,
        SearchStatus.Ok => t => !(t.NextDueAt != null && t.NextDueAt <= now) && !t.Late && t.CompletedAt != null,
        SearchStatus.Pending => t => !(t.NextDueAt != null && t.NextDueAt <= now) && !t.Late && t.CompletedAt == null,
        _ => null,
    };

    // A span names an object by any of its names; the object's own is the common one.
    private Expression<Func<Transaction, bool>> InTrace(byte[]? id)
    {
        if (id is null)
        {
            return Conditions.Always<Transaction>(false);
        }

        var (keys, names) = (lens.Db.TraceKeys.Where(k => k.TraceId == id), lens.Db.SaidNames);
        var objects = keys.Select(k => k.SpokenKey).Union(names.Where(n => keys.Any(k => k.SpokenKey == n.SpokenKey)).Select(n => n.TargetSpokenKey));
        var parts = lens.Db.TransactionObjects.Where(part => objects.Contains(part.ObjectKey)).Select(part => part.TransactionKey);
        return t => parts.Contains(t.Key);
    }

    private Expression<Func<Transaction, bool>> Holding(IReadOnlyList<Guid> objects)
    {
        var parts = lens.Db.TransactionObjects.Where(part => objects.Contains(part.ObjectKey)).Select(part => part.TransactionKey);
        return t => parts.Contains(t.Key);
    }

    private Expression<Func<Transaction, bool>> Bare(QueryTerm term)
    {
        var text = term.Value.Trim();
        if (TraceIds.Parse(text) is { } id)
        {
            return InTrace(id);
        }

        var begins = Conditions.Same<Transaction>(t => t.LeadId, term with { Operator = QueryOperator.Beginning, Value = text });
        return Conditions.Either(Holding(lens.Named(term).Objects), Conditions.Either(begins, Conditions.Like<Transaction>(t => t.Label, text)));
    }
}

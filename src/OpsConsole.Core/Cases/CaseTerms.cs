using System.Globalization;
using System.Linq.Expressions;
using OpsConsole.Queries;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>What a search is read against besides its words.</summary>
/// <param name="Db">For keys of what an exception belongs with.</param>
/// <param name="Reader">The id of who asks.</param>
/// <param name="Team">The ids of the people of the reader's teams.</param>
/// <param name="Now">UTC.</param>
internal sealed record CaseLens(OpsDb Db, string Reader, IReadOnlyList<string> Team, DateTimeOffset Now);

/// <summary>Turns a search into one condition that both databases understand: see <see cref="Conditions"/>.</summary>
internal static class CaseTerms
{
    public static IQueryable<ExceptionCase> Searched(this IQueryable<ExceptionCase> cases, QueryNode? query, CaseLens lens) =>
        query is AllOf { Parts: var parts } ? parts.Aggregate(cases, (left, part) => left.Where(Of(part, lens)))
        : query is not null ? cases.Where(Of(query, lens))
        : cases;

    private static Expression<Func<ExceptionCase, bool>> Of(QueryNode node, CaseLens lens) => node switch
    {
        AllOf all => all.Parts.Select(part => Of(part, lens)).Aggregate((left, right) => Conditions.Both(left, right)),
        AnyOf any => any.Parts.Select(part => Of(part, lens)).Aggregate((left, right) => Conditions.Either(left, right)),
        NotOf not => Conditions.Not(Of(not.Part, lens)),
        QueryTerm term => Term(term, lens),
        _ => throw new InvalidOperationException($"A search has no {node.GetType().Name}."),
    };

    private static Expression<Func<ExceptionCase, bool>> Term(QueryTerm term, CaseLens lens) => term.Field switch
    {
        null => Named(term.Value.Trim()),
        { Kind: QueryKind.Flag } flag => Flag(flag.Name, lens),
        { Kind: QueryKind.Number } number => Amount(number.Name, term.Operator, term.Number),
        { Kind: QueryKind.Moment } moment => Moment(moment.Name, term.Operator, term.Moment),
        { Name: "key" } => Belonging(lens.Db, lens.Db.Objects.Where(o => o.Id == term.Value).Select(o => o.Key).Union(lens.Db.SaidNames.Where(n => n.Id == term.Value).Select(n => n.TargetSpokenKey))),
        { } thing when CaseVocabulary.IsThing(thing) => Thing(lens.Db, thing.Name, term.Value),
        { } field => Text(field.Name, term, lens),
    };

    private static Expression<Func<ExceptionCase, bool>> Flag(string name, CaseLens lens)
    {
        var (me, team, now) = (lens.Reader, lens.Team, lens.Now);
        return name switch
        {
            "mine" => c => c.Holder == me,
            "team" => c => c.Holder != null && team.Contains(c.Holder),
            "nobody" => c => c.Holder == null,
            "overdue" => c => c.EndedAt == null && c.DueOrder < now,
            "returned" => c => c.CameBack,
            _ => c => c.EndedAt != null,
        };
    }

    private static Expression<Func<ExceptionCase, bool>> Text(string name, QueryTerm term, CaseLens lens)
    {
        var states = term.Codes.Select(CaseWords.State).OfType<CaseState>().ToArray();
        var codes = term.Codes;
        return name switch
        {
            "type" => c => codes.Contains(c.ExceptionType),
            "state" => c => states.Contains(c.State),
            "name" => Conditions.Like<ExceptionCase>(c => c.ObjectLabel, term.Value),
            "cause" => Conditions.Like<ExceptionCase>(c => c.Cause, term.Value),
            "holder" => Holder(term.Value, lens),
            "trace" => Trace(term.Value),
            "unit" => Conditions.Same<ExceptionCase>(c => c.Unit, term),
            "entity" => Conditions.Same<ExceptionCase>(c => c.LegalEntity, term),
            "region" => Conditions.Same<ExceptionCase>(c => c.Region, term),
            "queue" => Conditions.Same<ExceptionCase>(c => c.Queue, term),
            "system" => Conditions.Same<ExceptionCase>(c => c.System, term),
            "operation" => Conditions.Same<ExceptionCase>(c => c.Operation, term),
            "object" => Conditions.Same<ExceptionCase>(c => c.ObjectType, term),
            "id" => Conditions.Same<ExceptionCase>(c => c.ObjectId, term),
            "currency" => Conditions.Same<ExceptionCase>(c => c.Currency, term),
            "error" => Conditions.Same<ExceptionCase>(c => c.ErrorCode, term),
            "attribute" => Conditions.Same<ExceptionCase>(c => c.ErrorAttribute, term),
            "target" => Conditions.Same<ExceptionCase>(c => c.ReplayTarget, term),
            _ => throw new InvalidOperationException($"Nothing reads the field {name}."),
        };
    }

    private static Expression<Func<ExceptionCase, bool>> Amount(string name, QueryOperator sign, decimal number) => name switch
    {
        "amount" => Conditions.Compared<ExceptionCase, decimal?>(c => c.ReportingAmount, sign, number),
        "own" => Conditions.Compared<ExceptionCase, decimal?>(c => c.Amount, sign, number),
        "attempts" => Conditions.Compared<ExceptionCase, int>(c => c.Attempts, sign, (int)Math.Clamp(number, int.MinValue, int.MaxValue)),
        _ => Conditions.Compared<ExceptionCase, int>(c => c.Spells, sign, (int)Math.Clamp(number, int.MinValue, int.MaxValue)),
    };

    private static Expression<Func<ExceptionCase, bool>> Moment(string name, QueryOperator sign, DateTimeOffset at) => name switch
    {
        "opened" => Conditions.At<ExceptionCase>(c => c.OpenedAt, sign, at),
        "due" => Conditions.At<ExceptionCase>(c => c.DueAt, sign, at),
        _ => Conditions.At<ExceptionCase>(c => c.EndedAt, sign, at),
    };

    private static Expression<Func<ExceptionCase, bool>> Holder(string value, CaseLens lens) => value.ToLowerInvariant() switch
    {
        "me" => Flag("mine", lens),
        "nobody" => Flag("nobody", lens),
        _ => Conditions.Like<ExceptionCase>(c => c.HolderName, value),
    };

    private static Expression<Func<ExceptionCase, bool>> Trace(string value)
    {
        var id = value.Length == 32 && value.All(char.IsAsciiHexDigit) ? Convert.FromHexString(value) : [];
        return c => c.TraceId == id;
    }

    private static Expression<Func<ExceptionCase, bool>> Thing(OpsDb db, string type, string id)
    {
        var (key, upper) = (Ids.OfObject(type, id), Ids.OfObject(type, id.ToUpperInvariant()));
        return Belonging(db, db.Objects.Where(o => o.Key == key || o.Key == upper).Select(o => o.Key)
            .Union(db.SaidNames.Where(n => n.SpokenKey == key).Select(n => n.TargetSpokenKey)));
    }

    /// <summary>About one of these objects, about one that a transaction joins with it, or about one that is linked to it.</summary>
    private static Expression<Func<ExceptionCase, bool>> Belonging(OpsDb db, IQueryable<Guid> keys)
    {
        var all = keys
            .Union(db.ObjectLinks.Where(l => keys.Contains(l.FromKey)).Select(l => l.ToKey))
            .Union(db.TransactionObjects.Where(part => db.TransactionObjects.Any(one => one.TransactionKey == part.TransactionKey && keys.Contains(one.ObjectKey))).Select(part => part.ObjectKey));
        return c => all.Contains(c.ObjectKey);
    }

    /// <summary>By number, or by the beginning of id or label, or by a part of the label.</summary>
    private static Expression<Func<ExceptionCase, bool>> Named(string query)
    {
        var digits = query.StartsWith("EX-", StringComparison.OrdinalIgnoreCase) ? query[3..] : query;
        // Two letters have no trigram: so short a text is only looked for where a name begins, which the index serves too.
        var label = query.Length < 3 ? Cursor.Beginning(query.ToLowerInvariant()) : "%" + Cursor.Beginning(query.ToLowerInvariant());
        var number = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : -1;
        var upper = query.ToUpperInvariant();
#pragma warning disable CA1862 // It is the database that compares, and it knows no StringComparison.
        return c => c.Number == number || c.ObjectId.StartsWith(query) || c.ObjectId.StartsWith(upper) || (c.ObjectLabel != null && EF.Functions.Like(c.ObjectLabel.ToLower(), label, "\\"));
#pragma warning restore CA1862
    }
}

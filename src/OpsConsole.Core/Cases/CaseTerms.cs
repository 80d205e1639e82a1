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

/// <summary>
/// Turns a search into one condition that both databases understand. Each term is false, never unknown, where a column is empty, so that
/// NOT means what people mean by it.
/// </summary>
internal static class CaseTerms
{
    public static IQueryable<ExceptionCase> Searched(this IQueryable<ExceptionCase> cases, QueryNode? query, CaseLens lens) =>
        query is AllOf { Parts: var parts } ? parts.Aggregate(cases, (left, part) => left.Where(Of(part, lens)))
        : query is not null ? cases.Where(Of(query, lens))
        : cases;

    private static Expression<Func<ExceptionCase, bool>> Of(QueryNode node, CaseLens lens) => node switch
    {
        AllOf all => all.Parts.Select(part => Of(part, lens)).Aggregate((left, right) => Join(left, right, Expression.AndAlso)),
        AnyOf any => any.Parts.Select(part => Of(part, lens)).Aggregate((left, right) => Join(left, right, Expression.OrElse)),
        NotOf not => Of(not.Part, lens) is var part ? Expression.Lambda<Func<ExceptionCase, bool>>(Expression.Not(part.Body), part.Parameters) : part,
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
            "name" => Like(c => c.ObjectLabel, term.Value),
            "cause" => Like(c => c.Cause, term.Value),
            "holder" => Holder(term.Value, lens),
            "trace" => Trace(term.Value),
            "unit" => Same(c => c.Unit, term),
            "entity" => Same(c => c.LegalEntity, term),
            "region" => Same(c => c.Region, term),
            "queue" => Same(c => c.Queue, term),
            "system" => Same(c => c.System, term),
            "operation" => Same(c => c.Operation, term),
            "object" => Same(c => c.ObjectType, term),
            "id" => Same(c => c.ObjectId, term),
            "currency" => Same(c => c.Currency, term),
            "error" => Same(c => c.ErrorCode, term),
            "attribute" => Same(c => c.ErrorAttribute, term),
            "target" => Same(c => c.ReplayTarget, term),
            _ => throw new InvalidOperationException($"Nothing reads the field {name}."),
        };
    }

    private static Expression<Func<ExceptionCase, bool>> Amount(string name, QueryOperator sign, decimal number) => name switch
    {
        "amount" => Compared(c => c.ReportingAmount, sign, (decimal?)number),
        "own" => Compared(c => c.Amount, sign, (decimal?)number),
        "attempts" => Compared(c => c.Attempts, sign, (int)Math.Clamp(number, int.MinValue, int.MaxValue)),
        _ => Compared(c => c.Spells, sign, (int)Math.Clamp(number, int.MinValue, int.MaxValue)),
    };

    // "On" a day is any moment of it.
    private static Expression<Func<ExceptionCase, bool>> Moment(string name, QueryOperator sign, DateTimeOffset at)
    {
        Expression<Func<ExceptionCase, DateTimeOffset?>> of = name switch
        {
            "opened" => c => c.OpenedAt,
            "due" => c => c.DueAt,
            _ => c => c.EndedAt,
        };
        return sign is QueryOperator.Equal && at.TimeOfDay == TimeSpan.Zero
            ? Join(Compared(of, QueryOperator.AtLeast, at), Compared(of, QueryOperator.Below, at.AddDays(1)), Expression.AndAlso)
            : Compared(of, sign, (DateTimeOffset?)at);
    }

    private static Expression<Func<ExceptionCase, bool>> Holder(string value, CaseLens lens) => value.ToLowerInvariant() switch
    {
        "me" => Flag("mine", lens),
        "nobody" => Flag("nobody", lens),
        _ => Like(c => c.HolderName, value),
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

    // As it was written, or in capitals, or in small letters: texts compare byte for byte.
    private static Expression<Func<ExceptionCase, bool>> Same(Expression<Func<ExceptionCase, string?>> of, QueryTerm term)
    {
        var said = new[] { term.Value, term.Value.ToUpperInvariant(), term.Value.ToLowerInvariant() }.Distinct().ToArray();
        Expression<Func<string?, bool>> test = value => value != null && said.Contains(value);
        if (term.Operator is QueryOperator.Beginning)
        {
            var (begin, upper) = (Cursor.Beginning(said[0]), Cursor.Beginning(term.Value.ToUpperInvariant()));
            test = value => value != null && (EF.Functions.Like(value, begin, "\\") || EF.Functions.Like(value, upper, "\\"));
        }

        return On(of, test);
    }

    private static Expression<Func<ExceptionCase, bool>> Like(Expression<Func<ExceptionCase, string?>> of, string part)
    {
        var pattern = "%" + Cursor.Beginning(part.ToLowerInvariant());
#pragma warning disable CA1862, CA1304, CA1311 // As above.
        return On(of, value => value != null && EF.Functions.Like(value.ToLower(), pattern, "\\"));
#pragma warning restore CA1862, CA1304, CA1311
    }

    private static Expression<Func<ExceptionCase, bool>> Compared<T>(Expression<Func<ExceptionCase, T>> of, QueryOperator sign, T with)
    {
        var box = new Box<T>(with);
        var value = Expression.Property(Expression.Constant(box), nameof(Box<T>.Value));
        var compared = sign switch
        {
            QueryOperator.Above => Expression.GreaterThan(of.Body, value),
            QueryOperator.AtLeast => Expression.GreaterThanOrEqual(of.Body, value),
            QueryOperator.Below => Expression.LessThan(of.Body, value),
            QueryOperator.AtMost => Expression.LessThanOrEqual(of.Body, value),
            _ => Expression.Equal(of.Body, value),
        };
        var known = Nullable.GetUnderlyingType(typeof(T)) is null ? (Expression)compared
            : Expression.AndAlso(Expression.NotEqual(of.Body, Expression.Constant(null, typeof(T))), compared);
        return Expression.Lambda<Func<ExceptionCase, bool>>(known, of.Parameters);
    }

    private static Expression<Func<ExceptionCase, bool>> On<T>(Expression<Func<ExceptionCase, T>> of, Expression<Func<T, bool>> test) =>
        Expression.Lambda<Func<ExceptionCase, bool>>(new Swap(test.Parameters[0], of.Body).Visit(test.Body), of.Parameters);

    private static Expression<Func<ExceptionCase, bool>> Join(
        Expression<Func<ExceptionCase, bool>> left, Expression<Func<ExceptionCase, bool>> right, Func<Expression, Expression, BinaryExpression> by) =>
        Expression.Lambda<Func<ExceptionCase, bool>>(by(left.Body, new Swap(right.Parameters[0], left.Parameters[0]).Visit(right.Body)), left.Parameters);

    // A value in a box is sent as a parameter, so that the database sees one statement for all values.
    private sealed record Box<T>(T Value);

    private sealed class Swap(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}

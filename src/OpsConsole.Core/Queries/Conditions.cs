using System.Linq.Expressions;

namespace OpsConsole.Queries;

/// <summary>
/// Parts of a condition that both databases understand. Each is false, never unknown, where a column is empty, so that NOT means what
/// people mean by it; each value is sent as a parameter, so that the database sees one statement for all values.
/// </summary>
internal static class Conditions
{
    public static Expression<Func<T, bool>> Both<T>(Expression<Func<T, bool>> left, Expression<Func<T, bool>> right) => Join(left, right, Expression.AndAlso);

    public static Expression<Func<T, bool>> Either<T>(Expression<Func<T, bool>> left, Expression<Func<T, bool>> right) => Join(left, right, Expression.OrElse);

    public static Expression<Func<T, bool>> Not<T>(Expression<Func<T, bool>> part) => Expression.Lambda<Func<T, bool>>(Expression.Not(part.Body), part.Parameters);

    /// <summary>The same answer for every row.</summary>
    public static Expression<Func<T, bool>> Always<T>(bool answer) => Expression.Lambda<Func<T, bool>>(Expression.Constant(answer), Expression.Parameter(typeof(T), "row"));

    /// <summary>The test, asked of what <paramref name="of"/> reads.</summary>
    public static Expression<Func<T, bool>> On<T, TValue>(Expression<Func<T, TValue>> of, Expression<Func<TValue, bool>> test) =>
        Expression.Lambda<Func<T, bool>>(new Swap(test.Parameters[0], of.Body).Visit(test.Body), of.Parameters);

    public static Expression<Func<T, bool>> Compared<T, TValue>(Expression<Func<T, TValue>> of, QueryOperator sign, TValue with)
    {
        var value = Expression.Property(Expression.Constant(new Box<TValue>(with)), nameof(Box<TValue>.Value));
        var compared = sign switch
        {
            QueryOperator.Above => Expression.GreaterThan(of.Body, value),
            QueryOperator.AtLeast => Expression.GreaterThanOrEqual(of.Body, value),
            QueryOperator.Below => Expression.LessThan(of.Body, value),
            QueryOperator.AtMost => Expression.LessThanOrEqual(of.Body, value),
            _ => Expression.Equal(of.Body, value),
        };
        var known = Nullable.GetUnderlyingType(typeof(TValue)) is null ? (Expression)compared
            : Expression.AndAlso(Expression.NotEqual(of.Body, Expression.Constant(null, typeof(TValue))), compared);
        return Expression.Lambda<Func<T, bool>>(known, of.Parameters);
    }

    /// <summary>"On" a day is any moment of it.</summary>
    public static Expression<Func<T, bool>> At<T>(Expression<Func<T, DateTimeOffset?>> of, QueryOperator sign, DateTimeOffset at) =>
        sign is QueryOperator.Equal && at.TimeOfDay == TimeSpan.Zero
            ? Both(Compared(of, QueryOperator.AtLeast, (DateTimeOffset?)at), Compared(of, QueryOperator.Below, (DateTimeOffset?)at.AddDays(1)))
            : Compared(of, sign, (DateTimeOffset?)at);

    /// <summary>As it was written, or in capitals, or in small letters: texts compare byte for byte. With a star, the beginning of it.</summary>
    public static Expression<Func<T, bool>> Same<T>(Expression<Func<T, string?>> of, QueryTerm term)
    {
        var said = Spellings(term.Value);
        if (term.Operator is not QueryOperator.Beginning)
        {
            return On(of, value => value != null && said.Contains(value));
        }

        var (begin, upper) = (Cursor.Beginning(term.Value), Cursor.Beginning(term.Value.ToUpperInvariant()));
        return On(of, value => value != null && (EF.Functions.Like(value, begin, "\\") || EF.Functions.Like(value, upper, "\\")));
    }

    /// <summary>A part of it, in whatever case.</summary>
    public static Expression<Func<T, bool>> Like<T>(Expression<Func<T, string?>> of, string part)
    {
        var pattern = "%" + Cursor.Beginning(part.ToLowerInvariant());
#pragma warning disable CA1862, CA1304, CA1311 // It is the database that compares, and it knows no StringComparison.
        return On(of, value => value != null && EF.Functions.Like(value.ToLower(), pattern, "\\"));
#pragma warning restore CA1862, CA1304, CA1311
    }

    /// <summary>As it was written, in capitals, in small letters.</summary>
    public static string[] Spellings(string value) => [.. new[] { value, value.ToUpperInvariant(), value.ToLowerInvariant() }.Distinct()];

    private static Expression<Func<T, bool>> Join<T>(Expression<Func<T, bool>> left, Expression<Func<T, bool>> right, Func<Expression, Expression, BinaryExpression> by) =>
        Expression.Lambda<Func<T, bool>>(by(left.Body, new Swap(right.Parameters[0], left.Parameters[0]).Visit(right.Body)), left.Parameters);

    private sealed record Box<T>(T Value);

    private sealed class Swap(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}

namespace OpsConsole.Queries;

/// <summary>A search as it was understood: terms joined by AND, OR and NOT.</summary>
public abstract record QueryNode;

/// <summary>Every part must hold.</summary>
public sealed record AllOf(IReadOnlyList<QueryNode> Parts) : QueryNode;

/// <summary>One part must hold.</summary>
public sealed record AnyOf(IReadOnlyList<QueryNode> Parts) : QueryNode;

/// <summary>The part must not hold.</summary>
public sealed record NotOf(QueryNode Part) : QueryNode;

/// <summary>One condition: a field and what it is compared with, or a text without a field, or a flag.</summary>
/// <param name="Field">Nothing for a bare text.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Value">As it was written, without quotes and without the star of a beginning.</param>
/// <param name="At">Where its value begins, from 0.</param>
public sealed record QueryTerm(QueryField? Field, QueryOperator Operator, string Value, int At) : QueryNode
{
    /// <summary>The number, of a field of numbers; of a field of durations, milliseconds.</summary>
    public decimal Number { get; init; }

    /// <summary>The moment (UTC), of a field of moments.</summary>
    public DateTimeOffset Moment { get; init; }

    /// <summary>The codes that the value means, of a field with choices.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>It was written in quotes, so it is never a flag and never joined with its neighbour.</summary>
    public bool Quoted { get; init; }
}

public enum QueryOperator
{
    Equal,

    /// <summary>Written with a star at the end: <c>id:INV-10*</c>.</summary>
    Beginning,
    Above,
    AtLeast,
    Below,
    AtMost,
}

/// <summary>Why a search cannot be understood.</summary>
/// <param name="At">The first letter that is wrong, from 0.</param>
/// <param name="Length">How many letters are.</param>
/// <param name="Message">A sentence that says what would be right.</param>
public sealed record QueryFault(int At, int Length, string Message)
{
    /// <summary>The same as a refusal of the field <c>q</c>; people count letters from 1.</summary>
    public Refusal ToRefusal() => new(RefusalKind.Invalid, "query", $"q: at letter {At + 1}: {Message}");
}

using OpsConsole.Events;

namespace OpsConsole.Kpis;

/// <summary>A row behind a number, as people read it.</summary>
public sealed record KpiLine
{
    /// <summary>The name of an exception, the id of a lead or object, the name of a sender.</summary>
    public required string Name { get; init; }

    /// <summary>What happened, or how people call it.</summary>
    public string? Title { get; init; }

    /// <summary>What it is about, where it is about a business object.</summary>
    public ObjectRef? Object { get; init; }

    /// <summary>Of a transaction: its flow.</summary>
    public string? Flow { get; init; }

    public required string Unit { get; init; }
    public string? LegalEntity { get; init; }

    /// <summary>Where it stands in the trend.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Where its clock began, when that is not <see cref="At"/>.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>What was waited for, when it has come.</summary>
    public DateTimeOffset? CameAt { get; init; }

    /// <summary>How it counts, in a word or two.</summary>
    public required string Said { get; init; }

    /// <summary>What it adds to the number; nothing: it does not count.</summary>
    public decimal? Value { get; init; }

    public Money? Amount { get; init; }

    /// <summary>What it adds to the sum in the reporting currency; nothing where no amount or no rate is known.</summary>
    public decimal? Counted { get; init; }

    /// <summary>The columns of its file.</summary>
    public static IReadOnlyList<string> Columns(string currency) =>
        ["row", "what", "object type", "object", "unit", "legal entity", "at", "began", "came", "counts as", "value", "currency", "amount", $"counted in {currency}"];

    /// <summary>Its cells, in the columns' order.</summary>
    public IReadOnlyList<object?> Cells() =>
        [Name, Title, Object?.Type, Object?.Id, Unit, LegalEntity, At, Began, CameAt, Said, Value, Amount?.Currency, Amount?.Amount, Counted];
}

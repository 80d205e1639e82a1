namespace OpsConsole.Close;

/// <summary>What blocks the close of a period, in numbers. Two readings of one moment are equal.</summary>
public sealed record CloseFigures
{
    /// <summary>Exceptions of the period that have not ended: opened before its end.</summary>
    public required int Exceptions { get; init; }

    /// <summary>At risk in the reporting currency, each object counted once.</summary>
    public required decimal AtRisk { get; init; }

    /// <summary>Past their due time.</summary>
    public required int Overdue { get; init; }

    /// <summary>Exceptions with an amount but no known rate.</summary>
    public required int Unconverted { get; init; }

    /// <summary>Objects about which systems disagree since before the period's end.</summary>
    public required int Disagreements { get; init; }

    /// <summary>What these are worth in the reporting currency.</summary>
    public required decimal Disputed { get; init; }

    /// <summary>By what is in the way, the greatest amount first. Empty in lists.</summary>
    public IReadOnlyList<CloseBlock> Blocks { get; init; } = [];

    /// <summary>True when nothing is in the way.</summary>
    public bool IsClear => Exceptions == 0 && Disagreements == 0;
}

/// <summary>One sort of thing in the way.</summary>
/// <param name="Kind">What it is counted in.</param>
/// <param name="Code">Of an exception its type, of a disagreement the objects' type.</param>
/// <param name="Label">As people read it.</param>
/// <param name="Count">How many.</param>
/// <param name="Amount">In the reporting currency, each object counted once.</param>
/// <param name="Unconverted">How many have an amount but no known rate.</param>
public sealed record CloseBlock(CloseBlockKind Kind, string Code, string Label, int Count, decimal Amount, int Unconverted);

public enum CloseBlockKind
{
    Exception,

    /// <summary>Two systems say different things of one object.</summary>
    Disagreement,
}

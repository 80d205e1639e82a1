namespace OpsConsole.Kpis;

/// <summary>What the board reads for a number.</summary>
/// <param name="Rows">Of the window.</param>
/// <param name="Before">Of the stretch before it; none where the number is sampled.</param>
public sealed record KpiRead(IReadOnlyList<KpiRow> Rows, IReadOnlyList<KpiRow> Before);

/// <summary>One row behind a number, or several that are alike.</summary>
public sealed record KpiRow
{
    /// <summary>How many it stands for.</summary>
    public int Count { get; init; } = 1;

    /// <summary>What <see cref="KpiSubject"/> says it is; what the board reads for other ends than its rows may name another, or none.</summary>
    public required Guid Subject { get; init; }

    /// <summary>What must be counted once only: an exception's object.</summary>
    public Guid Once { get; init; }
    public required string Unit { get; init; }

    /// <summary>Where the number is rolled up: another hand to narrow it by.</summary>
    public string? LegalEntity { get; init; }

    /// <summary>As the legal entity.</summary>
    public string? Region { get; init; }

    /// <summary>What it is grouped by besides: an object's type, an exception's cause (fingerprint), a transaction's progress.</summary>
    public string? Group { get; init; }

    /// <summary>Where an exception waits.</summary>
    public string? Queue { get; init; }

    /// <summary>Where in a trend it stands.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Where its own clock began, when that is not <see cref="At"/>.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>What was waited for, when it has come.</summary>
    public DateTimeOffset? CameAt { get; init; }
    public bool Late { get; init; }
    public bool Missing { get; init; }

    /// <summary>Of a share: it belongs to the part that is told; nothing: it is not decided and counts nowhere.</summary>
    public bool? Holds { get; init; }

    /// <summary>Of all that it stands for: either all have one, or none has.</summary>
    public decimal? Amount { get; init; }
    public string? Currency { get; init; }

    /// <summary>It stands for all rows of its hour, and this is what they add; nothing: it is a row.</summary>
    public KpiSum? Rolled { get; init; }

    /// <summary>It stands for as many rows of one hour as are told here, each by how long it took or has waited, in ticks; nothing: it is a row.</summary>
    public IReadOnlyList<long>? Took { get; init; }

    /// <summary>In the reporting currency, where it was converted when it was written.</summary>
    public decimal? Reporting { get; init; }
}

/// <param name="Sum">Of the values.</param>
/// <param name="Counted">How many rows count.</param>
public sealed record KpiSum(decimal Sum, int Counted);

/// <summary>A measured number.</summary>
/// <param name="Value">In the unit of its <see cref="KpiForm"/>; nothing where there is nothing to measure.</param>
/// <param name="Rows">How many rows stand behind it.</param>
/// <param name="Amount">What they are worth, in the reporting currency, where that is asked beside the number.</param>
/// <param name="Unconverted">Rows whose amount is missing from the sum, because no rate is known.</param>
public sealed record KpiFigure(decimal? Value, int Rows, decimal? Amount = null, int Unconverted = 0)
{
    /// <summary>Where there is no value: why.</summary>
    public string? Why { get; init; }

    /// <summary>Since when the oldest of what waits has waited, where that is asked beside the number.</summary>
    public DateTimeOffset? Oldest { get; init; }
}

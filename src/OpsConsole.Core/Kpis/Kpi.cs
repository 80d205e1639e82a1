using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>
/// A number of the board and the rows behind it. To add one: a class in <c>Catalog</c> and a line in <see cref="KpiCatalog"/>; tile, trend,
/// drill-down and tests come with it. The number is computed from the rows and from nothing else, and <see cref="Filter"/> makes a list that
/// shows exactly these rows.
/// </summary>
public abstract class Kpi
{
    /// <summary>Stable: its trend is kept under this name.</summary>
    public abstract string Code { get; }

    public abstract string Title { get; }

    public abstract KpiForm Form { get; }

    public abstract Better Better { get; }

    /// <summary>True when yesterday's number cannot be computed today, so that it is sampled every hour. Its values add up over units.</summary>
    public virtual bool Sampled => false;

    /// <summary>Every row by itself, narrow. Scope, unit and period are the window's.</summary>
    public abstract IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window);

    /// <summary>
    /// The window's rows and, where the past can be computed, those of the stretch before it. Rows that are alike may come as one that counts
    /// for all (<see cref="KpiRow.Count"/>): the same number is measured from them.
    /// </summary>
    public virtual async Task<KpiRead> Read(OpsDb db, KpiWindow window, CancellationToken cancellationToken) => new(
        await Rows(db, window).ToListAsync(cancellationToken),
        Sampled ? [] : await Rows(db, window.Before()).ToListAsync(cancellationToken));

    /// <summary>Pure: the same rows give the same number.</summary>
    public abstract KpiFigure Measure(IReadOnlyList<KpiRow> rows, KpiWindow window);

    /// <summary>The wish, in the number's own unit; nothing: none was set.</summary>
    public abstract decimal? Target(KpiTargets targets);

    /// <summary>A <c>TransactionFilter</c>, <c>ObjectFilter</c> or <c>CaseFilter</c> whose list holds exactly the rows.</summary>
    public abstract object Filter(KpiWindow window);
}

public enum KpiForm
{
    /// <summary>Per cent of rows.</summary>
    Share,

    /// <summary>Seconds.</summary>
    Duration,

    /// <summary>Rows.</summary>
    Count,

    /// <summary>In the reporting currency.</summary>
    Money,
}

public enum Better
{
    Higher,
    Lower,
}

/// <summary>What a number is asked for.</summary>
/// <param name="From">Period's start; numbers of the present state ignore the period.</param>
/// <param name="To">Period's end.</param>
/// <param name="Now">By which deadlines are judged.</param>
/// <param name="Unit">One business unit; nothing: all of the scope.</param>
/// <param name="Scope">Of who asks.</param>
/// <param name="Flow">The flow that the board is about.</param>
/// <param name="Options">Milestones and targets.</param>
/// <param name="Rates">To the reporting currency.</param>
public sealed record KpiWindow(
    DateTimeOffset From, DateTimeOffset To, DateTimeOffset Now, string? Unit, Scope Scope, string Flow, KpiOptions Options, RateTable Rates)
{
    /// <summary>The stretch of the same length before it.</summary>
    public KpiWindow Before() => this with { From = From - (To - From), To = From };
}

/// <summary>What the board reads for a number.</summary>
/// <param name="Rows">Of the window.</param>
/// <param name="Before">Of the stretch before it; none where the number is sampled.</param>
public sealed record KpiRead(IReadOnlyList<KpiRow> Rows, IReadOnlyList<KpiRow> Before);

/// <summary>One row behind a number, or several that are alike.</summary>
public sealed record KpiRow
{
    /// <summary>How many it stands for.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The transaction, object or exception; what the board reads for other ends than its rows may name another, or none.</summary>
    public required Guid Subject { get; init; }

    /// <summary>What must be counted once only: an exception's object.</summary>
    public Guid Once { get; init; }
    public required string Unit { get; init; }

    /// <summary>What it is grouped by besides: an object's type, an exception's cause (fingerprint), a transaction's progress.</summary>
    public string? Group { get; init; }

    /// <summary>Where an exception waits.</summary>
    public string? Queue { get; init; }

    /// <summary>Where in a trend it stands.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What was waited for, when it has come.</summary>
    public DateTimeOffset? CameAt { get; init; }
    public bool Late { get; init; }
    public bool Missing { get; init; }

    /// <summary>Of all that it stands for: either all have one, or none has.</summary>
    public decimal? Amount { get; init; }
    public string? Currency { get; init; }

    /// <summary>In the reporting currency, where it was converted when it was written.</summary>
    public decimal? Reporting { get; init; }
}

/// <summary>A measured number.</summary>
/// <param name="Value">In the unit of its <see cref="KpiForm"/>; nothing where there is nothing to measure.</param>
/// <param name="Rows">How many rows stand behind it.</param>
/// <param name="Amount">What they are worth, in the reporting currency, where that is asked beside the number.</param>
/// <param name="Unconverted">Rows whose amount is missing from the sum, because no rate is known.</param>
public sealed record KpiFigure(decimal? Value, int Rows, decimal? Amount = null, int Unconverted = 0);

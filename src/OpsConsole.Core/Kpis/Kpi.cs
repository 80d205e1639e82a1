using OpsConsole.Kpis.Rolls;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>
/// A number of the board and the rows behind it. To add one: a class in <c>Catalog</c> and a line in <see cref="KpiCatalog"/>; tile, trend,
/// list, file, definition and tests come with it. The number is computed from the rows and from nothing else: each row has a value
/// (<see cref="Values"/>), and <see cref="Combine"/> makes the number of them.
/// </summary>
public abstract class Kpi
{
    /// <summary>Stable: its trend is kept under this name, and its rows have it in their address.</summary>
    public abstract string Code { get; }

    public abstract string Title { get; }

    public abstract KpiForm Form { get; }

    public abstract Better Better { get; }

    /// <summary>What it means, in words.</summary>
    public abstract KpiDefinition Definition { get; }

    /// <summary>What each of its rows is.</summary>
    public abstract KpiSubject Subject { get; }

    /// <summary>By what it can be narrowed. Asked for anything else it gives no number.</summary>
    public virtual KpiNarrow Narrows => KpiNarrow.All;

    /// <summary>True when yesterday's number cannot be computed today, so that it is sampled every hour. Its values add up over units.</summary>
    public virtual bool Sampled => false;

    /// <summary>False where neither rows nor samples can tell how it was before.</summary>
    public virtual bool HasTrend => true;

    /// <summary>Of which rows only one counts.</summary>
    public virtual KpiOnce Once => KpiOnce.Row;

    /// <summary>True where its rows' money is a sum that people look at.</summary>
    public virtual bool CarriesMoney => false;

    /// <summary>
    /// Whose changes touch its hours, where its values add up and stand still once their hour is over: then it is rolled up by the hour. Its rows must name legal entity
    /// and region, and its sum is told by <see cref="CombineSums"/>.
    /// </summary>
    public virtual KpiSource Source => KpiSource.None;

    /// <summary>Looks up what must be known before its rows can be asked for.</summary>
    public virtual Task<KpiWindow> Ready(OpsDb db, KpiWindow window, CancellationToken cancellationToken) => Task.FromResult(window);

    /// <summary>Every row by itself, narrow. Scope, filter and period are the window's.</summary>
    public abstract IQueryable<KpiRow> Rows(OpsDb db, KpiWindow window);

    /// <summary>
    /// The window's rows and, where the past can be computed, those of the stretch before it. Rows that are alike may come as one that counts
    /// for all (<see cref="KpiRow.Count"/>): the same number is measured from them.
    /// </summary>
    public virtual async Task<KpiRead> Read(OpsDb db, KpiWindow window, CancellationToken cancellationToken) => new(
        await RolledRows.Read(db, this, window, cancellationToken),
        Sampled || !HasTrend ? [] : await RolledRows.Read(db, this, window.Before(), cancellationToken));

    /// <summary>As <see cref="Read"/>, of a number whose rows are those of the window by where they stand: both stretches in one look.</summary>
    private protected async Task<KpiRead> ReadOnce(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        if (window.WithBefore() is not { } both)
        {
            return new KpiRead(await Rows(db, window).ToListAsync(cancellationToken), await Rows(db, window.Before()).ToListAsync(cancellationToken));
        }

        var (rows, until) = (await Rows(db, both).ToListAsync(cancellationToken), window.Before().To);
        return new KpiRead([.. rows.Where(row => row.At >= window.From)], [.. rows.Where(row => row.At < until)]);
    }

    /// <summary>What each row adds to the number, in the unit of its <see cref="Form"/>; nothing: it does not count. The rows that only count once must all be there.</summary>
    public virtual IReadOnlyList<decimal?> Values(IReadOnlyList<KpiRow> rows, KpiWindow window) => [.. rows.Select(row => ValueOf(row, window))];

    /// <summary>What this row adds by itself.</summary>
    public abstract decimal? ValueOf(KpiRow row, KpiWindow window);

    /// <summary>The number of the values of all rows that count; nothing where they cannot say it.</summary>
    public abstract decimal? Combine(IReadOnlyList<decimal> values, KpiWindow window);

    /// <summary>The same where the values were added up before.</summary>
    /// <param name="sum">Of the values.</param>
    /// <param name="counted">How many they are.</param>
    /// <exception cref="NotSupportedException">It is never rolled up.</exception>
    public virtual decimal? CombineSums(decimal sum, long counted) => throw new NotSupportedException($"{Code} is not a matter of a sum.");

    /// <summary>Pure: the same rows give the same number.</summary>
    public virtual KpiFigure Measure(IReadOnlyList<KpiRow> rows, KpiWindow window)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Any(row => row.Rolled is not null))
        {
            return MeasureSums(rows, window);
        }

        var value = Combine([.. Values(rows, window).Where(one => one is not null).Select(one => one!.Value)], window);
        var worth = CarriesMoney ? KpiMoney.Of(this, rows, window) : null;
        return new KpiFigure(
            value, rows.Count, worth?.Sum(amount => amount ?? 0), CarriesMoney ? rows.Zip(worth!).Count(row => row is { First.Amount: not null, Second: null }) : 0)
        {
            Why = value is null ? WhyNothing(window) : null,
        };
    }

    /// <summary>The number alone, without what its rows are worth.</summary>
    internal decimal? Value(IReadOnlyList<KpiRow> rows, KpiWindow window) => CarriesMoney && !Sampled
        ? Combine([.. Values(rows, window).Where(one => one is not null).Select(one => one!.Value)], window)
        : Measure(rows, window).Value;

    /// <summary>Why there is no number where nothing can be combined.</summary>
    public virtual string WhyNothing(KpiWindow window) => "Nothing in the period to measure.";

    /// <summary>How a row counts, in a word or two, for its list.</summary>
    public virtual string Said(KpiRow row, KpiWindow window) => "";

    /// <summary>The wish, in the number's own unit; nothing: none was set.</summary>
    public virtual decimal? Target(KpiTargets targets) => null;

    /// <summary>The wish for a window that is <see cref="Ready"/>: the settings', unless it stands with what is measured.</summary>
    public virtual decimal? Wish(KpiWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        return Target(window.Options.Targets);
    }

    /// <summary>A <c>TransactionFilter</c>, <c>ObjectFilter</c> or <c>CaseFilter</c> whose list holds exactly the rows, where one of these lists can: people go on working there.</summary>
    public virtual object? Filter(KpiWindow window) => null;

    /// <summary>Why it gives no number for what is asked, or nothing when it can.</summary>
    public string? WhyNot(KpiWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        var beyond = window.Asks & ~Narrows;
        return beyond is not KpiNarrow.None ? $"It cannot be narrowed by {Say(beyond)}: its rows name none."
            : !Narrows.HasFlag(KpiNarrow.Unit) && !window.Scope.Everything ? "It counts all units together, and you see only some of them."
            : !Narrows.HasFlag(KpiNarrow.LegalEntity) && window.Scope.ByEntity ? "It counts all legal entities together, and you see only some of them."
            : null;
    }

    private KpiFigure MeasureSums(IReadOnlyList<KpiRow> rows, KpiWindow window)
    {
        var single = rows.Where(row => row.Rolled is null).ToList();
        var values = Values(single, window).Where(one => one is not null).Select(one => one!.Value).ToList();
        var rolled = rows.Select(row => row.Rolled).OfType<KpiSum>().ToList();
        var value = CombineSums(values.Sum() + rolled.Sum(one => one.Sum), values.Count + rolled.Sum(one => (long)one.Counted));
        return new KpiFigure(value, rows.Sum(row => row.Count)) { Why = value is null ? WhyNothing(window) : null };
    }

    private static string Say(KpiNarrow beyond) => string.Join(" or ", Enum.GetValues<KpiNarrow>()
        .Where(one => one is not (KpiNarrow.None or KpiNarrow.All) && beyond.HasFlag(one))
        .Select(one => one is KpiNarrow.LegalEntity ? "legal entity" : one.ToString().ToLowerInvariant()));
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

    /// <summary>So many times what is allowed.</summary>
    Ratio,
}

public enum Better
{
    Higher,
    Lower,
}

/// <summary>What a row of a number is, and so where it leads.</summary>
public enum KpiSubject
{
    Exception,
    Transaction,
    Object,

    /// <summary>A replay, shown under its exception.</summary>
    Replay,

    /// <summary>An operation that failed, shown under its object.</summary>
    Failure,

    /// <summary>A sender.</summary>
    Source,
}

/// <summary>By what a board can be narrowed.</summary>
[Flags]
public enum KpiNarrow
{
    None = 0,
    Unit = 1,
    LegalEntity = 2,
    Region = 4,
    Currency = 8,
    Flow = 16,
    All = Unit | LegalEntity | Region | Currency | Flow,
}

/// <summary>Of which rows only one counts.</summary>
public enum KpiOnce
{
    /// <summary>Each counts.</summary>
    Row,

    /// <summary>Of one object's rows, the one with the greatest amount.</summary>
    Object,

    /// <summary>Of one group's rows, the earliest.</summary>
    Group,
}

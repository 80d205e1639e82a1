using System.Globalization;
using OpsConsole.Kpis;
using OpsConsole.Kpis.Catalog;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Kpis;

/// <summary>How numbers of the board are said: short on the tile, exact on hover.</summary>
internal static class BoardWords
{
    private static readonly CultureInfo s_plain = CultureInfo.InvariantCulture;

    /// <summary>Currency before it, the number, its unit behind it.</summary>
    public static (string? Before, string Number, string? Behind) Figure(Tile tile, string currency)
    {
        if (tile.Figure.Value is not { } value)
        {
            return (null, "–", null);
        }

        switch (tile.Kpi.Form)
        {
            case KpiForm.Share:
                return (null, value == 100 ? "100" : Math.Min(value, 99.9m).ToString("0.0", s_plain), "%");
            case KpiForm.Duration:
                return (null, Lag((double)value), null);
            case KpiForm.Ratio:
                return (null, value.ToString(value < 10 ? "0.0" : "0", s_plain), "times");
            case KpiForm.Money:
                var brief = Say.Brief(value);
                var letters = brief.Length - brief.TrimEnd('b', 'n', 'm', 'k').Length;
                return (currency, brief[..^letters], letters == 0 ? null : brief[^letters..]);
            default:
                return (null, Say.Count((long)value), tile.Kpi is ReconciliationBacklog ? value == 1 ? "object" : "objects" : null);
        }
    }

    /// <summary>The number to the last digit, for hover.</summary>
    public static string Exact(Tile tile, string currency) => tile.Figure.Value is not { } value ? tile.Figure.Why ?? "nothing to measure yet"
        : tile.Kpi.Form switch
        {
            KpiForm.Share => $"{value.ToString("0.####", s_plain)}% of {Say.Count(tile.Figure.Rows)}",
            KpiForm.Duration => $"{value.ToString("0.###", s_plain)} seconds, of {Say.Count(tile.Figure.Rows)} measured",
            KpiForm.Money => new Money(value, currency).ToString(),
            KpiForm.Ratio => $"{value.ToString("0.###", s_plain)} times what is allowed, of {Say.Count(tile.Figure.Rows)} measured",
            _ => Say.Count((long)value),
        };

    /// <summary>A lag: what took less than a second is not called nothing.</summary>
    public static string Lag(double seconds) => seconds < 1 ? "<1s" : Say.Age(TimeSpan.FromSeconds(seconds));

    /// <summary>Against the target; without one, against the period before; what cannot be judged says so.</summary>
    public static Status Verdict(Tile tile)
    {
        if (tile.Figure.Value is not { } value)
        {
            return new Status("dash", "Unknown", "still");
        }

        if (tile is { Met: { } met, Target: { } target })
        {
            return met ? new Status("done", value == target ? "On target" : "Within target", "good")
                : value > target ? new Status("up", "Above target", "bad") : new Status("down", "Below target", "bad");
        }

        return tile.Earlier is not { } before ? new Status("open", "No target", "still")
            : value == before ? new Status("minus", "Steady", "still")
            : (value > before) == (tile.Kpi.Better is Better.Higher) ? new Status(value > before ? "up" : "down", value > before ? "Growing" : "Shrinking", "good")
            : new Status(value > before ? "up" : "down", value > before ? "Growing" : "Shrinking", "bad");
    }

    public static string? Target(Tile tile) => tile.Target is not { } target ? null : "Target " + tile.Kpi.Form switch
    {
        KpiForm.Share => $"{target.ToString("0.0", s_plain)}%",
        KpiForm.Duration => Say.Age(TimeSpan.FromSeconds((double)target)),
        KpiForm.Money => Say.Brief(target),
        KpiForm.Ratio => $"{target.ToString("0.#", s_plain)} at most",
        _ => Say.Count((long)target),
    };

    /// <summary>What stands beside the target.</summary>
    public static string Beside(Tile tile, Board board) => tile.Kpi switch
    {
        OrderToCashHealth => board.Health.Transactions == 0 ? "no transaction in the period"
            : $"{Say.Count(board.Health.Missing)} not arrived, {Say.Count(board.Health.Late)} late",
        InvoiceSyncLag => board.Lag.P50 is { } half ? $"half within {Lag(half)}, {Say.Count(board.Lag.Absent)} not there" : "no invoice in the period",
        FailedCustomerCreations => board.HeldBack.Transactions == 0 ? "nothing held back"
            : $"{board.Currency} {Say.Brief(board.HeldBack.Amount)} held back, {Say.Count(board.HeldBack.Transactions, "order")}",
        ReconciliationBacklog => tile.Figure.Amount is { } amount ? $"{board.Currency} {amount.ToString("N0", s_plain)}{Change(tile)}" : "no amount known",
        _ => $"{Say.Count(tile.Figure.Rows, "case")}, {Say.Count(board.Causes.Causes, "cause")}",
    };

    /// <summary>What stands below a number that has no pane of its own: its target, its money, how it was before.</summary>
    public static string Beside(Tile tile, string currency, DateTimeOffset now)
    {
        var parts = new[]
        {
            Target(tile),
            tile.Kpi.Form is KpiForm.Count && tile.Figure is { Rows: > 0, Amount: { } amount } ? $"{currency} {Say.Brief(amount)}" : null,
            tile.Figure.Oldest is { } oldest ? $"oldest {Say.Age(now - oldest)}" : null,
            tile.Kpi.Form is KpiForm.Share or KpiForm.Duration or KpiForm.Ratio ? $"of {Say.Count(tile.Figure.Rows)}" : null,
        };
        return string.Join(", ", parts.OfType<string>());
    }

    /// <summary>A value in a few letters.</summary>
    public static string Brief(decimal value, KpiForm form) => form switch
    {
        KpiForm.Share => $"{value.ToString("0.0", s_plain)}%",
        KpiForm.Duration => Lag((double)value),
        KpiForm.Money => Say.Brief(value),
        KpiForm.Ratio => value.ToString("0.0", s_plain),
        _ => Say.Count((long)value),
    };

    private static string Change(Tile tile) => (tile.Figure.Value - tile.Earlier) switch
    {
        > 0 and var more => $", {Say.Count((long)more)} more than before",
        < 0 and var fewer => $", {Say.Count(-(long)fewer)} fewer than before",
        _ => "",
    };

    /// <summary>Whether a cause is on its way up or down: what opened against what ended within the last day.</summary>
    public static Status Trend(CauseFigure cause) => cause switch
    {
        { Opened: var opened, Cases: var cases } when opened == cases => new Status("up", "new", "bad"),
        { Opened: var opened, Ended: var ended } when opened > ended => new Status("up", "still growing", "bad"),
        { Opened: var opened, Ended: var ended } when ended > opened => new Status("down", "shrinking", "good"),
        _ => new Status("minus", "steady", "still"),
    };
}

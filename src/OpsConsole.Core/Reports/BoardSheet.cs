using System.Globalization;
using OpsConsole.Kpis;

namespace OpsConsole.Reports;

/// <summary>A board as it is printed: what it was asked for, when it was measured, and every number with the words that the board has for it.</summary>
/// <param name="Title">What the board is about.</param>
/// <param name="Asked">What it was narrowed to, label by label, the period first.</param>
/// <param name="MeasuredAt">By which deadlines were judged, UTC.</param>
/// <param name="AsOf">Everything received before this moment is in the numbers.</param>
/// <param name="Complete">Which sources were silent, in a sentence.</param>
/// <param name="Currency">The reporting currency.</param>
/// <param name="Groups">The numbers, as they stand on the board.</param>
/// <param name="Funnel">The flow's milestones; empty where the flow is not defined.</param>
/// <param name="Causes">What open exceptions come of, the most money first.</param>
public sealed record BoardSheet(
    string Title, IReadOnlyList<(string Label, string Value)> Asked, DateTimeOffset MeasuredAt, DateTimeOffset AsOf, string Complete, string Currency,
    IReadOnlyList<SheetGroup> Groups, IReadOnlyList<FunnelStep> Funnel, IReadOnlyList<CauseFigure> Causes)
{
    public IEnumerable<SheetLine> Lines => Groups.SelectMany(group => group.Lines);

    public static BoardSheet Of(Board board, FigureBoard below, BoardFilter filter, Actor reader)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(below);
        var groups = below.Groups.Select(group => new SheetGroup(group.Title, [.. group.Tiles.Select(SheetLine.Of)])).Prepend(new SheetGroup("Health", [.. board.Tiles.Select(SheetLine.Of)]));
        return new BoardSheet(
            $"Board: {board.FlowLabel}", [.. Said(filter, board, reader)], board.Window.Now, board.Freshness.AsOf, Completeness(board.Freshness), board.Currency, [.. groups], board.Funnel, board.Causes.Top);
    }

    private static IEnumerable<(string, string)> Said(BoardFilter filter, Board board, Actor reader)
    {
        yield return ("Period", $"{BoardPeriod.Say(filter.Period)}, from {Day(board.Window.From)}, before {Day(board.Window.To)} (UTC)");
        yield return ("Unit", filter.Unit is { } unit ? Scope.Of(unit).Only(reader.Scope.Entities).Words : reader.Scope.Words);
        foreach (var (label, value) in new[] { ("Flow", filter.Flow), ("Legal entity", filter.LegalEntity), ("Region", filter.Region), ("Currency of amounts", filter.Currency) })
        {
            if (value is not null)
            {
                yield return (label, value);
            }
        }
    }

    // Nothing failed must not be read where nothing arrived.
    private static string Completeness(Freshness fresh) =>
        fresh.Sources == 0 ? "Nothing has arrived within the last week."
        : fresh.Silent.Count > 0 ? $"Silent: {string.Join("; ", fresh.Silent.Select(source => $"{source.Name} since {SheetLine.Moment(source.LastAt)}"))}."
        : $"All {fresh.Sources} sources are heard of{(fresh.Waiting > 0 ? $"; {fresh.Waiting.ToString("N0", CultureInfo.InvariantCulture)} facts were on their way" : "")}.";

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}

/// <param name="Title">What its numbers speak of.</param>
/// <param name="Lines">In the order shown.</param>
public sealed record SheetGroup(string Title, IReadOnlyList<SheetLine> Lines);

/// <summary>One number of a printed board.</summary>
/// <param name="Code">Of the number.</param>
/// <param name="Title">Its name.</param>
/// <param name="Form">In which unit its values are.</param>
/// <param name="Value">As measured, unrounded; nothing where there is nothing to measure.</param>
/// <param name="Status">In a word.</param>
/// <param name="Target">The wish.</param>
/// <param name="Earlier">How it was in the stretch before.</param>
/// <param name="Rows">How many rows stand behind it.</param>
/// <param name="Amount">What these are worth, in the reporting currency.</param>
/// <param name="Trend">Its way through the period.</param>
/// <param name="Why">Why there is no value.</param>
public sealed record SheetLine(
    string Code, string Title, KpiForm Form, decimal? Value, string Status, decimal? Target, decimal? Earlier, int Rows, decimal? Amount, IReadOnlyList<decimal> Trend, string? Why)
{
    private static readonly CultureInfo s_plain = CultureInfo.InvariantCulture;

    public static SheetLine Of(Tile tile)
    {
        ArgumentNullException.ThrowIfNull(tile);
        return new SheetLine(
            tile.Kpi.Code, tile.Kpi.Title, tile.Kpi.Form, tile.Figure.Value, StatusOf(tile), tile.Target, tile.Earlier, tile.Figure.Rows, tile.Figure.Amount, [.. tile.Trend.Steps.Select(step => step.Value)], tile.Figure.Why);
    }

    /// <summary>The unit of its values, for a spreadsheet's column.</summary>
    public string Unit(string currency) => Form switch
    {
        KpiForm.Share => "%",
        KpiForm.Duration => "seconds",
        KpiForm.Money => currency,
        KpiForm.Ratio => "times",
        _ => "rows",
    };

    /// <summary>A value as people read it.</summary>
    public string Say(decimal? value, string currency) => value is not { } said ? "none" : Form switch
    {
        KpiForm.Share => $"{said.ToString("0.0#", s_plain)} %",
        KpiForm.Duration => Took(TimeSpan.FromSeconds((double)said)),
        KpiForm.Money => new Money(said, currency).ToString(),
        KpiForm.Ratio => $"{said.ToString("0.0#", s_plain)} times",
        _ => said.ToString("N0", s_plain),
    };

    internal static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", s_plain);

    private static string Took(TimeSpan took) => took.TotalDays >= 1 ? $"{took.Days}d {took.Hours}h" : took.TotalHours >= 1 ? $"{took.Hours}h {took.Minutes}m" : took.TotalMinutes >= 1 ? $"{took.Minutes}m {took.Seconds}s" : took.TotalSeconds.ToString("0.# 's'", s_plain);

    private static string StatusOf(Tile tile)
    {
        if (tile.Figure.Value is not { } value)
        {
            return "Nothing to measure";
        }

        if (tile is { Met: { } met, Target: { } target })
        {
            return met ? "Within target" : value > target ? "Above target" : "Below target";
        }

        return tile.Earlier is not { } before ? "" : value == before ? "Steady" : value > before ? "Growing" : "Shrinking";
    }
}

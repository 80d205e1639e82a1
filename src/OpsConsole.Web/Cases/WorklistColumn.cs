using System.Globalization;
using OpsConsole.Cases;
using OpsConsole.Cases.Types;

namespace OpsConsole.Web.Cases;

/// <summary>A column of the worklist, on screen and in the file. To add one: a line in <see cref="All"/> and, for the screen, a case in <c>CaseLine</c>.</summary>
/// <param name="Key">In the address.</param>
/// <param name="Title">Its head.</param>
/// <param name="Width">In rem; nothing: what is left.</param>
/// <param name="Usual">Shown unless somebody chooses otherwise.</param>
/// <param name="Heads">The heads of its cells in a file, <c>{0}</c> for the reporting currency.</param>
/// <param name="Cells">Its cells in a file.</param>
public sealed record WorklistColumn(string Key, string Title, double? Width, bool Usual, IReadOnlyList<string> Heads, Func<CaseRow, IReadOnlyList<object?>> Cells)
{
    /// <summary>In the order of the screen. The first is always there.</summary>
    public static readonly IReadOnlyList<WorklistColumn> All =
    [
        new("what", "What happened, object, customer", null, true, ["what happened", "object type", "object", "called"], row => [row.Title, row.ObjectType, row.ObjectId, row.ObjectLabel]),
        new("rank", "Rank", 4.75, false, ["rank"], row => [row.RankOrder]),
        new("type", "Type", 8.5, false, ["type"], row => [ExceptionCatalog.Label(row.Type)]),
        new("unit", "Unit", 3.5, true, ["unit", "legal entity"], row => [row.Unit, row.LegalEntity]),
        new("region", "Region", 4.5, false, ["region"], row => [row.Region]),
        new("risk", "At risk, in {0}", 8.375, true, ["amount", "currency", "amount in {0}", "rate of"], row =>
            [Amount(row.Amount, row.Currency), row.Currency, row.Reporting, row.RateDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)]),
        new("due", "Due, age", 8.625, true, ["due", "opened"], row => [row.DueAt, row.OpenedAt]),
        new("cause", "Cause, cases", 7.75, true, ["cause", "cases of the cause"], row => [row.Cause, row.OfCause]),
        new("system", "System, operation", 8, false, ["system", "operation"], row => [row.System, row.Operation]),
        new("queue", "Queue", 7, false, ["queue"], row => [row.Queue]),
        new("sent", "Sent, failed", 5.5, false, ["attempts", "failures"], row => [row.Attempts, row.Spells]),
        new("holder", "Holder", 7.625, true, ["holder"], row => [row.HolderName]),
        new("state", "State", 7.125, true, ["state", "ending"], row => [CaseWords.Code(row.State), row.Ending]),
    ];

    /// <summary>The columns that these keys name, in the order of the screen; the usual ones for nothing.</summary>
    public static IReadOnlyList<WorklistColumn> Of(string? keys)
    {
        var chosen = keys?.Split(',');
        return [.. All.Where((column, at) => at == 0 || (chosen is null ? column.Usual : chosen.Contains(column.Key, StringComparer.Ordinal)))];
    }

    /// <summary>The keys as an address writes them; nothing when they are the usual ones or none is known.</summary>
    public static string? Write(IEnumerable<WorklistColumn> columns)
    {
        var keys = columns.Skip(1).Select(column => column.Key).ToList();
        return keys.Count == 0 || keys.SequenceEqual(Of(null).Skip(1).Select(column => column.Key)) ? null : string.Join(',', keys);
    }

    /// <summary>Keys from an address, those that are known.</summary>
    public static string? Read(string? keys) => keys is null ? null : Write(Of(keys));

    // As many decimals as the currency has: what the file says is what the screen says.
    private static object? Amount(decimal? amount, string? currency) =>
        amount is { } known && currency is not null ? decimal.Round(known, Money.Decimals(currency), MidpointRounding.AwayFromZero) : null;
}

using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Kpis;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Events;
using OpsConsole.Web.Flows;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Kpis;

/// <summary>The board, its numbers, their rows, their files and their definitions, as addresses.</summary>
public static class BoardUri
{
    public const string Path = "/board";
    public const string RowsPath = "/board/rows";
    public const string FilePath = "/board/rows.csv";
    public const string DefinitionsPath = "/board/definitions";
    public const string AnnotationsPath = "/board/annotations";

    public static BoardFilter Of(Address address) => new()
    {
        Unit = address.Text("unit"),
        LegalEntity = address.Text("legal-entity"),
        Region = address.Text("region"),
        Flow = address.Text("flow"),
        Currency = address.Text("currency"),
        Period = address.Text("period"),
        Against = address.Text("against"),
    };

    public static string To(BoardFilter filter) => Address.To(Path, Query(filter));

    /// <summary>The rows behind a number.</summary>
    public static string Rows(Kpi kpi, BoardFilter filter) => Address.To($"{RowsPath}/{kpi.Code}", Query(filter));

    /// <summary>The same rows as a file for a spreadsheet.</summary>
    public static string File(Kpi kpi, BoardFilter filter) => Address.To(FilePath, [("number", kpi.Code), .. Query(filter)]);

    /// <summary>What a number means.</summary>
    public static string Definition(Kpi kpi) => $"{DefinitionsPath}#{kpi.Code}";

    /// <summary>The list that people go on working in.</summary>
    /// <param name="filter">As <see cref="Kpi.Filter"/> gives it.</param>
    public static string List(object filter) => filter switch
    {
        TransactionFilter transactions => TransactionUri.To(transactions),
        ObjectFilter objects => ObjectUri.To(objects),
        CaseFilter cases => Cases(cases),
        _ => throw new ArgumentException($"No page lists by {filter.GetType().Name}.", nameof(filter)),
    };

    /// <summary>The worklist without a state shows all that has not ended, which is what the board counts.</summary>
    public static string Cases(CaseFilter filter) => new WorklistFilter
    {
        Unit = filter.Unit,
        Entity = filter.EntityType,
        Operation = filter.Operation,
        Cause = filter.Fingerprint,
        OpenedSince = filter.OpenedSince,
        OpenedUntil = filter.OpenedUntil,
        Query = filter.Query,
    }.ToUri();

    /// <summary>What has not ended, within the board's filter.</summary>
    public static string Open(KpiWindow window, string? unit = null, string? cause = null, DateTimeOffset? since = null, DateTimeOffset? until = null) => Cases(new CaseFilter
    {
        Unit = unit ?? window.Unit, Fingerprint = cause, OpenedSince = since, OpenedUntil = until, Query = window.Said(),
    });

    private static IEnumerable<(string Key, string? Value)> Query(BoardFilter filter) =>
    [
        ("period", filter.Period is BoardPeriod.Usual ? null : filter.Period), ("unit", filter.Unit), ("legal-entity", filter.LegalEntity), ("region", filter.Region),
        ("flow", filter.Flow), ("currency", filter.Currency), ("against", filter.Against),
    ];
}

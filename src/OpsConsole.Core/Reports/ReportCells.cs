namespace OpsConsole.Reports;

/// <summary>A printed board as cells, for every form that is a table: texts, numbers, and nothing.</summary>
internal static class ReportCells
{
    public static readonly string[] Head = ["Group", "Number", "Code", "Value", "Unit", "Status", "Target", "Before", "Rows", "Worth", "Currency"];

    /// <summary>What stands above the table: label and value.</summary>
    public static IEnumerable<(string Label, string Value)> About(BoardSheet sheet) =>
    [
        ("Report", sheet.Title), .. sheet.Asked, ("As of", SheetLine.Moment(sheet.AsOf)), ("Measured", SheetLine.Moment(sheet.MeasuredAt)), ("Completeness", sheet.Complete),
    ];

    public static IEnumerable<object?[]> Rows(BoardSheet sheet) =>
        from sheetGroup in sheet.Groups
        from line in sheetGroup.Lines
        select new object?[]
        {
            sheetGroup.Title, line.Title, line.Code, line.Value, line.Unit(sheet.Currency), line.Value is null ? line.Why ?? line.Status : line.Status, line.Target, line.Earlier, (decimal)line.Rows, line.Amount, sheet.Currency,
        };
}

namespace OpsConsole.Migrations.SqlServer;

/// <summary>
/// What marks an hour of a rolled-up number when a row of it changes, with the change itself and whoever makes it (docs/decisions/0019). Only what the numbers look at
/// counts as a change. Rows are only added, so that nobody waits for anybody.
/// </summary>
internal static class KpiTouchSql
{
    private const string CaseColumns = "[Id], [OpenedAt], [EndedAt], [DueAt], [State], [Unit], [LegalEntity], [Region], [Currency], [MovedTo]";
    private const string ObjectColumns = "[Key], [Type], [FirstAt], [Systems], [Disagrees], [Unit], [LegalEntity], [Region], [Currency]";
    private const string ReplayColumns = "[Id], [CaseId], [State], [EndedAt]";

    private const string CaseHours =
        "SELECT 1 AS source, v.at FROM changed c CROSS APPLY (VALUES (c.[OpenedAt]), (c.[EndedAt]), (c.[DueAt])) AS v(at) UNION ALL SELECT 3, r.[EndedAt] FROM changed c JOIN [replay_items] r ON r.[CaseId] = c.[Id]";

    private const string ObjectHours = "SELECT 2 AS source, c.[FirstAt] AS at FROM changed c WHERE c.[Type] IN ('invoice', 'payment')";
    private const string ReplayHours = "SELECT 3 AS source, c.[EndedAt] AS at FROM changed c";

    public static IEnumerable<string> Up => [Trigger("cases", CaseColumns, CaseHours), Trigger("objects", ObjectColumns, ObjectHours), Trigger("replay_items", ReplayColumns, ReplayHours)];

    public static IEnumerable<string> Down => new[] { "cases", "objects", "replay_items" }.Select(table => $"DROP TRIGGER IF EXISTS [kpi_touch_{table}];");

    // In a batch of its own: CREATE TRIGGER must stand first. What is not an hour yet is cut to one, in UTC.
    private static string Trigger(string table, string columns, string hours) =>
        $"""
         EXEC(N'CREATE OR ALTER TRIGGER [kpi_touch_{table}] ON [{table}] AFTER INSERT, UPDATE, DELETE AS
         BEGIN
             SET NOCOUNT ON;
             WITH changed AS (
                 (SELECT {columns} FROM deleted EXCEPT SELECT {columns} FROM inserted) UNION ALL (SELECT {columns} FROM inserted EXCEPT SELECT {columns} FROM deleted)
             ), hours AS ({hours.Replace("'", "''", StringComparison.Ordinal)})
             INSERT INTO [kpi_touches] ([Source], [Hour])
             SELECT DISTINCT source, TODATETIMEOFFSET(DATEADD(hour, DATEDIFF(hour, ''2000-01-01'', CONVERT(datetime2, SWITCHOFFSET(at, 0))), CONVERT(datetime2, ''2000-01-01'')), 0) FROM hours WHERE at IS NOT NULL;
         END');
         """;
}

namespace OpsConsole.Migrations.Postgres;

/// <summary>
/// What marks an hour of a rolled-up number when a row of it changes, with the change itself and whoever makes it (docs/decisions/0019). Only what the numbers look at
/// counts as a change. Rows are only added, so that nobody waits for anybody.
/// </summary>
internal static class KpiTouchSql
{
    private const string CaseColumns = "\"Id\", \"OpenedAt\", \"EndedAt\", \"DueAt\", \"State\", \"Unit\", \"LegalEntity\", \"Region\", \"Currency\", \"MovedTo\"";
    private const string ObjectColumns = "\"Key\", \"Type\", \"FirstAt\", \"Systems\", \"Disagrees\", \"Unit\", \"LegalEntity\", \"Region\", \"Currency\"";
    private const string ReplayColumns = "\"Id\", \"CaseId\", \"State\", \"EndedAt\"";

    private const string CaseHours =
        """
        SELECT 1 AS source, v.at FROM changed c CROSS JOIN LATERAL (VALUES (c."OpenedAt"), (c."EndedAt"), (c."DueAt")) AS v(at)
        UNION ALL SELECT 3, r."EndedAt" FROM changed c JOIN replay_items r ON r."CaseId" = c."Id"
        """;

    private const string ObjectHours = """SELECT 2 AS source, c."FirstAt" AS at FROM changed c WHERE c."Type" IN ('invoice', 'payment')""";
    private const string ReplayHours = """SELECT 3 AS source, c."EndedAt" AS at FROM changed c""";

    public static IEnumerable<string> Up =>
        [.. Of("cases", CaseColumns, CaseHours), .. Of("objects", ObjectColumns, ObjectHours), .. Of("replay_items", ReplayColumns, ReplayHours)];

    public static IEnumerable<string> Down => new[] { "cases", "objects", "replay_items" }.SelectMany(table => new[] { "insert", "update", "delete" }
        .SelectMany(change => new[] { $"DROP TRIGGER IF EXISTS kpi_touch_{change} ON {table};", $"DROP FUNCTION IF EXISTS kpi_touch_{table}_{change}();" }));

    private static IEnumerable<string> Of(string table, string columns, string hours) =>
    [
        Trigger(table, "insert", "NEW TABLE AS fresh", $"SELECT {columns} FROM fresh", hours),
        Trigger(table, "update", "OLD TABLE AS gone NEW TABLE AS fresh", $"(SELECT {columns} FROM gone EXCEPT SELECT {columns} FROM fresh) UNION ALL (SELECT {columns} FROM fresh EXCEPT SELECT {columns} FROM gone)", hours),
        Trigger(table, "delete", "OLD TABLE AS gone", $"SELECT {columns} FROM gone", hours),
    ];

    private static string Trigger(string table, string change, string rows, string changed, string hours) =>
        $"""
         CREATE OR REPLACE FUNCTION kpi_touch_{table}_{change}() RETURNS trigger LANGUAGE plpgsql AS $touch$
         BEGIN
             INSERT INTO kpi_touches ("Source", "Hour")
             WITH changed AS ({changed}), hours AS ({hours})
             SELECT DISTINCT source, date_trunc('hour', at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' FROM hours WHERE at IS NOT NULL;
             RETURN NULL;
         END $touch$;
         CREATE OR REPLACE TRIGGER kpi_touch_{change} AFTER {change} ON {table} REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION kpi_touch_{table}_{change}();
         """;
}

using System.Globalization;
using OpsConsole.Traces;

namespace OpsConsole.Postgres;

/// <summary>
/// The partitions of <c>spans</c> and <c>logs</c>: <c>spans_20261121</c> for each day, <c>spans_default</c> for the rest. A new one is filled on its own and then
/// attached, which locks nobody out who writes to other days; only what stands in the rest waits.
/// </summary>
internal static class PostgresSpanDays
{
    private static readonly string[] s_tables = ["spans", "logs"];

    public static async Task<IReadOnlyList<DateOnly>> Missing(OpsDb db, SpanWindow window, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<DateOnly>(
            $"""
             SELECT wanted.day AS "Value"
             FROM (SELECT day::date FROM generate_series({window.Today}::timestamp, {window.Until}::timestamp, interval '1 day') day
                   UNION SELECT DISTINCT "Day" FROM spans_default WHERE "Day" BETWEEN {window.From} AND {window.Until}
                   UNION SELECT DISTINCT "Day" FROM logs_default WHERE "Day" BETWEEN {window.From} AND {window.Until}) wanted
             WHERE to_regclass('spans_' || to_char(wanted.day, 'YYYYMMDD')) IS NULL OR to_regclass('logs_' || to_char(wanted.day, 'YYYYMMDD')) IS NULL
             ORDER BY 1
             """).ToListAsync(cancellationToken);

    public static async Task Add(OpsDb db, DateOnly day, CancellationToken cancellationToken)
    {
        foreach (var table in s_tables)
        {
            await Add(db, table, day, cancellationToken);
        }
    }

    private static async Task Add(OpsDb db, string table, DateOnly day, CancellationToken cancellationToken)
    {
        var name = Name(table, day);

        // Whoever waits for a lock keeps those behind it waiting: better to come again.
        await Run(db, $"SET LOCAL lock_timeout = '5s'; LOCK TABLE {table}_default IN ACCESS EXCLUSIVE MODE;", cancellationToken);
        if ((await db.Database.SqlQuery<bool>($"""SELECT to_regclass({name}) IS NOT NULL AS "Value" """).ToListAsync(cancellationToken))[0])
        {
            return;
        }

        await Run(
            db,
            $"""
             CREATE TABLE {name} (LIKE {table});
             WITH moved AS (DELETE FROM {table}_default WHERE "Day" = DATE '{Text(day)}' RETURNING *) INSERT INTO {name} SELECT * FROM moved;
             ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ('{Text(day)}') TO ('{Text(day.AddDays(1))}');
             """,
            cancellationToken);
    }

    public static async Task<IReadOnlyList<DateOnly>> Old(OpsDb db, SpanWindow window, CancellationToken cancellationToken)
    {
        var days = await db.Database.SqlQuery<string>(
            $"""
             SELECT DISTINCT right(c.relname::text, 8) AS "Value" FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
             WHERE i.inhparent IN ('spans'::regclass, 'logs'::regclass) AND c.relname ~ '^(spans|logs)_[0-9]+$' AND right(c.relname::text, 8) < {Digits(window.From)} ORDER BY 1
             """).ToListAsync(cancellationToken);
        return days.ConvertAll(day => DateOnly.ParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture));
    }

    public static Task Drop(OpsDb db, DateOnly day, CancellationToken cancellationToken) =>
        Run(db, $"SET LOCAL lock_timeout = '2s'; DROP TABLE IF EXISTS {string.Join(", ", s_tables.Select(table => Name(table, day)))};", cancellationToken);

    private static string Name(string table, DateOnly day) => $"{table}_{Digits(day)}";

    private static string Digits(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Task<int> Run(OpsDb db, string sql, CancellationToken cancellationToken) => db.Database.ExecuteSqlRawAsync(sql, cancellationToken);
}

using System.Globalization;
using OpsConsole.Traces;

namespace OpsConsole.Postgres;

/// <summary>
/// The partitions of <c>spans</c>: <c>spans_20261121</c> for each day, <c>spans_default</c> for the rest. A new one is filled on its own and then
/// attached, which locks nobody out who writes to other days; only what stands in the rest waits.
/// </summary>
internal static class PostgresSpanDays
{
    public static async Task<IReadOnlyList<DateOnly>> Missing(OpsDb db, SpanWindow window, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<DateOnly>(
            $"""
             SELECT wanted.day AS "Value"
             FROM (SELECT day::date FROM generate_series({window.Today}::timestamp, {window.Until}::timestamp, interval '1 day') day
                   UNION SELECT DISTINCT "Day" FROM spans_default WHERE "Day" BETWEEN {window.From} AND {window.Until}) wanted
             WHERE to_regclass('spans_' || to_char(wanted.day, 'YYYYMMDD')) IS NULL
             ORDER BY 1
             """).ToListAsync(cancellationToken);

    public static async Task Add(OpsDb db, DateOnly day, CancellationToken cancellationToken)
    {
        var name = Name(day);

        // Whoever waits for a lock keeps those behind it waiting: better to come again.
        await Run(db, "SET LOCAL lock_timeout = '5s'; LOCK TABLE spans_default IN ACCESS EXCLUSIVE MODE;", cancellationToken);
        if ((await db.Database.SqlQuery<bool>($"""SELECT to_regclass({name}) IS NOT NULL AS "Value" """).ToListAsync(cancellationToken))[0])
        {
            return;
        }

        await Run(
            db,
            $"""
             CREATE TABLE {name} (LIKE spans);
             WITH moved AS (DELETE FROM spans_default WHERE "Day" = DATE '{Text(day)}' RETURNING *) INSERT INTO {name} SELECT * FROM moved;
             ALTER TABLE spans ATTACH PARTITION {name} FOR VALUES FROM ('{Text(day)}') TO ('{Text(day.AddDays(1))}');
             """,
            cancellationToken);
    }

    public static async Task<IReadOnlyList<DateOnly>> Old(OpsDb db, SpanWindow window, CancellationToken cancellationToken)
    {
        var names = await db.Database.SqlQuery<string>(
            $"""
             SELECT c.relname::text AS "Value" FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
             WHERE i.inhparent = 'spans'::regclass AND c.relname < {Name(window.From)} AND c.relname ~ '^spans_[0-9]+$' ORDER BY 1
             """).ToListAsync(cancellationToken);
        return names.ConvertAll(name => DateOnly.ParseExact(name["spans_".Length..], "yyyyMMdd", CultureInfo.InvariantCulture));
    }

    public static Task Drop(OpsDb db, DateOnly day, CancellationToken cancellationToken) =>
        Run(db, $"SET LOCAL lock_timeout = '2s'; DROP TABLE IF EXISTS {Name(day)};", cancellationToken);

    private static string Name(DateOnly day) => $"spans_{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Task<int> Run(OpsDb db, string sql, CancellationToken cancellationToken) => db.Database.ExecuteSqlRawAsync(sql, cancellationToken);
}

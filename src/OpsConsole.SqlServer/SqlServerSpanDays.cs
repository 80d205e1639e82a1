using System.Globalization;
using OpsConsole.Traces;

namespace OpsConsole.SqlServer;

/// <summary>
/// The partitions of <c>spans</c> and <c>logs</c> by the function and scheme <c>span_days</c> (RANGE RIGHT: each boundary begins a day; what is earlier than all
/// stands before the first). Where the server has none, the table is one piece and old spans are deleted in chunks instead.
/// </summary>
internal static class SqlServerSpanDays
{
    // Only days ahead: a split of what holds rows would move them.
    public static async Task<IReadOnlyList<DateOnly>> Missing(OpsDb db, SpanWindow window, CancellationToken cancellationToken)
    {
        if (!await IsPartitioned(db, cancellationToken))
        {
            return [];
        }

        var known = await Boundaries(db, cancellationToken);
        return [.. Enumerable.Range(0, window.Until.DayNumber - window.Today.DayNumber + 1).Select(window.Today.AddDays).Except(known)];
    }

    public static async Task Add(OpsDb db, DateOnly day, CancellationToken cancellationToken)
    {
        if (!(await Boundaries(db, cancellationToken)).Contains(day))
        {
            await Run(db, $"ALTER PARTITION SCHEME span_days NEXT USED [PRIMARY]; ALTER PARTITION FUNCTION span_days() SPLIT RANGE ('{Text(day)}');", cancellationToken);
        }
    }

    /// <summary>A piece is old when the next one begins at the window's first day or before.</summary>
    public static async Task<IReadOnlyList<DateOnly>> Old(OpsDb db, SpanWindow window, CancellationToken cancellationToken)
    {
        if (!await IsPartitioned(db, cancellationToken))
        {
            return [];
        }

        var days = await Boundaries(db, cancellationToken);
        return [.. days.Zip(days.Skip(1)).Where(piece => piece.Second <= window.From).Select(piece => piece.First)];
    }

    public static async Task Drop(OpsDb db, DateOnly day, CancellationToken cancellationToken)
    {
        var number = (await db.Database.SqlQuery<int>($"SELECT $PARTITION.span_days({day}) AS [Value]").ToListAsync(cancellationToken))[0];
        await Run(
            db,
            $"""
             SET LOCK_TIMEOUT 2000;
             TRUNCATE TABLE [spans] WITH (PARTITIONS ({number.ToString(CultureInfo.InvariantCulture)}));
             IF EXISTS (SELECT 1 FROM sys.indexes i JOIN sys.partition_schemes s ON s.data_space_id = i.data_space_id WHERE i.object_id = OBJECT_ID('logs') AND i.index_id = 1 AND s.name = 'span_days')
                 EXEC('TRUNCATE TABLE [logs] WITH (PARTITIONS ({number.ToString(CultureInfo.InvariantCulture)}))');
             ALTER PARTITION FUNCTION span_days() MERGE RANGE ('{Text(day)}');
             SET LOCK_TIMEOUT -1;
             """,
            cancellationToken);
    }

    private static async Task<bool> IsPartitioned(OpsDb db, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<int>(
            $"""
             SELECT COUNT(*) AS [Value] FROM sys.indexes i JOIN sys.partition_schemes s ON s.data_space_id = i.data_space_id
             WHERE i.object_id = OBJECT_ID('spans') AND i.index_id = 1 AND s.name = 'span_days'
             """).ToListAsync(cancellationToken))[0] == 1;

    private static async Task<IReadOnlyList<DateOnly>> Boundaries(OpsDb db, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<DateOnly>(
            $"""
             SELECT CAST(v.value AS date) AS [Value] FROM sys.partition_range_values v JOIN sys.partition_functions f ON f.function_id = v.function_id
             WHERE f.name = 'span_days' ORDER BY v.boundary_id
             """).ToListAsync(cancellationToken);

    private static string Text(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static Task<int> Run(OpsDb db, string sql, CancellationToken cancellationToken) => db.Database.ExecuteSqlRawAsync(sql, cancellationToken);
}

using System.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Storage;

namespace OpsConsole.SqlServer;

/// <summary>
/// The bulk ways of SQL Server: SqlBulkCopy straight into the table where no key is known yet; else through a temporary table, UPDATE then
/// INSERT under UPDLOCK and HOLDLOCK in the caller's transaction. No MERGE: its faults are well known.
/// </summary>
internal static class SqlServerBulk
{
    /// <summary>
    /// Rows per statement: below the 5,000 locks at which SQL Server would escalate to the whole table. Loops from the rows to their keys keep it
    /// so: a scan under HOLDLOCK would lock all that it passes.
    /// </summary>
    private const int Chunk = 4_000;

    public static async Task Copy<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        var table = BulkTable.Of<T>(db);
        await Load(db, table.Columns, $"[{table.Name}]", rows, 0, rows.Count, place: false, cancellationToken);
    }

    public static async Task<IReadOnlyList<int>> Known<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        var table = BulkTable.Of<T>(db);
        var staging = $"#known_{table.Name}";
        var match = Match(table);
        await Run(
            db,
            $"""
             IF OBJECT_ID('tempdb..{staging}') IS NOT NULL DROP TABLE {staging};
             SELECT TOP 0 {Names(table.Keys)}, CAST(0 AS int) AS [{BulkReader<T>.Place}] INTO {staging} FROM [{table.Name}];
             """,
            cancellationToken);
        await Load(db, table.Keys, staging, rows, 0, rows.Count, place: true, cancellationToken);
        var known = new List<int>();
        await using (var command = await Command(
            db, $"SELECT s.[{BulkReader<T>.Place}] FROM {staging} s WHERE EXISTS (SELECT 1 FROM [{table.Name}] t WHERE {match});", cancellationToken))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                known.Add(reader.GetInt32(0));
            }
        }

        await Run(db, $"DROP TABLE {staging};", cancellationToken);
        return known;
    }

    public static Task Upsert<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        Merge(db, rows, column => $"t.[{column.Name}] = s.[{column.Name}]", cancellationToken);

    public static Task InsertMissing<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        Merge(db, rows, null, cancellationToken);

    public static Task Add<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        Merge(db, rows, Widen, cancellationToken);

    private static string Widen(BulkColumn column) =>
        column.Type == typeof(DateTimeOffset)
            ? $"t.[{column.Name}] = CASE WHEN s.[{column.Name}] > t.[{column.Name}] THEN s.[{column.Name}] ELSE t.[{column.Name}] END"
            : $"t.[{column.Name}] = t.[{column.Name}] + s.[{column.Name}]";

    private static async Task Merge<T>(OpsDb db, IReadOnlyList<T> rows, Func<BulkColumn, string>? set, CancellationToken cancellationToken)
        where T : class
    {
        var table = BulkTable.Of<T>(db);
        var names = Names(table.Columns);
        var match = Match(table);
        var staging = $"#{table.Name}";

        // The staging table takes its column types, collations included, from the table itself.
        await Run(db, $"IF OBJECT_ID('tempdb..{staging}') IS NOT NULL DROP TABLE {staging}; SELECT TOP 0 {names} INTO {staging} FROM [{table.Name}];", cancellationToken);
        for (var from = 0; from < rows.Count; from += Chunk)
        {
            await Load(db, table.Columns, staging, rows, from, Math.Min(Chunk, rows.Count - from), place: false, cancellationToken);
            if (set is not null && table.Values.Any())
            {
                await Run(
                    db,
                    $"UPDATE t SET {string.Join(", ", table.Values.Select(set))} FROM {staging} s JOIN [{table.Name}] t WITH (UPDLOCK, HOLDLOCK) ON {match} OPTION (LOOP JOIN, FORCE ORDER);",
                    cancellationToken);
            }

            await Run(
                db,
                $"""
                 INSERT INTO [{table.Name}] ({names})
                 SELECT {names} FROM {staging} s
                 WHERE NOT EXISTS (SELECT 1 FROM [{table.Name}] t WITH (UPDLOCK, HOLDLOCK) WHERE {match})
                 OPTION (LOOP JOIN);
                 TRUNCATE TABLE {staging};
                 """,
                cancellationToken);
        }

        await Run(db, $"DROP TABLE {staging};", cancellationToken);
    }

    private static async Task Load<T>(
        OpsDb db, IReadOnlyList<BulkColumn<T>> columns, string destination, IReadOnlyList<T> rows, int from, int count, bool place, CancellationToken cancellationToken)
        where T : class
    {
        var connection = await Connection(db, cancellationToken);
        await using var data = new BulkReader<T>(columns, rows, from, count);
        using var copy = new SqlBulkCopy(
            connection, SqlBulkCopyOptions.CheckConstraints | SqlBulkCopyOptions.KeepNulls | SqlBulkCopyOptions.FireTriggers, (SqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction())
        {
            DestinationTableName = destination,
            EnableStreaming = true,
            BatchSize = Chunk,
        };
        foreach (var column in columns)
        {
            copy.ColumnMappings.Add(column.Name, column.Name);
        }

        if (place)
        {
            copy.ColumnMappings.Add(BulkReader<T>.Place, BulkReader<T>.Place);
        }

        await copy.WriteToServerAsync(data, cancellationToken);
    }

    private static async Task Run(OpsDb db, string sql, CancellationToken cancellationToken)
    {
        await using var command = await Command(db, sql, cancellationToken);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<SqlCommand> Command(OpsDb db, string sql, CancellationToken cancellationToken)
    {
        var connection = await Connection(db, cancellationToken);
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only names of the model's own tables and columns stand in it.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = (SqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }

    /// <summary>The context's own connection, open: the whole write is one transaction.</summary>
    private static async Task<SqlConnection> Connection(OpsDb db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        return (SqlConnection)db.Database.GetDbConnection();
    }

    private static string Match<T>(BulkTable<T> table)
        where T : class =>
        string.Join(" AND ", table.Keys.Select(key => $"t.[{key.Name}] = s.[{key.Name}]"));

    private static string Names(IEnumerable<BulkColumn> columns) => string.Join(", ", columns.Select(column => $"[{column.Name}]"));
}

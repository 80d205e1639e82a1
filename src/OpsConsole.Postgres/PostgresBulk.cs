using Npgsql;
using NpgsqlTypes;

namespace OpsConsole.Postgres;

/// <summary>The bulk ways of PostgreSQL: binary COPY where no key is known yet, arrays through unnest with ON CONFLICT where one may be.</summary>
internal static class PostgresBulk
{
    /// <summary>Rows per statement: enough that the round trip does not matter, few enough that arrays stay small.</summary>
    private const int Chunk = 5_000;

    public static async Task Copy<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        var table = BulkTable.Of<T>(db);
        var types = table.Columns.Select(column => TypeOf(column.StoreType)).ToArray();
        var connection = await Connection(db, cancellationToken);
        await using var importer = await connection.BeginBinaryImportAsync(
            $"COPY {table.Name} ({Names(table.Columns)}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var row in rows)
        {
            await importer.StartRowAsync(cancellationToken);
            for (var i = 0; i < types.Length; i++)
            {
                if (table.Columns[i].Read(row) is { } value)
                {
                    await importer.WriteAsync(value, types[i], cancellationToken);
                }
                else
                {
                    await importer.WriteNullAsync(cancellationToken);
                }
            }
        }

        await importer.CompleteAsync(cancellationToken);
    }

    public static Task Upsert<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        Unnest(db, rows, table => $"DO UPDATE SET {string.Join(", ", table.Values.Select(column => $"\"{column.Name}\" = EXCLUDED.\"{column.Name}\""))}", cancellationToken);

    public static Task InsertMissing<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        Unnest(db, rows, _ => "DO NOTHING", cancellationToken);

    public static Task Add<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        Unnest(db, rows, table => $"DO UPDATE SET {string.Join(", ", table.Values.Select(column => Widen(table, column)))}", cancellationToken);

    private static string Widen(BulkTable table, BulkColumn column) =>
        column.Type == typeof(DateTimeOffset)
            ? $"\"{column.Name}\" = GREATEST({table.Name}.\"{column.Name}\", EXCLUDED.\"{column.Name}\")"
            : $"\"{column.Name}\" = {table.Name}.\"{column.Name}\" + EXCLUDED.\"{column.Name}\"";

    private static async Task Unnest<T>(OpsDb db, IReadOnlyList<T> rows, Func<BulkTable, string> onConflict, CancellationToken cancellationToken)
        where T : class
    {
        var table = BulkTable.Of<T>(db);
        var connection = await Connection(db, cancellationToken);
        var arrays = table.Columns.Select((column, i) => $"@p{i}::{column.StoreType}[]");
        var sql = $"""
            INSERT INTO {table.Name} ({Names(table.Columns)})
            SELECT * FROM unnest({string.Join(", ", arrays)})
            ON CONFLICT ({Names(table.Keys)}) {onConflict(table)}
            """;
        for (var from = 0; from < rows.Count; from += Chunk)
        {
            var count = Math.Min(Chunk, rows.Count - from);
            await using var command = new NpgsqlCommand(sql, connection);
            for (var i = 0; i < table.Columns.Count; i++)
            {
                command.Parameters.Add(new NpgsqlParameter($"p{i}", NpgsqlDbType.Array | TypeOf(table.Columns[i].StoreType))
                {
                    Value = Values(table.Columns[i], rows, from, count),
                });
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static Array Values<T>(BulkColumn column, IReadOnlyList<T> rows, int from, int count)
        where T : class
    {
        var element = column.Type.IsValueType ? typeof(Nullable<>).MakeGenericType(column.Type) : column.Type;
        var values = Array.CreateInstance(element, count);
        for (var i = 0; i < count; i++)
        {
            values.SetValue(column.Read(rows[from + i]), i);
        }

        return values;
    }

    /// <summary>The context's own connection, open: COPY and the rest of a write are one transaction.</summary>
    public static async Task<NpgsqlConnection> Connection(OpsDb db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        return (NpgsqlConnection)db.Database.GetDbConnection();
    }

    private static string Names(IEnumerable<BulkColumn> columns) => string.Join(", ", columns.Select(column => $"\"{column.Name}\""));

    private static NpgsqlDbType TypeOf(string storeType) => storeType switch
    {
        "uuid" => NpgsqlDbType.Uuid,
        "bytea" => NpgsqlDbType.Bytea,
        "text" => NpgsqlDbType.Text,
        "character varying" => NpgsqlDbType.Varchar,
        "timestamp with time zone" => NpgsqlDbType.TimestampTz,
        "date" => NpgsqlDbType.Date,
        "bigint" => NpgsqlDbType.Bigint,
        "integer" => NpgsqlDbType.Integer,
        "smallint" => NpgsqlDbType.Smallint,
        "boolean" => NpgsqlDbType.Boolean,
        "numeric" => NpgsqlDbType.Numeric,
        "double precision" => NpgsqlDbType.Double,
        _ => throw new NotSupportedException($"Bulk writes do not know the type {storeType} yet."),
    };
}

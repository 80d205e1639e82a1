using System.Runtime.CompilerServices;
using Npgsql;

namespace OpsConsole.Postgres;

/// <summary>The bulk ways of PostgreSQL: binary COPY where no key is known yet, arrays through unnest with ON CONFLICT where one may be.</summary>
internal static class PostgresBulk
{
    /// <summary>Rows per statement: enough that the round trip does not matter, few enough that arrays stay small.</summary>
    private const int Chunk = 5_000;

    /// <summary>Bytes after which rows go out, so that the database works while the next are written.</summary>
    private const int Portion = 128 << 10;

    public static async Task Copy<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        var plan = Plan<T>.Of(db);
        var connection = await Connection(db, cancellationToken);
        using var buffer = new CopyBuffer();
        await using var copy = await connection.BeginRawBinaryCopyAsync(plan.CopySql, cancellationToken);
        try
        {
            buffer.Begin();
            foreach (var row in rows)
            {
                plan.Write(buffer, row);
                if (buffer.Length >= Portion)
                {
                    await copy.WriteAsync(buffer.Written, cancellationToken);
                    buffer.Clear();
                }
            }

            buffer.End();
            await copy.WriteAsync(buffer.Written, cancellationToken);
        }
        catch
        {
            // Left alone, what was written so far would be taken in.
            await copy.CancelAsync();
            throw;
        }
    }

    public static async Task<IReadOnlyList<int>> Known<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        var plan = Plan<T>.Of(db);
        var known = new List<int>();
        await using var command = new NpgsqlCommand(plan.KnownSql, await Connection(db, cancellationToken));
        foreach (var array in plan.KeyArrays)
        {
            command.Parameters.Add(array(rows, 0, rows.Count));
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            known.Add((int)reader.GetInt64(0) - 1);
        }

        return known;
    }

    /// <summary>The way of whoever is limited to some rows: COPY goes past what withholds rows, so the database refuses it to them.</summary>
    public static Task Insert<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        Unnest(db, rows, Plan<T>.Of(db).InsertSql, cancellationToken);

    public static Task Upsert<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        Unnest(db, rows, Plan<T>.Of(db).UpsertSql, cancellationToken);

    public static Task InsertMissing<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        Unnest(db, rows, Plan<T>.Of(db).MissingSql, cancellationToken);

    public static Task Add<T>(OpsDb db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class =>
        Unnest(db, rows, Plan<T>.Of(db).AddSql, cancellationToken);

    private static async Task Unnest<T>(OpsDb db, IReadOnlyList<T> rows, string sql, CancellationToken cancellationToken)
        where T : class
    {
        var plan = Plan<T>.Of(db);
        var connection = await Connection(db, cancellationToken);
        for (var from = 0; from < rows.Count; from += Chunk)
        {
            var count = Math.Min(Chunk, rows.Count - from);
            await using var command = new NpgsqlCommand(sql, connection);
            foreach (var array in plan.Arrays)
            {
                command.Parameters.Add(array(rows, from, count));
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>The context's own connection, open: COPY and the rest of a write are one transaction.</summary>
    public static async Task<NpgsqlConnection> Connection(OpsDb db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        return (NpgsqlConnection)db.Database.GetDbConnection();
    }

    /// <summary>The statements of one table and how its rows are written, made once.</summary>
    private sealed class Plan<T>
        where T : class
    {
        private static readonly ConditionalWeakTable<BulkTable<T>, Plan<T>> s_plans = [];
        private readonly Action<CopyBuffer, T>[] _fields;

        private Plan(BulkTable<T> table)
        {
            _fields = [.. table.Columns.Select(column => column.Accept(new CopyFields<T>()))];
            Arrays = [.. table.Columns.Select(column => column.Accept(new ArrayFields<T>()))];
            KeyArrays = [.. table.Keys.Select(column => column.Accept(new ArrayFields<T>()))];
            KnownSql =
                $"""
                 SELECT k.n FROM unnest({Arguments(table.Keys)}) WITH ORDINALITY AS k({Names(table.Keys)}, n)
                 CROSS JOIN LATERAL (SELECT 1 FROM {table.Name} t WHERE {string.Join(" AND ", table.Keys.Select(key => $"t.\"{key.Name}\" = k.\"{key.Name}\""))} LIMIT 1) known
                 """;
            CopySql = $"COPY {table.Name} ({Names(table.Columns)}) FROM STDIN (FORMAT BINARY)";
            InsertSql = Insert(table);
            MissingSql = Insert(table, "DO NOTHING");
            UpsertSql = Insert(table, Replace(table));
            AddSql = Insert(table, $"DO UPDATE SET {string.Join(", ", table.Values.Select(column => Widen(table.Name, column)))}");
        }

        public string CopySql { get; }

        /// <summary>By the key's index, row for row: the limit keeps the planner from reading the whole table into a hash when there are many.</summary>
        public string KnownSql { get; }

        public string InsertSql { get; }

        public string MissingSql { get; }

        public string UpsertSql { get; }

        public string AddSql { get; }

        public IReadOnlyList<Func<IReadOnlyList<T>, int, int, NpgsqlParameter>> Arrays { get; }

        public IReadOnlyList<Func<IReadOnlyList<T>, int, int, NpgsqlParameter>> KeyArrays { get; }

        public static Plan<T> Of(OpsDb db) => s_plans.GetValue(BulkTable.Of<T>(db), static table => new Plan<T>(table));

        public void Write(CopyBuffer buffer, T row)
        {
            buffer.Row(_fields.Length);
            foreach (var field in _fields)
            {
                field(buffer, row);
            }
        }

        private static string Insert(BulkTable<T> table) => $"INSERT INTO {table.Name} ({Names(table.Columns)}) SELECT * FROM unnest({Arguments(table.Columns)})";

        private static string Insert(BulkTable<T> table, string onConflict) => $"{Insert(table)} ON CONFLICT ({Names(table.Keys)}) {onConflict}";

        /// <summary>What is the same already is left alone: a row that is written again costs its place in every index.</summary>
        private static string Replace(BulkTable<T> table)
        {
            var (old, given) = (Names(table.Values, table.Name), Names(table.Values, "EXCLUDED"));
            return table.Values.Count == 0 ? "DO NOTHING" : $"DO UPDATE SET ({Names(table.Values)}) = ROW({given}) WHERE ROW({old}) IS DISTINCT FROM ROW({given})";
        }

        private static string Widen(string table, BulkColumn column) =>
            column.Type == typeof(DateTimeOffset)
                ? $"\"{column.Name}\" = GREATEST({table}.\"{column.Name}\", EXCLUDED.\"{column.Name}\")"
                : $"\"{column.Name}\" = {table}.\"{column.Name}\" + EXCLUDED.\"{column.Name}\"";

        private static string Arguments(IEnumerable<BulkColumn> columns) => string.Join(", ", columns.Select((column, i) => $"${i + 1}::{column.StoreType}[]"));

        private static string Names(IEnumerable<BulkColumn> columns) => string.Join(", ", columns.Select(column => $"\"{column.Name}\""));

        private static string Names(IEnumerable<BulkColumn> columns, string from) => string.Join(", ", columns.Select(column => $"{from}.\"{column.Name}\""));
    }
}

using System.Buffers.Binary;
using System.Diagnostics;
using Npgsql;

namespace OpsConsole.Bench.Measures;

/// <summary>
/// The physical limit: rows that the console stored are read back as COPY's own bytes and written by binary COPY, a commit each
/// <see cref="BatchRows"/>, into a twin of the console's table with the same columns, indexes, partitions and as many rows. The client does
/// nothing but hand bytes on.
/// </summary>
internal sealed class RawCopy(NpgsqlDataSource database, string table)
{
    public const int BatchRows = 5_000;

    private static readonly byte[] s_head = [.. "PGCOPY\n"u8, 0xff, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] s_end = [0xff, 0xff];

    private string Twin => $"raw_{table}";

    /// <summary>The rows that a condition finds, as COPY batches.</summary>
    public async Task<IReadOnlyList<byte[]>> Read(string where)
    {
        await using var connection = await database.OpenConnectionAsync();
        var columns = await Columns(connection);
        await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY (SELECT {columns} FROM {table} WHERE {where}) TO STDOUT (FORMAT BINARY)");
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return Split(all.GetBuffer().AsSpan(0, (int)all.Length));
    }

    /// <summary>Gives the twin what the table holds so far: an index of many rows costs more than one of few.</summary>
    public async Task Begin()
    {
        await using var connection = await database.OpenConnectionAsync();
        await MakeTwin(connection);
        var columns = await Columns(connection);
        await Run(connection, $"INSERT INTO {Twin} ({columns}) SELECT {columns} FROM {table}");
    }

    /// <summary>Writes the batches one after the other.</summary>
    /// <returns>Seconds.</returns>
    public async Task<double> Write(IReadOnlyList<byte[]> batches)
    {
        await using var connection = await database.OpenConnectionAsync();
        var columns = await Columns(connection);
        var watch = Stopwatch.StartNew();
        foreach (var batch in batches)
        {
            await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY {Twin} ({columns}) FROM STDIN (FORMAT BINARY)");
            await stream.WriteAsync(batch);
        }

        return watch.Elapsed.TotalSeconds;
    }

    private async Task<string> Columns(NpgsqlConnection connection) => await Text(
        connection,
        $"SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = ''");

    private async Task MakeTwin(NpgsqlConnection connection)
    {
        var partitioned = await Text(connection, $"SELECT coalesce((SELECT ' PARTITION BY ' || pg_get_partkeydef(partrelid) FROM pg_partitioned_table WHERE partrelid = '{table}'::regclass), '')");
        await Run(connection, $"CREATE TABLE {Twin} (LIKE {table} INCLUDING ALL){partitioned}");
        if (partitioned.Length > 0)
        {
            await Run(connection, await Text(connection, $"""
                SELECT coalesce(string_agg(format('CREATE TABLE %I PARTITION OF {Twin} %s;', 'raw_' || c.relname, pg_get_expr(c.relpartbound, c.oid)), ' '), '')
                FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = '{table}'::regclass
                """));
        }
    }

    /// <summary>Binary COPY is a head, tuples (a field count, then each field with its length), and an end.</summary>
    private static List<byte[]> Split(ReadOnlySpan<byte> all)
    {
        var batches = new List<byte[]>();
        var (at, from, rows) = (s_head.Length, s_head.Length, 0);
        while (BinaryPrimitives.ReadInt16BigEndian(all[at..]) is var fields and not -1)
        {
            at += sizeof(short);
            for (var field = 0; field < fields; field++)
            {
                at += sizeof(int) + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(all[at..]));
            }

            if (++rows == BatchRows)
            {
                batches.Add([.. s_head, .. all[from..at], .. s_end]);
                (from, rows) = (at, 0);
            }
        }

        if (rows > 0)
        {
            batches.Add([.. s_head, .. all[from..at], .. s_end]);
        }

        return batches;
    }

    private static async Task<string> Text(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

using Npgsql;
using NpgsqlTypes;

namespace OpsConsole.Postgres;

/// <summary>Compiles for each column how its values go into the binary COPY format.</summary>
internal sealed class CopyFields<TRow> : IBulkVisitor<TRow, Action<CopyBuffer, TRow>>
{
    public Action<CopyBuffer, TRow> Visit<TValue>(BulkColumn<TRow, TValue> column)
    {
        var (read, absent, write) = (column.Read, column.Absent, Writer<TValue>(column));
        return absent is null
            ? (buffer, row) => write(buffer, read(row))
            : (buffer, row) =>
            {
                if (absent(row))
                {
                    buffer.Null();
                }
                else
                {
                    write(buffer, read(row));
                }
            };
    }

    private static Action<CopyBuffer, TValue> Writer<TValue>(BulkColumn column)
    {
        Delegate writer = (column.StoreType, default(TValue)) switch
        {
            ("uuid", Guid) => (Action<CopyBuffer, Guid>)((buffer, value) => buffer.Write(value)),
            ("bytea" or "text" or "character varying", ReadOnlyMemory<byte>) => (Action<CopyBuffer, ReadOnlyMemory<byte>>)((buffer, value) => buffer.Write(value.Span)),
            ("bytea", UInt128) => (Action<CopyBuffer, UInt128>)((buffer, value) => buffer.Write(value)),
            ("bytea", ulong) => (Action<CopyBuffer, ulong>)((buffer, value) => buffer.Write(value)),
            ("timestamp with time zone", DateTimeOffset) => (Action<CopyBuffer, DateTimeOffset>)((buffer, value) => buffer.Write(value)),
            ("date", DateOnly) => (Action<CopyBuffer, DateOnly>)((buffer, value) => buffer.Write(value)),
            ("bigint", long) => (Action<CopyBuffer, long>)((buffer, value) => buffer.Write(value)),
            ("integer", int) => (Action<CopyBuffer, int>)((buffer, value) => buffer.Write(value)),
            ("smallint", short) => (Action<CopyBuffer, short>)((buffer, value) => buffer.Write(value)),
            ("boolean", bool) => (Action<CopyBuffer, bool>)((buffer, value) => buffer.Write(value)),
            ("numeric", decimal) => (Action<CopyBuffer, decimal>)((buffer, value) => buffer.Write(value)),
            ("double precision", double) => (Action<CopyBuffer, double>)((buffer, value) => buffer.Write(value)),
            ("bytea", _) when typeof(TValue) == typeof(byte[]) => (Action<CopyBuffer, byte[]>)((buffer, value) => buffer.Write(value.AsSpan())),
            ("text" or "character varying", _) when typeof(TValue) == typeof(string) => (Action<CopyBuffer, string>)((buffer, value) => buffer.Write(value)),
            _ => throw new NotSupportedException($"Bulk writes do not know how {typeof(TValue)} is written as {column.StoreType} yet."),
        };
        return (Action<CopyBuffer, TValue>)writer;
    }
}

/// <summary>Compiles for each column how the values of some rows become one array parameter.</summary>
internal sealed class ArrayFields<TRow> : IBulkVisitor<TRow, Func<IReadOnlyList<TRow>, int, int, NpgsqlParameter>>
{
    public Func<IReadOnlyList<TRow>, int, int, NpgsqlParameter> Visit<TValue>(BulkColumn<TRow, TValue> column)
    {
        if (column.Absent is not null && typeof(TValue).IsValueType)
        {
            return ((INullable)Activator.CreateInstance(typeof(Nullables<>).MakeGenericType(typeof(TRow), typeof(TValue)))!).Of(column);
        }

        return column.Read switch
        {
            Func<TRow, UInt128> id => Of(column, row => CopyBuffer.Bytes(id(row))),
            Func<TRow, ulong> id => Of(column, row => CopyBuffer.Bytes(id(row))),
            var read => Of(column, read),
        };
    }

    private static Func<IReadOnlyList<TRow>, int, int, NpgsqlParameter> Of<TValue>(BulkColumn<TRow> column, Func<TRow, TValue> read)
    {
        var (absent, type) = (column.Absent, Types.Of(column));
        return (rows, from, count) =>
        {
            var values = new TValue[count];
            for (var i = 0; i < count; i++)
            {
                var row = rows[from + i];
                if (absent is null || !absent(row))
                {
                    values[i] = read(row);
                }
            }

            return new NpgsqlParameter<TValue[]> { TypedValue = values, NpgsqlDbType = type };
        };
    }

    private interface INullable
    {
        Func<IReadOnlyList<TRow>, int, int, NpgsqlParameter> Of(BulkColumn<TRow> column);
    }

    private sealed class Nullables<TValue> : INullable
        where TValue : struct
    {
        public Func<IReadOnlyList<TRow>, int, int, NpgsqlParameter> Of(BulkColumn<TRow> column)
        {
            var typed = (BulkColumn<TRow, TValue>)column;
            var (read, absent, type) = (typed.Read, column.Absent!, Types.Of(column));
            return (rows, from, count) =>
            {
                var values = new TValue?[count];
                for (var i = 0; i < count; i++)
                {
                    var row = rows[from + i];
                    values[i] = absent(row) ? null : read(row);
                }

                return new NpgsqlParameter<TValue?[]> { TypedValue = values, NpgsqlDbType = type };
            };
        }
    }

    private static class Types
    {
        public static NpgsqlDbType Of(BulkColumn column) => NpgsqlDbType.Array | column.StoreType switch
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
            _ => throw new NotSupportedException($"Bulk writes do not know the type {column.StoreType} yet."),
        };
    }
}

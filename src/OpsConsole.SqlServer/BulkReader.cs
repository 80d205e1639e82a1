using System.Buffers.Binary;
using System.Collections;
using System.Data.Common;
using System.Text;

namespace OpsConsole.SqlServer;

/// <summary>Rows as SqlBulkCopy reads them: one after the other, straight from the objects, with nothing held in between.</summary>
internal sealed class BulkReader<TRow>(IReadOnlyList<BulkColumn<TRow>> columns, IReadOnlyList<TRow> rows, int from, int count) : DbDataReader
    where TRow : class
{
    /// <summary>The column behind the others that gives a row's place in the list.</summary>
    public const string Place = "Place";

    private readonly BulkField<TRow>[] _fields = [.. columns.Select(column => column.Accept(BulkFields<TRow>.Instance))];
    private int _at = from - 1;

    public override int FieldCount => _fields.Length + 1;

    public override int Depth => 0;

    public override bool HasRows => count > 0;

    public override bool IsClosed => false;

    public override int RecordsAffected => -1;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read() => ++_at < from + count;

    public override bool NextResult() => false;

    public override bool IsDBNull(int ordinal) => ordinal < _fields.Length && _fields[ordinal].Absent?.Invoke(rows[_at]) is true;

    public override object GetValue(int ordinal) =>
        ordinal == _fields.Length ? _at : IsDBNull(ordinal) ? DBNull.Value : _fields[ordinal].Read(rows[_at]);

    public override int GetValues(object[] values)
    {
        var taken = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < taken; i++)
        {
            values[i] = GetValue(i);
        }

        return taken;
    }

    public override string GetName(int ordinal) => ordinal == _fields.Length ? Place : columns[ordinal].Name;

    public override int GetOrdinal(string name)
    {
        for (var i = 0; i < FieldCount; i++)
        {
            if (GetName(i) == name)
            {
                return i;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such column.");
    }

    public override Type GetFieldType(int ordinal) => ordinal == _fields.Length ? typeof(int) : _fields[ordinal].Type;

    public override string GetDataTypeName(int ordinal) => ordinal == _fields.Length ? "int" : columns[ordinal].StoreType;

    public override bool GetBoolean(int ordinal) => (bool)GetValue(ordinal);

    public override byte GetByte(int ordinal) => (byte)GetValue(ordinal);

    public override char GetChar(int ordinal) => (char)GetValue(ordinal);

    public override DateTime GetDateTime(int ordinal) => (DateTime)GetValue(ordinal);

    public override decimal GetDecimal(int ordinal) => (decimal)GetValue(ordinal);

    public override double GetDouble(int ordinal) => (double)GetValue(ordinal);

    public override float GetFloat(int ordinal) => (float)GetValue(ordinal);

    public override Guid GetGuid(int ordinal) => (Guid)GetValue(ordinal);

    public override short GetInt16(int ordinal) => (short)GetValue(ordinal);

    public override int GetInt32(int ordinal) => (int)GetValue(ordinal);

    public override long GetInt64(int ordinal) => (long)GetValue(ordinal);

    public override string GetString(int ordinal) => (string)GetValue(ordinal);

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        Part((byte[])GetValue(ordinal), dataOffset, buffer, bufferOffset, length);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        Part(GetString(ordinal).ToCharArray(), dataOffset, buffer, bufferOffset, length);

    private static long Part<T>(T[] whole, long offset, T[]? buffer, int bufferOffset, int length)
    {
        if (buffer is null)
        {
            return whole.Length;
        }

        var taken = Math.Max(0, (int)Math.Min(length, whole.Length - offset));
        Array.Copy(whole, offset, buffer, bufferOffset, taken);
        return taken;
    }
}

/// <summary>How SqlBulkCopy gets the values of one column.</summary>
internal sealed record BulkField<TRow>(Type Type, Func<TRow, bool>? Absent, Func<TRow, object> Read);

/// <summary>Finds for each column what the driver wants: days as dates of midnight, texts that came as UTF-8 as strings, bytes as arrays.</summary>
internal sealed class BulkFields<TRow> : IBulkVisitor<TRow, BulkField<TRow>>
{
    public static readonly BulkFields<TRow> Instance = new();

    public BulkField<TRow> Visit<TValue>(BulkColumn<TRow, TValue> column) => column.Read switch
    {
        Func<TRow, DateOnly> day => new(typeof(DateTime), column.Absent, row => day(row).ToDateTime(TimeOnly.MinValue)),
        Func<TRow, ReadOnlyMemory<byte>> text when column.StoreType.Contains("char", StringComparison.Ordinal) =>
            new(typeof(string), column.Absent, row => Encoding.UTF8.GetString(text(row).Span)),
        Func<TRow, ReadOnlyMemory<byte>> bytes => new(typeof(byte[]), column.Absent, row => bytes(row).ToArray()),
        Func<TRow, UInt128> id => new(typeof(byte[]), column.Absent, row => Bytes(id(row))),
        Func<TRow, ulong> id => new(typeof(byte[]), column.Absent, row => Bytes(id(row))[8..]),
        var read => new(typeof(TValue), column.Absent, row => read(row)!),
    };

    private static byte[] Bytes(UInt128 id)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id);
        return bytes;
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client;

namespace OpsConsole.Replay.Targets;

/// <summary>A header's value of AMQP as JSON and back, each with its type, so that what goes out is what came in: <c>{"long": 7}</c>, <c>{"text": "a"}</c>.</summary>
internal static class AmqpValue
{
    public static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        byte[] bytes => Text(bytes) is { } text ? Tagged("text", text) : Tagged("bytes", Convert.ToBase64String(bytes)),
        string text => Tagged("text", text),
        bool yes => Tagged("bool", yes),
        byte number => Tagged("u8", (int)number),
        sbyte number => Tagged("i8", (int)number),
        short number => Tagged("i16", (int)number),
        ushort number => Tagged("u16", (int)number),
        int number => Tagged("int", number),
        uint number => Tagged("u32", (long)number),
        long number => Tagged("long", number),
        ulong number => Tagged("u64", number.ToString(CultureInfo.InvariantCulture)),
        float number => Tagged("float", BitConverter.SingleToInt32Bits(number)),
        double number => Tagged("double", BitConverter.DoubleToInt64Bits(number)),
        decimal number => Tagged("decimal", number.ToString(CultureInfo.InvariantCulture)),
        AmqpTimestamp at => Tagged("time", at.UnixTime),
        BinaryTableValue binary => Tagged("binary", Convert.ToBase64String(binary.Bytes ?? [])),
        IDictionary<string, object?> table => new JsonObject { ["table"] = ToJson(table) },
        System.Collections.IList list => new JsonObject { ["list"] = new JsonArray([.. list.Cast<object?>().Select(ToJson)]) },
        _ => throw new NotSupportedException($"A header holds a {value.GetType().Name}, which AMQP does not know."),
    };

    public static JsonObject ToJson(IEnumerable<KeyValuePair<string, object?>> table) => new(table.Select(field => KeyValuePair.Create(field.Key, ToJson(field.Value))));

    public static Dictionary<string, object?> Table(JsonObject json) => json.ToDictionary(field => field.Key, field => Value(field.Value), StringComparer.Ordinal);

    public static object? Value(JsonNode? json)
    {
        if (json is not JsonObject { Count: 1 } tagged)
        {
            return null;
        }

        var (type, value) = tagged.First();
        return type switch
        {
            "text" => Encoding.UTF8.GetBytes(value!.GetValue<string>()),
            "bytes" => Convert.FromBase64String(value!.GetValue<string>()),
            "bool" => value!.GetValue<bool>(),
            "u8" => (byte)value!.GetValue<int>(),
            "i8" => (sbyte)value!.GetValue<int>(),
            "i16" => (short)value!.GetValue<int>(),
            "u16" => (ushort)value!.GetValue<int>(),
            "int" => value!.GetValue<int>(),
            "u32" => (uint)value!.GetValue<long>(),
            "long" => value!.GetValue<long>(),
            "u64" => ulong.Parse(value!.GetValue<string>(), CultureInfo.InvariantCulture),
            "float" => BitConverter.Int32BitsToSingle(value!.GetValue<int>()),
            "double" => BitConverter.Int64BitsToDouble(value!.GetValue<long>()),
            "decimal" => decimal.Parse(value!.GetValue<string>(), CultureInfo.InvariantCulture),
            "time" => new AmqpTimestamp(value!.GetValue<long>()),
            "binary" => new BinaryTableValue(Convert.FromBase64String(value!.GetValue<string>())),
            "table" => Table(value!.AsObject()),
            "list" => value!.AsArray().Select(Value).ToList(),
            _ => null,
        };
    }

    /// <summary>A header's value as people and codes read it; nothing for what is no text.</summary>
    public static string? Read(object? value) => value switch
    {
        byte[] bytes => Text(bytes),
        string text => text,
        null or System.Collections.IEnumerable => null,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    // NUL is good UTF-8 but no text that a database keeps.
    private static string? Text(byte[] bytes) => System.Text.Unicode.Utf8.IsValid(bytes) && !bytes.Contains((byte)0) ? Encoding.UTF8.GetString(bytes) : null;

    private static JsonObject Tagged(string type, JsonNode value) => new() { [type] = value };
}

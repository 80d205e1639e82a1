using System.Globalization;
using System.Text;
using OpsConsole.Intake.Otlp.Wire;
using OpsConsole.Storage;

namespace OpsConsole.Intake.Otlp;

/// <summary>The business objects that attributes name: <c>biz.invoice.id = INV-1001</c>, and whatever the mapping table adds.</summary>
internal sealed class BusinessKeys(IReadOnlyDictionary<string, string> mappings)
{
    private const string Prefix = "biz.";
    private const string Suffix = ".id";
    private const string UnitAttribute = "biz.business_unit";

    private readonly byte[][] _mapped = [.. mappings.Keys.Select(Encoding.UTF8.GetBytes)];

    public IEnumerable<(string Type, string Id)> Named(IEnumerable<KeyValue> attributes) =>
        from attribute in attributes
        let type = TypeOf(attribute.Key)
        where type is not null
        let id = Text(attribute.Value)
        where IsId(id)
        select (type, id);

    public static string? Unit(IEnumerable<KeyValue> attributes) =>
        attributes.Where(attribute => attribute.Key is UnitAttribute).Select(attribute => Text(attribute.Value)).FirstOrDefault(IsUnit);

    /// <summary>Off the wire: might the attribute say anything of the business? Few do.</summary>
    public bool MayName(ReadOnlySpan<byte> attribute)
    {
        if (attribute.StartsWith("biz."u8))
        {
            return true;
        }

        foreach (var mapped in _mapped)
        {
            if (attribute.SequenceEqual(mapped))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What such an attribute names, or nothing.</summary>
    public (string Type, string Id)? Named(string attribute, string text) => TypeOf(attribute) is { } type && IsId(text) ? (type, text) : null;

    /// <summary>The unit that such an attribute tells, or nothing.</summary>
    public static string? Unit(string attribute, string text) => attribute is UnitAttribute && IsUnit(text) ? text : null;

    private string? TypeOf(string attribute)
    {
        if (mappings.TryGetValue(attribute, out var mapped))
        {
            return mapped;
        }

        if (!attribute.StartsWith(Prefix, StringComparison.Ordinal) || !attribute.EndsWith(Suffix, StringComparison.Ordinal) || attribute.Length <= Prefix.Length + Suffix.Length)
        {
            return null;
        }

        var type = attribute[Prefix.Length..^Suffix.Length];
        return EntityTypes.IsValid(type) ? type : null;
    }

    private static bool IsId(string id) => id.Length > 0 && Encoding.UTF8.GetByteCount(id) <= Columns.Identity && !id.Contains('\0', StringComparison.Ordinal);

    private static bool IsUnit(string unit) => unit is { Length: > 0 and <= Columns.Identity };

    private static string Text(AnyValue? value) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
        _ => "",
    };
}

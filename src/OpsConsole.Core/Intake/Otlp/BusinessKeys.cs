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

    public IEnumerable<(string Type, string Id)> Named(IEnumerable<KeyValue> attributes) =>
        from attribute in attributes
        let type = TypeOf(attribute.Key)
        where type is not null
        let id = Text(attribute.Value)
        where id.Length > 0 && Encoding.UTF8.GetByteCount(id) <= Columns.Identity && !id.Contains('\0', StringComparison.Ordinal)
        select (type, id);

    public static string? Unit(IEnumerable<KeyValue> attributes) =>
        attributes.Where(attribute => attribute.Key is UnitAttribute).Select(attribute => Text(attribute.Value)).FirstOrDefault(unit => unit is { Length: > 0 and <= Columns.Identity });

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

    private static string Text(AnyValue? value) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
        _ => "",
    };
}

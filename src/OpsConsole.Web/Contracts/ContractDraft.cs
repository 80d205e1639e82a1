using System.Text.Encodings.Web;
using System.Text.Json;
using OpsConsole.Contracts;

namespace OpsConsole.Web.Contracts;

/// <summary>A contract while it is being written.</summary>
public sealed class ContractDraft
{
    private static readonly JsonSerializerOptions s_lines = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Begin = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "required": ["tranId", "taxProfile"],
          "properties": {
            "tranId": { "type": "string", "title": "Number", "x-oc-changeable": false, "x-oc-why": "It is the key." },
            "taxProfile": { "type": "string", "title": "Tax profile", "x-oc-changeable": true, "x-oc-lookup": ["DE-VAT19", "DE-VAT7"] },
            "memo": { "type": ["string", "null"], "maxLength": 200, "x-oc-changeable": true }
          }
        }
        """;

    public string Name { get; set; } = "";

    public string Label { get; set; } = "";

    public string Target { get; set; } = "";

    public string EventType { get; set; } = "";

    public string ObjectType { get; set; } = "";

    public string Operation { get; set; } = "";

    public string Schema { get; set; } = Begin;

    public string Note { get; set; } = "";

    /// <summary>The latest version that was seen; nothing: it is new, and so is none.</summary>
    public int Seen { get; set; }

    public bool IsNew => Seen == 0;

    public static ContractDraft Of(ContractDetails shown) => new()
    {
        Name = shown.Contract.Name, Label = shown.Contract.Label, Target = shown.Contract.For.Target ?? "", EventType = shown.Contract.For.EventType ?? "", ObjectType = shown.Contract.For.ObjectType ?? "",
        Operation = shown.Contract.For.Operation ?? "", Schema = Lines(shown.Versions.First(version => version.InForce).Text), Seen = shown.Contract.Latest,
    };

    // Written by a program it stands in one line, which nobody reads.
    private static string Lines(string schema)
    {
        using var read = JsonDocument.Parse(schema);
        return schema.Contains('\n', StringComparison.Ordinal) ? schema : JsonSerializer.Serialize(read.RootElement, s_lines);
    }

    public ContractBody Body() => new(Label, new ContractSubject(Target, EventType, ObjectType, Operation), Schema.ReplaceLineEndings("\n"), Note);
}

using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using OpsConsole.Intake;
using OpsConsole.Intake.CloudEvents;
using OpsConsole.Intake.Mappings;
using OpsConsole.Sources;

namespace OpsConsole.Tests.Intake;

/// <summary>An event in the JSON format that is right in every field, and ways to spoil it.</summary>
internal static class EventJson
{
    public const string Right =
        """
        {"specversion": "1.0", "id": "e1", "source": "urn:samples", "type": "opsconsole.sync.v1", "subject": "invoice/INV-1", "time": "2026-03-31T12:00:00.1234567Z",
         "data": {"entity": {"type": "invoice", "id": "INV-1"}, "system": "netsuite", "operation": "create", "outcome": "failed", "state": "rejected", "version": 7,
                  "links": [{"type": "order", "id": "SO-9"}, {"type": "customer", "id": "ACC-17", "role": "bill-to"}], "aliases": [{"system": "stripe", "id": "in_1"}],
                  "businessUnit": "EMEA", "legalEntity": "DE01", "region": "DE", "amount": "5200.00", "currency": "EUR",
                  "attributes": {"taxProfile": null}, "error": {"code": "TAX", "category": "validation", "message": "no tax profile", "attribute": "taxProfile", "retryable": false},
                  "payload": {"tranId": "INV-1"}, "replayTarget": "erp-invoices", "idempotencyKey": "inv-1-create"}}
        """;

    public static readonly Sender Anybody = SenderOf();

    public static Sender SenderOf(string[]? units = null, string[]? sources = null) =>
        new(Guid.Parse("0198a7c0-0000-7000-8000-000000000001"), "samples", KeyScopes.All, [.. sources ?? []], units ?? []);

    /// <param name="path">Of a field: <c>data.entity.id</c>.</param>
    /// <param name="json">Its value; nothing: the field is taken out.</param>
    public static string With(string path, string? json)
    {
        var root = JsonNode.Parse(Right)!.AsObject();
        var names = path.Split('.');
        var at = names[..^1].Aggregate(root, (node, name) => node[name]!.AsObject());
        if (json is null)
        {
            at.Remove(names[^1]);
        }
        else
        {
            at[names[^1]] = JsonNode.Parse(json);
        }

        return root.ToJsonString();
    }

    public static CloudEventReader Reader() => new(Options.Create(new IntakeOptions()), new MappingBook(), TimeProvider.System);

    public static Reading Read(string json, Sender? sender = null) => Assert.Single(Reader().Structured(Encoding.UTF8.GetBytes(json), sender ?? Anybody).Value!.Readings);

    public static Outcome<Delivery> Batch(ReadOnlyMemory<byte> body) => Reader().Batch(body, Anybody);

    public static ReadOnlyMemory<byte> Bytes(params IEnumerable<object> parts) =>
        parts.SelectMany(part => part is byte[] raw ? raw : Encoding.UTF8.GetBytes((string)part)).ToArray();
}

using System.Text.Json;

namespace OpsConsole.Simulator.Records;

/// <summary>What a system answers to a document: 201 with the record, or why not.</summary>
internal sealed record LedgerAnswer(int Status, string Body, LedgerRecord? Record, bool Repeated)
{
    public static LedgerAnswer Refused(LedgerRefusal refusal) =>
        new(refusal.Status, JsonSerializer.Serialize(refusal.Said(), JsonSerializerOptions.Web), null, Repeated: false) { Refusal = refusal };

    public LedgerRefusal? Refusal { get; init; }
}

/// <summary>A "no" in the words of the system that says it.</summary>
internal sealed record LedgerRefusal(int Status, string Code, string Message, string? Attribute, string Category)
{
    public static LedgerRefusal Malformed(string message, string? field = null) => new(400, "MALFORMED", message, field, "validation");

    public static LedgerRefusal Invalid(string code, string message, string attribute, string category = "validation") =>
        new(422, code, message, attribute, category);

    /// <summary>It is not wrong, it is too early: something it refers to is not there yet.</summary>
    public static LedgerRefusal TooEarly(string code, string message, string attribute) => new(409, code, message, attribute, "conflict");

    public static LedgerRefusal Exists(DocumentFacts facts) =>
        new(409, "ALREADY_EXISTS", $"{facts.Type} {facts.Id} is on record already, under another key.", facts.Kind.IdField, "duplicate");

    public static LedgerRefusal KeyUsed(string key) =>
        new(422, "IDEMPOTENCY_KEY_REUSED", $"The key {key} has made a record with another body.", null, "conflict");

    public object Said() => new { Code, Message, Attribute, Category };
}

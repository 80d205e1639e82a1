using System.Text;
using System.Text.Json;

namespace OpsConsole.Intake.CloudEvents;

/// <summary>Words that stand in nearly every event: read without making a new string of each.</summary>
internal static class KnownWords
{
    private static readonly (byte[] Bytes, string Text)[][] s_byLength = ByLength(
        "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema", "data", "traceparent", "tracestate", "correlationid", "causationid", "sequence",
        "partitionkey", "recordedtime", "entity", "aliases", "system", "operation", "outcome", "state", "version", "links", "role", "businessUnit", "legalEntity", "region",
        "amount", "currency", "attributes", "error", "code", "category", "message", "attribute", "retryable", "payload", "replayTarget", "idempotencyKey", "mergedInto",
        "1.0", "application/json", EventMaker.SyncType, "succeeded", "pending", "failed", "create", "update", "EUR", "USD", "invoice", "order", "payment", "customer");

    /// <summary>The string or property name at the reader, which is known to be text.</summary>
    public static string Word(ref this Utf8JsonReader reader)
    {
        var bytes = reader.ValueSpan;
        if (!reader.ValueIsEscaped && bytes.Length < s_byLength.Length)
        {
            foreach (var (known, text) in s_byLength[bytes.Length])
            {
                if (bytes.SequenceEqual(known))
                {
                    return text;
                }
            }
        }

        return reader.GetString()!;
    }

    private static (byte[] Bytes, string Text)[][] ByLength(params IReadOnlyList<string> words) =>
        [.. Enumerable.Range(0, words.Max(word => word.Length) + 1).Select(length => words.Where(word => word.Length == length).Select(word => (Encoding.UTF8.GetBytes(word), word)).ToArray())];
}

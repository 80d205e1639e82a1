using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Simulator.Outbox;

/// <summary>
/// A CloudEvent in structured mode. Its id is computed from what it says and when, so that the same statement made again is a duplicate, and
/// never a conflict.
/// </summary>
internal sealed record CloudEvent
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string Specversion { get; init; } = "1.0";
    public required string Id { get; init; }
    public required string Source { get; init; }
    public string Type { get; init; } = "opsconsole.sync.v1";
    public required string Subject { get; init; }
    public required string Time { get; init; }
    public string Datacontenttype { get; init; } = "application/json";
    public string? Traceparent { get; init; }
    public string? Correlationid { get; init; }
    public required SyncFact Data { get; init; }

    public static CloudEvent Of(string source, SyncFact fact, DateTimeOffset at)
    {
        var subject = $"{fact.Entity.Type}/{fact.Entity.Id}";
        var time = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        var said = $"{source}|{subject}|{fact.System}|{fact.Operation}|{fact.Outcome}|{fact.State}|{time}";
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)).AsSpan(0, 16));
        return new CloudEvent { Id = id, Source = source, Subject = subject, Time = time, Data = fact };
    }

    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, s_json);
}

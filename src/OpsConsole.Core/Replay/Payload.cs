using System.Text;
using System.Text.Json;
using OpsConsole.Approvals;
using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>What a replay of an exception would send now.</summary>
/// <param name="Original">The message that failed, as it stands in its event; nothing: the event carried none.</param>
/// <param name="IsJson">Every version must be JSON, because the original is, or because there is none to go by.</param>
/// <param name="Current">The latest repair, else the original.</param>
/// <param name="Version">The number of <paramref name="Current"/>; 0 is the original.</param>
internal sealed record Payload(string? Original, bool IsJson, string? Current, int Version)
{
    public static async Task<Payload> Read(OpsDb db, ExceptionCase @case, CancellationToken cancellationToken) =>
        await Read(db, @case, @case.PayloadVersion, cancellationToken);

    public static async Task<Payload> Read(OpsDb db, ExceptionCase @case, int version, CancellationToken cancellationToken)
    {
        var data = @case is { HasPayload: true, FailureKey: { } key }
            ? await db.Events.Where(e => e.Key == key).Select(e => e.Data).SingleOrDefaultAsync(cancellationToken)
            : null;
        var (original, isJson) = data is null ? (null, true) : OfEvent(data);
        var current = version == 0
            ? original
            : await db.PayloadVersions.Where(p => p.CaseId == @case.Id && p.Version == version).Select(p => p.Body).SingleAsync(cancellationToken);
        return new Payload(original, isJson, current, version);
    }

    /// <summary>As the four-eyes rules look at it.</summary>
    public FourEyesItem Judged(ExceptionCase @case) => new(@case, ChangedFields.Of(Original, Current));

    /// <summary>
    /// <c>payload</c> of an event's data: an object or array byte for byte as it stands there; a text is the message itself.
    /// </summary>
    public static (string? Text, bool IsJson) OfEvent(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = 256 });
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals("payload"u8);
            reader.Read();
            if (!found)
            {
                reader.Skip();
                continue;
            }

            if (reader.TokenType is JsonTokenType.String)
            {
                return (reader.GetString(), false);
            }

            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            return (Encoding.UTF8.GetString(data[start..(int)reader.BytesConsumed]), true);
        }

        return (null, true);
    }

    /// <summary>Where it is not JSON, in words; nothing when it is.</summary>
    public static string? JsonFault(string body)
    {
        try
        {
            using var _ = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = JsonEdit.MaxDepth });
            return null;
        }
        catch (JsonException failure)
        {
            return $"is not JSON, see line {failure.LineNumber + 1}, column {failure.BytePositionInLine + 1}";
        }
    }

    /// <summary>SHA-256 (hex) of the body and of where it would go. An approval counts for this and nothing else.</summary>
    public static string Hash(string body, ReplayTarget target) =>
        Convert.ToHexStringLower(Ids.Hash([target.Name, target.Method, target.Url, body]));

    public static string Hash(string body) => Convert.ToHexStringLower(Ids.Hash([body]));

    /// <summary>The key that every attempt carries: the fact's own, else one derived from the fact.</summary>
    public static string KeyOf(ExceptionCase @case) =>
        @case.IdempotencyKey ?? $"opsconsole-{(@case.FailureKey is { } key ? Convert.ToHexStringLower(key)[..32] : @case.Id.ToString("n"))}";
}

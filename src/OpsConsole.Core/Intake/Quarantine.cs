using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Intake;

/// <summary>Makes the rows of what could not be read.</summary>
internal static partial class Quarantine
{
    public static Quarantined Of(
        string kind, Sender sender, string reason, string message, string contentType, ReadOnlySpan<byte> bytes, DateTimeOffset receivedAt,
        string? eventSource = null, string? eventId = null, string? eventType = null, ReadOnlySpan<byte> same = default) => new()
        {
            Id = KeyOf(kind, sender.SourceId, same.IsEmpty ? bytes : same),
            Kind = kind,
            SenderId = sender.SourceId,
            Reason = Cut(reason, Columns.Code),
            Message = Cut(message, Columns.Sentence),
            Field = FieldOf(message),
            EventType = eventType ?? "",
            EventSource = eventSource,
            EventId = eventId,
            EventKey = eventSource is not null && eventId is not null ? Ids.OfEvent(eventSource, eventId) : null,
            ContentType = contentType,
            Bytes = bytes.ToArray(),
            ReceivedAt = receivedAt,
        };

    /// <summary>The field that a message begins with, without places in lists; empty when it names none.</summary>
    public static string FieldOf(string message)
    {
        var end = message.IndexOf(':', StringComparison.Ordinal);
        return end is < 1 or > Columns.Code || message.AsSpan(0, end).Contains(' ') ? "" : Place().Replace(message[..end], "");
    }

    /// <summary>Over kind, sender and bytes: the same again is the same row.</summary>
    public static Guid KeyOf(string kind, Guid senderId, ReadOnlySpan<byte> bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(kind));
        hash.AppendData(senderId.ToByteArray());
        hash.AppendData(bytes);
        return new Guid(hash.GetHashAndReset().AsSpan(0, 16), bigEndian: true);
    }

    public static string Cut(string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1), "…");

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Place();
}

using System.Security.Cryptography;
using System.Text;
using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Intake;

/// <summary>Makes the rows of what could not be read.</summary>
internal static class Quarantine
{
    public static Quarantined Of(
        string kind, Sender sender, string reason, string message, string contentType, ReadOnlySpan<byte> bytes, DateTimeOffset receivedAt,
        string? eventSource = null, string? eventId = null) => new()
        {
            Id = KeyOf(kind, sender.SourceId, bytes),
            Kind = kind,
            SenderId = sender.SourceId,
            Reason = Cut(reason, Columns.Code),
            Message = Cut(message, Columns.Sentence),
            EventSource = eventSource,
            EventId = eventId,
            EventKey = eventSource is not null && eventId is not null ? Ids.OfEvent(eventSource, eventId) : null,
            ContentType = contentType,
            Bytes = bytes.ToArray(),
            ReceivedAt = receivedAt,
        };

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
}

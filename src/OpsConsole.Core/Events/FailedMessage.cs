using System.Text;
using System.Text.Json;

namespace OpsConsole.Events;

/// <summary>What an event's data keeps of the message that failed (wire contract §2).</summary>
public static class FailedMessage
{
    /// <summary><c>payload</c>: an object or array byte for byte as it stands there; a text is the message itself. Nothing: the event carried none.</summary>
    public static (string? Text, bool IsJson) Of(ReadOnlySpan<byte> data) => Field(data, "payload"u8) is { } found ? (found.Text, !found.IsText) : (null, true);

    /// <summary><c>letter</c>: of a dead letter, where it came from and what it carried, as JSON.</summary>
    public static string? Letter(ReadOnlySpan<byte> data) => Field(data, "letter"u8) is { IsText: false } letter ? letter.Text : null;

    /// <summary>Two events tell of the same message: equal by what their JSON says, else letter by letter. What is not known is not the same.</summary>
    public static bool Same(byte[]? one, byte[]? other)
    {
        if (one is null || other is null)
        {
            return false;
        }

        var (first, second) = (Of(one), Of(other));
        return first.Text == second.Text || (first is { IsJson: true, Text: { } before } && second is { IsJson: true, Text: { } after } && JsonDiff.Of(before, after).Count == 0);
    }

    private static (string? Text, bool IsText)? Field(ReadOnlySpan<byte> data, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = 256 });
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (!found)
            {
                reader.Skip();
                continue;
            }

            if (reader.TokenType is JsonTokenType.String)
            {
                return (reader.GetString(), true);
            }

            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            return (Encoding.UTF8.GetString(data[start..(int)reader.BytesConsumed]), false);
        }

        return null;
    }
}

using System.Text.Json;
using System.Text.Unicode;

namespace OpsConsole.Intake.CloudEvents;

/// <summary>Reads strings of which nothing is certain but that they stand between quotes.</summary>
internal static class JsonText
{
    /// <summary>The string at the reader, or nothing when it is no string or no text: broken UTF-8, half a surrogate pair.</summary>
    public static string? TryRead(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || (!reader.ValueIsEscaped && !Utf8.IsValid(reader.ValueSpan)))
        {
            return null;
        }

        try
        {
            return reader.Word();
        }
        catch (InvalidOperationException)
        {
            return null;            // an escape that is no character, such as \ud800 alone
        }
    }
}

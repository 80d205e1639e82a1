using System.Text.Json;

namespace OpsConsole.Replay.Targets;

/// <summary>
/// What a target's answer says to a person: the code and the sentence of an error document, whether it is a problem document (RFC 9457, section 3.1) or one of the
/// shapes that services had before it. Anything else is left as it is.
/// </summary>
public static class AnswerWords
{
    private static readonly string[] s_codes = ["code", "errorCode", "error_code"];
    private static readonly string[] s_sentences = ["detail", "message", "error_description", "errorMessage", "title"];

    /// <param name="answer">A body as it came, perhaps cut off.</param>
    public static string Of(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (!answer.AsSpan().TrimStart().StartsWith("{"))
        {
            return answer;
        }

        try
        {
            using var document = JsonDocument.Parse(answer, new JsonDocumentOptions { MaxDepth = JsonEdit.MaxDepth });
            return Of(document.RootElement) ?? answer;
        }
        catch (JsonException)
        {
            return answer;
        }
    }

    private static string? Of(JsonElement error)
    {
        var (code, sentence) = (Text(error, s_codes), Text(error, s_sentences));
        return (code, sentence) switch
        {
            ({ } c, { } s) when !s.Contains(c, StringComparison.OrdinalIgnoreCase) => $"{c}: {s}",
            (_, { } s) => s,
            ({ } c, _) => c,
            _ => Inside(error),
        };
    }

    // {"error": "…"}, {"error": {…}}, {"errors": [{…}]}
    private static string? Inside(JsonElement error)
    {
        foreach (var name in (string[])["error", "errors"])
        {
            if (!error.TryGetProperty(name, out var inner))
            {
                continue;
            }

            var one = inner.ValueKind is JsonValueKind.Array && inner.GetArrayLength() > 0 ? inner[0] : inner;
            if ((one.ValueKind is JsonValueKind.Object ? Of(one) : Text(one)) is { } said)
            {
                return said;
            }
        }

        return null;
    }

    private static string? Text(JsonElement error, string[] names)
    {
        foreach (var name in names)
        {
            if (error.TryGetProperty(name, out var found) && Text(found) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    private static string? Text(JsonElement found) => found.ValueKind is JsonValueKind.String && found.GetString() is { Length: > 0 } text ? text : null;
}

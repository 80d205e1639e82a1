using System.Text.Json;

namespace OpsConsole.Web.Replay;

/// <summary>Where a text stops being JSON. Lines and columns count from 1, as editors do.</summary>
/// <param name="Line">The line.</param>
/// <param name="Column">The character in it.</param>
/// <param name="Message">What is wrong, in words.</param>
public sealed record JsonFault(int Line, int Column, string Message);

/// <summary>What the repair editor knows about the text in it. Whether a repair is accepted is for the request to say, never for the page.</summary>
public static class PayloadText
{
    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 256 };

    /// <summary>Nothing when it is JSON.</summary>
    public static JsonFault? Fault(string text)
    {
        try
        {
            using var _ = JsonDocument.Parse(text, s_strict);
            return null;
        }
        catch (JsonException fault)
        {
            var line = (int)(fault.LineNumber ?? 0);
            return new JsonFault(line + 1, Column(text, line, (int)(fault.BytePositionInLine ?? 0)) + 1, Words(fault.Message));
        }
    }

    // The parser counts bytes of UTF-8; people count characters.
    private static int Column(string text, int line, int bytes)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        if (line >= lines.Length)
        {
            return 0;
        }

        var (column, seen) = (0, 0);
        foreach (var rune in lines[line].EnumerateRunes())
        {
            if (seen >= bytes)
            {
                break;
            }

            seen += rune.Utf8SequenceLength;
            column += rune.Utf16SequenceLength;
        }

        return column;
    }

    // ". LineNumber: 0 | BytePositionInLine: 3." stands behind every message and is said better beside it.
    private static string Words(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end].TrimEnd('.', ' ') + ".";
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace OpsConsole.Tests.Reports;

/// <summary>Reads back what a report's PDF says, by the file's own table of glyphs, as a reader that copies its text does.</summary>
/// <param name="Pages">The texts of each page in the order in which they are drawn, a line each.</param>
/// <param name="Fonts">The embedded font programs.</param>
internal sealed partial record PdfText(IReadOnlyList<string> Pages, IReadOnlyList<byte[]> Fonts)
{
    public static PdfText Read(byte[] pdf)
    {
        var raw = Encoding.Latin1.GetString(pdf);
        Assert.StartsWith("%PDF-1.7", raw, StringComparison.Ordinal);
        foreach (var (place, i) in Places().Matches(raw).Select((place, i) => (int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture), i)))
        {
            Assert.StartsWith($"{i + 1} 0 obj", raw[place..], StringComparison.Ordinal);
        }

        var objects = Objects().Matches(raw).ToDictionary(one => one.Groups[1].Value, one => one);
        var maps = NamedFonts().Match(raw) is { Success: true } said ? new[] { ("P", said.Groups[1].Value), ("B", said.Groups[2].Value) }.ToDictionary(
            font => font.Item1, font => Map(Bytes(pdf, objects[ToUnicode().Match(objects[font.Item2].Value).Groups[1].Value]))) : throw new InvalidOperationException("It names no fonts.");
        var pages = Contents().Matches(raw).Select(page => string.Join('\n', Drawn().Matches(Encoding.ASCII.GetString(Bytes(pdf, objects[page.Groups[1].Value])))
            .Select(text => string.Concat(Glyph().Matches(text.Groups[2].Value).Select(glyph => maps[text.Groups[1].Value][glyph.Value])))));
        return new PdfText([.. pages], [.. FontFiles().Matches(raw).Select(font => Bytes(pdf, objects[font.Groups[1].Value]))]);
    }

    private static Dictionary<string, string> Map(byte[] table) => Pairs().Matches(Encoding.ASCII.GetString(table)).ToDictionary(
        pair => pair.Groups[1].Value, pair => Encoding.BigEndianUnicode.GetString(Convert.FromHexString(pair.Groups[2].Value)));

    private static byte[] Bytes(byte[] pdf, Match found)
    {
        var length = int.Parse(Lengths().Match(found.Value).Groups[1].Value, CultureInfo.InvariantCulture);
        var from = found.Index + found.Value.IndexOf("stream\n", StringComparison.Ordinal) + "stream\n".Length;
        using var zip = new ZLibStream(new MemoryStream(pdf, from, length), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        zip.CopyTo(bytes);
        return bytes.ToArray();
    }

    [GeneratedRegex(@"^(\d{10}) 00000 n ", RegexOptions.Multiline)]
    private static partial Regex Places();

    [GeneratedRegex(@"^(\d+) 0 obj\n.*?\nendobj$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Objects();

    [GeneratedRegex(@"/P (\d+) 0 R /B (\d+) 0 R")]
    private static partial Regex NamedFonts();

    [GeneratedRegex(@"/ToUnicode (\d+) 0 R")]
    private static partial Regex ToUnicode();

    [GeneratedRegex(@"/Type /Page /.*?/Contents (\d+) 0 R")]
    private static partial Regex Contents();

    [GeneratedRegex(@"/FontFile2 (\d+) 0 R")]
    private static partial Regex FontFiles();

    [GeneratedRegex(@"/(P|B) [\d.]+ Tf [\d. -]+ Td <([0-9A-F]*)> Tj")]
    private static partial Regex Drawn();

    [GeneratedRegex("[0-9A-F]{4}")]
    private static partial Regex Glyph();

    [GeneratedRegex("^<([0-9A-F]{4})> <([0-9A-F]+)>$", RegexOptions.Multiline)]
    private static partial Regex Pairs();

    [GeneratedRegex(@"/Filter /FlateDecode /Length (\d+) ")]
    private static partial Regex Lengths();
}

using System.Text;

namespace OpsConsole.Reports.Paper;

/// <summary>One face as a document uses it: which glyphs, and what they mean.</summary>
/// <param name="name">As the font file is called.</param>
/// <param name="face">The face.</param>
internal sealed class PdfFont(string name, TrueType face)
{
    private static readonly Lazy<TrueType> s_plain = new(() => Read("DejaVuSans")), s_bold = new(() => Read("DejaVuSans-Bold"));

    private readonly SortedDictionary<int, Rune> _used = [];

    /// <summary>DejaVu Sans, carried along with its licence: a bare machine has no fonts, and customers' names are not all Latin.</summary>
    public static PdfFont Plain() => new("DejaVuSans", s_plain.Value);

    /// <inheritdoc cref="Plain"/>
    public static PdfFont Bold() => new("DejaVuSans-Bold", s_bold.Value);

    /// <summary>In points.</summary>
    public double Measure(string text, double size) => text.EnumerateRunes().Sum(letter => face.Width(face.Glyph(letter))) * size / 1000;

    /// <summary>The text as numbers of glyphs, in hexadecimal digits.</summary>
    public string Glyphs(string text)
    {
        var said = new StringBuilder();
        foreach (var letter in text.EnumerateRunes())
        {
            var glyph = face.Glyph(letter);
            _used.TryAdd(glyph, letter);
            said.Append(glyph.ToString("X4", System.Globalization.CultureInfo.InvariantCulture));
        }

        return said.ToString();
    }

    /// <summary>Writes the font with the glyphs that were used.</summary>
    /// <returns>The number of its object.</returns>
    public int Write(PdfFile file)
    {
        var tag = $"OPSCON+{name}";
        var bytes = face.With(_used.Keys);
        var program = file.Stream($"/Length1 {bytes.Length}", bytes);
        var descriptor = file.Add($"<< /Type /FontDescriptor /FontName /{tag} /Flags 4 /FontBBox [{string.Join(' ', face.Box)}] /ItalicAngle 0 /Ascent {face.Ascent} /Descent {face.Descent} /CapHeight 729 /StemV 80 /FontFile2 {program} 0 R >>");
        var widths = string.Join(' ', _used.Keys.Select(glyph => $"{glyph} [{face.Width(glyph)}]"));
        var glyphs = file.Add($"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{tag} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity /DW 600 /W [{widths}] >>");
        var meaning = file.Stream("", Encoding.ASCII.GetBytes(Meaning()));
        return file.Add($"<< /Type /Font /Subtype /Type0 /BaseFont /{tag} /Encoding /Identity-H /DescendantFonts [{glyphs} 0 R] /ToUnicode {meaning} 0 R >>");
    }

    // So that text can be searched, copied and read aloud.
    private string Meaning()
    {
        var text = new StringBuilder("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n");
        foreach (var part in _used.Chunk(100))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{part.Length} beginbfchar\n");
            foreach (var (glyph, letter) in part)
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"<{glyph:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(letter.ToString()))}>\n");
            }

            text.Append("endbfchar\n");
        }

        return text.Append("endcmap CMapName currentdict /CMap defineresource pop end end").ToString();
    }

    private static TrueType Read(string resource)
    {
        using var font = typeof(PdfFont).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"The font {resource} is not in the assembly.");
        using var bytes = new MemoryStream();
        font.CopyTo(bytes);
        return new TrueType(bytes.ToArray());
    }
}

using System.Buffers.Binary;
using System.Text;

namespace OpsConsole.Reports.Paper;

/// <summary>As much of a TrueType font (ISO/IEC 14496-22) as a PDF needs: which glyph a letter has, how wide it is, and the same font with only some glyphs in it.</summary>
internal sealed class TrueType
{
    private const int MoreComponents = 0x20;
    private const int WordArguments = 0x1;
    private const int OneScale = 0x8;
    private const int TwoScales = 0x40;
    private const int FourScales = 0x80;

    /// <summary>What a PDF's reader asks for in an embedded font.</summary>
    private static readonly string[] s_kept = ["cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"];

    private readonly byte[] _data;
    private readonly Dictionary<string, (int At, int Length)> _tables = [];
    private readonly int _units;
    private readonly int _metrics;
    private readonly int _map;

    public TrueType(byte[] data)
    {
        _data = data;
        for (var i = 0; i < Word(4); i++)
        {
            var entry = 12 + (16 * i);
            _tables[Encoding.ASCII.GetString(data, entry, 4)] = ((int)Long(entry + 8), (int)Long(entry + 12));
        }

        _units = Word(Table("head") + 18);
        _metrics = Word(Table("hhea") + 34);
        _map = FindMap();
        Box = [.. Enumerable.Range(0, 4).Select(i => Scaled(Signed(Table("head") + 36 + (2 * i))))];
        (Ascent, Descent) = (Scaled(Signed(Table("hhea") + 4)), Scaled(Signed(Table("hhea") + 6)));
    }

    /// <summary>Left, bottom, right, top, in thousandths of the size.</summary>
    public IReadOnlyList<int> Box { get; }

    /// <summary>Above the line, in thousandths of the size.</summary>
    public int Ascent { get; }

    /// <summary>Below the line, less than nothing.</summary>
    public int Descent { get; }

    /// <summary>The letter's glyph; 0, an empty box, where the font has none.</summary>
    public int Glyph(Rune letter)
    {
        var (code, segments) = (letter.Value, Word(_map + 6) / 2);
        var ends = _map + 14;
        for (var i = 0; code <= ushort.MaxValue && i < segments; i++)
        {
            if (Word(ends + (2 * i)) < code)
            {
                continue;
            }

            var starts = ends + (2 * segments) + 2;
            var (start, delta, ranges) = (Word(starts + (2 * i)), Word(starts + (2 * segments) + (2 * i)), starts + (4 * segments) + (2 * i));
            if (start > code)
            {
                return 0;
            }

            var glyph = Word(ranges) == 0 ? code : Word(ranges + Word(ranges) + (2 * (code - start)));
            return glyph == 0 && Word(ranges) != 0 ? 0 : (glyph + delta) & ushort.MaxValue;
        }

        return 0;
    }

    /// <summary>The glyph's advance, in thousandths of the size.</summary>
    public int Width(int glyph) => Scaled(Word(Table("hmtx") + (4 * Math.Min(glyph, _metrics - 1))));

    /// <summary>The same font, glyphs under the same numbers, with nothing drawn for the others.</summary>
    public byte[] With(IEnumerable<int> glyphs)
    {
        var kept = new SortedSet<int> { 0 };
        foreach (var glyph in glyphs)
        {
            Keep(glyph, kept);
        }

        var count = Word(Table("maxp") + 4);
        var (outlines, places) = (new MemoryStream(), new byte[4 * (count + 1)]);
        for (var glyph = 0; glyph < count; glyph++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(places.AsSpan(4 * glyph), (uint)outlines.Length);
            var (at, length) = Outline(glyph);
            if (kept.Contains(glyph))
            {
                outlines.Write(_data, at, length);
                outlines.Write(new byte[(4 - (length % 4)) % 4]);
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(places.AsSpan(4 * count), (uint)outlines.Length);
        return File(s_kept.Where(_tables.ContainsKey).Select(name => (name, name switch
        {
            "glyf" => outlines.ToArray(),
            "loca" => places,
            "head" => LongPlaces(),
            _ => _data.AsSpan(_tables[name].At, _tables[name].Length).ToArray(),
        })));
    }

    private static byte[] File(IEnumerable<(string Name, byte[] Bytes)> tables)
    {
        var all = tables.ToList();
        var head = new byte[12 + (16 * all.Count)];
        BinaryPrimitives.WriteUInt32BigEndian(head, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(4), (ushort)all.Count);
        var (body, entry) = (new MemoryStream(), 12);
        foreach (var (name, bytes) in all)
        {
            Encoding.ASCII.GetBytes(name, head.AsSpan(entry));
            BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(entry + 8), (uint)(head.Length + body.Length));
            BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(entry + 12), (uint)bytes.Length);
            body.Write(bytes);
            body.Write(new byte[(4 - (bytes.Length % 4)) % 4]);
            entry += 16;
        }

        return [.. head, .. body.ToArray()];
    }

    // A glyph may be put together of others.
    private void Keep(int glyph, SortedSet<int> kept)
    {
        var (at, length) = Outline(glyph);
        if (!kept.Add(glyph) || length == 0 || Signed(at) >= 0)
        {
            return;
        }

        var part = at + 10;
        int flags;
        do
        {
            flags = Word(part);
            Keep(Word(part + 2), kept);
            part += 4 + ((flags & WordArguments) != 0 ? 4 : 2) + ((flags & OneScale) != 0 ? 2 : (flags & TwoScales) != 0 ? 4 : (flags & FourScales) != 0 ? 8 : 0);
        }
        while ((flags & MoreComponents) != 0);
    }

    private (int At, int Length) Outline(int glyph)
    {
        var (places, far) = (Table("loca"), Word(Table("head") + 50) == 1);
        var (from, to) = far ? ((int)Long(places + (4 * glyph)), (int)Long(places + (4 * glyph) + 4)) : (2 * Word(places + (2 * glyph)), 2 * Word(places + (2 * glyph) + 2));
        return (Table("glyf") + from, to - from);
    }

    private byte[] LongPlaces()
    {
        var head = _data.AsSpan(_tables["head"].At, _tables["head"].Length).ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(50), 1);
        return head;
    }

    // Windows' map of the basic plane, format 4: every font for text has it.
    private int FindMap()
    {
        var maps = Table("cmap");
        for (var i = 0; i < Word(maps + 2); i++)
        {
            var at = maps + (int)Long(maps + 4 + (8 * i) + 4);
            if (Word(maps + 4 + (8 * i)) == 3 && Word(at) == 4)
            {
                return at;
            }
        }

        throw new InvalidOperationException("The font has no map of Unicode's basic plane.");
    }

    private int Table(string name) => _tables[name].At;

    private int Word(int at) => BinaryPrimitives.ReadUInt16BigEndian(_data.AsSpan(at));

    private int Signed(int at) => BinaryPrimitives.ReadInt16BigEndian(_data.AsSpan(at));

    private uint Long(int at) => BinaryPrimitives.ReadUInt32BigEndian(_data.AsSpan(at));

    private int Scaled(int units) => units * 1000 / _units;
}

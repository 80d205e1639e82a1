using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace OpsConsole.Reports.Paper;

/// <summary>A PDF file (ISO 32000-1) as numbered objects and the table that finds them.</summary>
internal sealed class PdfFile
{
    private readonly List<byte[]?> _objects = [];

    /// <summary>A number for an object that is written later.</summary>
    public int Reserve()
    {
        _objects.Add(null);
        return _objects.Count;
    }

    public void Set(int number, string text) => _objects[number - 1] = Encoding.Latin1.GetBytes(text);

    /// <returns>Its number.</returns>
    public int Add(string text)
    {
        var number = Reserve();
        Set(number, text);
        return number;
    }

    /// <summary>Bytes, compressed.</summary>
    /// <param name="entries">What its dictionary says besides.</param>
    /// <param name="bytes">As they are before.</param>
    public int Stream(string entries, byte[] bytes)
    {
        using var small = new MemoryStream();
        using (var zip = new ZLibStream(small, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(bytes);
        }

        _objects.Add([.. Encoding.Latin1.GetBytes($"<< {entries} /Filter /FlateDecode /Length {small.Length} >>\nstream\n"), .. small.ToArray(), .. "\nendstream"u8]);
        return _objects.Count;
    }

    /// <summary>A text that people read, whatever its script.</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    /// <param name="root">The catalogue's number.</param>
    /// <param name="info">The number of what is said about the document.</param>
    public byte[] Bytes(int root, int info)
    {
        using var file = new MemoryStream();
        file.Write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n"u8);
        var places = new List<long>();
        for (var i = 0; i < _objects.Count; i++)
        {
            places.Add(file.Length);
            file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n")));
            file.Write(_objects[i] ?? throw new InvalidOperationException($"Object {i + 1} was never written."));
            file.Write("\nendobj\n"u8);
        }

        var table = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {_objects.Count + 1}\n0000000000 65535 f \n"));
        places.ForEach(place => table.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n"));
        table.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {_objects.Count + 1} /Root {root} 0 R /Info {info} 0 R >>\nstartxref\n{file.Length}\n%%EOF\n");
        file.Write(Encoding.ASCII.GetBytes(table.ToString()));
        return file.ToArray();
    }
}

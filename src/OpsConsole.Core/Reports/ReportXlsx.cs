using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace OpsConsole.Reports;

/// <summary>
/// The numbers as an Office Open XML workbook of one sheet: texts as texts, numbers as numbers, the head in bold and frozen. Written by hand, because it is six small files in an archive
/// and needs none of what a library for spreadsheets is for.
/// </summary>
internal static class ReportXlsx
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string Bold = "1";

    private static readonly int[] s_widths = [14, 40, 30, 16, 9, 22, 14, 14, 10, 18, 9];

    private static readonly (string Path, string Text)[] s_parts =
    [
        ("[Content_Types].xml", $"""<Types xmlns="{Types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"""),
        ("_rels/.rels", $"""<Relationships xmlns="{Relations}"><Relationship Id="rId1" Type="{Document}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
        ("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Document}"><sheets><sheet name="Board" sheetId="1" r:id="rId1"/></sheets></workbook>"""),
        ("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Relations}"><Relationship Id="rId1" Type="{Document}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Document}/styles" Target="styles.xml"/></Relationships>"""),
        ("xl/styles.xml", $"""<styleSheet xmlns="{Main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""),
    ];

    public static byte[] Of(BoardSheet sheet)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in s_parts)
            {
                using var part = new StreamWriter(Entry(archive, path, sheet.MeasuredAt), new UTF8Encoding(false));
                part.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + text);
            }

            using var rows = XmlWriter.Create(Entry(archive, "xl/worksheets/sheet1.xml", sheet.MeasuredAt), new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
            Write(rows, sheet);
        }

        return bytes.ToArray();
    }

    private static Stream Entry(ZipArchive archive, string path, DateTimeOffset at)
    {
        var entry = archive.CreateEntry(path);
        entry.LastWriteTime = at;
        return entry.Open();
    }

    private static void Write(XmlWriter xml, BoardSheet sheet)
    {
        var about = ReportCells.About(sheet).ToList();
        xml.WriteStartElement("worksheet", Main);
        xml.WriteRaw(FormattableString.Invariant($"""<sheetViews><sheetView workbookViewId="0"><pane ySplit="{about.Count + 2}" topLeftCell="A{about.Count + 3}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>"""));
        for (var i = 0; i < s_widths.Length; i++)
        {
            xml.WriteRaw(FormattableString.Invariant($"""<col min="{i + 1}" max="{i + 1}" width="{s_widths[i]}" customWidth="1"/>"""));
        }

        xml.WriteRaw("</cols>");
        xml.WriteStartElement("sheetData", Main);
        var number = 0;
        about.ForEach(line => Row(xml, ++number, [line.Label, line.Value], bold: false));
        number++;
        Row(xml, ++number, ReportCells.Head, bold: true);
        foreach (var row in ReportCells.Rows(sheet))
        {
            Row(xml, ++number, row, bold: false);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Row(XmlWriter xml, int number, IReadOnlyList<object?> cells, bool bold)
    {
        xml.WriteStartElement("row", Main);
        xml.WriteAttributeString("r", number.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i] is not { } cell)
            {
                continue;
            }

            xml.WriteStartElement("c", Main);
            xml.WriteAttributeString("r", FormattableString.Invariant($"{(char)('A' + i)}{number}"));
            if (bold)
            {
                xml.WriteAttributeString("s", Bold);
            }

            if (cell is decimal value)
            {
                xml.WriteElementString("v", Main, value.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                xml.WriteAttributeString("t", "inlineStr");
                xml.WriteStartElement("is", Main);
                xml.WriteElementString("t", Main, cell.ToString());
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}

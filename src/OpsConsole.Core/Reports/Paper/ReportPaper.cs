using System.Globalization;
using System.Text;

namespace OpsConsole.Reports.Paper;

/// <summary>Pages of A4 that fill from above; each has the report's line and its number at the foot. Black and greys.</summary>
internal sealed class ReportPaper
{
    private const double PageWidth = 595.28;
    private const double PageHeight = 841.89;
    private const double Margin = 36;
    private const double Width = PageWidth - (2 * Margin);
    private const double Bottom = PageHeight - Margin - 30;
    private const double LineHeight = 13;
    private const double Small = 6;
    private const double Normal = 7.5;
    private const double Ink = 0;
    private const double Soft = .35;
    private const double Bar = .45;
    private const double Lane = .92;

    private readonly PdfFont _plain = PdfFont.Plain();
    private readonly PdfFont _bold = PdfFont.Bold();
    private readonly List<StringBuilder> _pages = [];
    private readonly string _title;
    private readonly string _foot;
    private double _at;

    /// <param name="title">Of the document.</param>
    /// <param name="foot">Printed at the foot of every page.</param>
    public ReportPaper(string title, string foot)
    {
        (_title, _foot) = (title, foot);
        Turn();
    }

    private StringBuilder Page => _pages[^1];

    public void Title(string text)
    {
        Draw(text, _bold, 15, Ink, 0, Width, 22);
        _at += 24;
    }

    /// <summary>A label and its value; a long one goes on below itself.</summary>
    public void Fact(string label, string value)
    {
        foreach (var (text, i) in Lines(value, Width - 90).Select((text, i) => (text, i)))
        {
            Room(LineHeight);
            Draw(i == 0 ? label : "", _plain, Normal, Soft, 0, 88, LineHeight);
            Draw(text, _plain, Normal, Ink, 90, Width - 90, LineHeight);
            _at += LineHeight - 1;
        }
    }

    /// <summary>Does not stand alone at the end of a page: so many lines follow it there.</summary>
    public void Heading(string text, int lines)
    {
        Room(30 + ((lines + 1) * 2 * LineHeight));
        _at += 12;
        Draw(text, _bold, 10, Ink, 0, Width, 16);
        _at += 17;
    }

    /// <param name="row">The cells.</param>
    /// <param name="bars">A chart of so many values at the line's end.</param>
    /// <param name="share">A bar that is so much of the room at the line's end.</param>
    public void Row(ReportRow row, IReadOnlyList<decimal>? bars = null, double? share = null)
    {
        var height = row.Below is null ? LineHeight : LineHeight + 8;
        Room(height);
        for (var i = 0; i < row.Cells.Count; i++)
        {
            var cell = row.Cells[i];
            var end = cell.Right ?? (i + 1 < row.Cells.Count ? row.Cells[i + 1].Left - 4 : bars is null && share is null ? Width : 456);
            Draw(cell.Text, row.IsHead || cell.Bold ? _bold : _plain, Normal, Ink, cell.Left, end - cell.Left, LineHeight, cell.Right is not null);
        }

        if (bars is { Count: > 1 })
        {
            Bars(bars);
        }

        if (share is { } part)
        {
            Box(Lane, 420, _at + 3, Width - 420, 7);
            Box(Bar, 420, _at + 3, Math.Max(.5, (Width - 420) * Math.Clamp(part, 0, 1)), 7);
        }

        if (row.Below is { } below)
        {
            Draw(below, _plain, Small, Soft, 0, 400, 9, down: LineHeight - 2);
        }

        _at += height;
        Box(.75, 0, _at - .25, Width, .5);
    }

    public byte[] Bytes()
    {
        for (var i = 0; i < _pages.Count; i++)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"{i + 1} of {_pages.Count}");
            Put(_pages[i], Cut(_foot, _plain, Small, Width - 60), _plain, Small, Soft, Margin, PageHeight - Margin);
            Put(_pages[i], number, _plain, Small, Soft, Margin + Width - _plain.Measure(number, Small), PageHeight - Margin);
        }

        var file = new PdfFile();
        var (root, tree) = (file.Reserve(), file.Reserve());
        var fonts = $"/Font << /P {_plain.Write(file)} 0 R /B {_bold.Write(file)} 0 R >>";
        var pages = _pages.ConvertAll(page => file.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {PageWidth} {PageHeight}] /Resources << {fonts} >> /Contents {file.Stream("", Encoding.ASCII.GetBytes(page.ToString()))} 0 R >>")));
        file.Set(tree, $"<< /Type /Pages /Count {pages.Count} /Kids [{string.Join(' ', pages.Select(page => $"{page} 0 R"))}] >>");
        file.Set(root, $"<< /Type /Catalog /Pages {tree} 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >> >>");
        return file.Bytes(root, file.Add($"<< /Title {PdfFile.Text(_title)} /Creator (OpsConsole) >>"));
    }

    private void Bars(IReadOnlyList<decimal> values)
    {
        var (least, most, step) = (Math.Min(0, values.Min()), values.Max(), (Width - 460) / values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            var height = most == least ? 0 : (double)((values[i] - least) / (most - least)) * 9;
            Box(Bar, 460 + (i * step), _at + 11 - height, Math.Max(.4, step * .75), Math.Max(.4, height));
        }
    }

    // A PDF counts from below.
    private void Box(double grey, double left, double top, double width, double height) => Page.Append(
        CultureInfo.InvariantCulture, $"{grey:0.##} g {Margin + left:0.##} {PageHeight - top - height:0.##} {width:0.##} {height:0.##} re f\n");

    private void Draw(string text, PdfFont font, double size, double grey, double left, double width, double height, bool right = false, double down = 0)
    {
        var cut = Cut(text, font, size, width);
        var start = Margin + left + (right ? width - font.Measure(cut, size) : 0);
        Put(Page, cut, font, size, grey, start, _at + down + (height / 2) + (size * .36));
    }

    private void Put(StringBuilder page, string text, PdfFont font, double size, double grey, double left, double line)
    {
        if (text.Length > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"{grey:0.##} g BT /{(font == _bold ? "B" : "P")} {size:0.##} Tf {left:0.##} {PageHeight - line:0.##} Td <{font.Glyphs(text)}> Tj ET\n");
        }
    }

    private IEnumerable<string> Lines(string text, double width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && _plain.Measure(longer, Normal) > width)
            {
                yield return line;
                longer = word;
            }

            line = longer;
        }

        yield return line;
    }

    private static string Cut(string text, PdfFont font, double size, double width)
    {
        if (font.Measure(text, size) <= width)
        {
            return text;
        }

        var letters = new StringInfo(text);
        for (var length = letters.LengthInTextElements - 1; length > 0; length--)
        {
            var shorter = letters.SubstringByTextElements(0, length).TrimEnd() + "…";
            if (font.Measure(shorter, size) <= width)
            {
                return shorter;
            }
        }

        return "";
    }

    private void Room(double height)
    {
        if (_at + height > Bottom)
        {
            Turn();
        }
    }

    private void Turn()
    {
        _pages.Add(new StringBuilder());
        _at = Margin;
    }
}

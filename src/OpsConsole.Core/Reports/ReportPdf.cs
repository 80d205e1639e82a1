using System.Globalization;
using OpsConsole.Kpis;
using OpsConsole.Reports.Paper;

namespace OpsConsole.Reports;

/// <summary>
/// A board on paper: what it was asked for and as of when at its head, every number with its status in a word, the funnel and the causes, a table beside each chart. In black
/// and grey only, so that a copier loses nothing.
/// </summary>
internal static class ReportPdf
{
    private static readonly CultureInfo s_plain = CultureInfo.InvariantCulture;

    public static byte[] Of(BoardSheet sheet, string reader)
    {
        var paper = new ReportPaper(sheet.Title, $"{sheet.Title}. As of {SheetLine.Moment(sheet.AsOf)}. For {reader}");
        Head(paper, sheet, reader);
        foreach (var group in sheet.Groups)
        {
            Numbers(paper, group, sheet.Currency);
        }

        Funnel(paper, sheet);
        Causes(paper, sheet);
        return paper.Bytes();
    }

    private static void Head(ReportPaper paper, BoardSheet sheet, string reader)
    {
        paper.Title(sheet.Title);
        foreach (var (label, value) in ReportCells.About(sheet).Skip(1))
        {
            paper.Fact(label, value);
        }

        paper.Fact("As seen by", reader);
    }

    private static void Numbers(ReportPaper paper, SheetGroup group, string currency)
    {
        paper.Heading(group.Title, 1);
        paper.Row(new ReportRow(true, [new(0, "Number"), new(178, "Value", Right: 252), new(262, "Status"), new(338, "Target", Right: 396), new(402, "Before", Right: 452), new(460, "Trend")]));
        foreach (var line in group.Lines)
        {
            paper.Row(
                new ReportRow(
                    false,
                    [
                        new(0, line.Title), new(178, line.Value is null ? "none" : line.Say(line.Value, currency), Right: 252, Bold: true), new(262, line.Value is null ? "" : line.Status),
                        new(338, line.Target is null ? "" : line.Say(line.Target, currency), Right: 396), new(402, line.Earlier is null ? "" : line.Say(line.Earlier, currency), Right: 452),
                    ],
                    line.Value is null ? line.Why : Behind(line, currency)),
                bars: line.Trend);
        }
    }

    private static string Behind(SheetLine line, string currency) =>
        $"{line.Rows.ToString("N0", s_plain)} rows{(line.Amount is { } amount && line.Form is not KpiForm.Money ? $", {new Money(amount, currency)}" : "")}";

    private static void Funnel(ReportPaper paper, BoardSheet sheet)
    {
        if (sheet.Funnel.Count == 0)
        {
            return;
        }

        paper.Heading("Milestones", 3);
        paper.Row(new ReportRow(true, [new(0, "Milestone"), new(150, "Reached", Right: 200), new(210, "Worth", Right: 300), new(310, "Late", Right: 345), new(350, "Not arrived", Right: 410), new(420, "Reached, of the first")]));
        var most = Math.Max(1, sheet.Funnel.Max(step => step.Reached));
        foreach (var step in sheet.Funnel)
        {
            paper.Row(
                new ReportRow(
                    false,
                    [
                        new(0, step.Label), new(150, Count(step.Reached), Right: 200), new(210, new Money(step.Amount, sheet.Currency).ToString(), Right: 300), new(310, Count(step.Late), Right: 345), new(350, Count(step.Missing), Right: 410),
                    ]),
                share: (double)step.Reached / most);
        }
    }

    private static void Causes(ReportPaper paper, BoardSheet sheet)
    {
        if (sheet.Causes.Count == 0)
        {
            return;
        }

        paper.Heading("Causes with most money at risk", 3);
        paper.Row(new ReportRow(true, [new(0, "Cause"), new(300, "Units"), new(380, "Open", Right: 420), new(428, "At risk", Right: 520)]));
        foreach (var cause in sheet.Causes)
        {
            paper.Row(new ReportRow(false, [new(0, cause.Cause), new(300, string.Join(", ", cause.Units)), new(380, Count(cause.Cases), Right: 420), new(428, new Money(cause.Amount, sheet.Currency).ToString(), Right: 520)]));
        }
    }

    private static string Count(int count) => count.ToString("N0", s_plain);
}

/// <summary>One line of a table on paper.</summary>
/// <param name="IsHead">It names the columns.</param>
/// <param name="Cells">Left to right.</param>
/// <param name="Below">In small letters under the first cell.</param>
internal sealed record ReportRow(bool IsHead, IReadOnlyList<ReportCell> Cells, string? Below = null);

/// <summary>A cell at a place of the line, in points from the left margin.</summary>
/// <param name="Left">Where its column begins.</param>
/// <param name="Text">Cut where the next column begins.</param>
/// <param name="Right">Where it ends, for what is aligned to the right.</param>
/// <param name="Bold">Printed in bold.</param>
internal readonly record struct ReportCell(double Left, string Text, double? Right = null, bool Bold = false);

using System.Globalization;
using OpsConsole.Kpis;

namespace OpsConsole.Reports;

/// <summary>What a report comes as.</summary>
public enum ReportForm
{
    /// <summary>To read and to print.</summary>
    Pdf,

    /// <summary>The numbers, for a spreadsheet.</summary>
    Xlsx,

    /// <summary>The numbers, for any program.</summary>
    Csv,
}

/// <summary>Measures the board and prints it: the same numbers that the board shows to this reader at this moment.</summary>
/// <param name="Filter">What it is narrowed to.</param>
/// <param name="Forms">As which files; one measuring serves them all.</param>
/// <param name="Actor">Who asks; the report holds what they may see.</param>
public sealed record PrintBoard(BoardFilter Filter, IReadOnlyCollection<ReportForm> Forms, Actor Actor) : IRequest<Outcome<PrintedBoard>>, IGuarded
{
    public Right Needs => Right.ReadBoard;
}

/// <param name="Sheet">What was measured.</param>
/// <param name="Files">One for each form.</param>
public sealed record PrintedBoard(BoardSheet Sheet, IReadOnlyList<ReportFile> Files);

/// <param name="Name">As it is saved.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Bytes">All of it.</param>
public sealed record ReportFile(string Name, string ContentType, byte[] Bytes);

internal sealed class PrintBoardHandler(IMediator mediator) : IRequestHandler<PrintBoard, Outcome<PrintedBoard>>
{
    public async Task<Outcome<PrintedBoard>> Handle(PrintBoard request, CancellationToken cancellationToken)
    {
        var head = await mediator.Send(new MeasureBoard(request.Filter, request.Actor), cancellationToken);
        if (head.Value is not { } board)
        {
            return head.Refusal!;
        }

        var below = await mediator.Send(new MeasureFigures(request.Filter, request.Actor), cancellationToken);
        if (below.Value is not { } figures)
        {
            return below.Refusal!;
        }

        var sheet = BoardSheet.Of(board, figures, request.Filter, request.Actor);
        return new PrintedBoard(sheet, [.. request.Forms.Distinct().Order().Select(form => File(sheet, form, request.Actor))]);
    }

    private static ReportFile File(BoardSheet sheet, ReportForm form, Actor reader)
    {
        var name = $"board-{sheet.MeasuredAt.UtcDateTime.ToString("yyyy-MM-dd-HHmm", CultureInfo.InvariantCulture)}";
        return form switch
        {
            ReportForm.Pdf => new ReportFile($"{name}.pdf", "application/pdf", ReportPdf.Of(sheet, reader.Name)),
            ReportForm.Xlsx => new ReportFile($"{name}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ReportXlsx.Of(sheet)),
            _ => new ReportFile($"{name}.csv", "text/csv; charset=utf-8", ReportCsv.Of(sheet)),
        };
    }
}

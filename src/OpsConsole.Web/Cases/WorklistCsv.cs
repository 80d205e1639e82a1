using System.Text;
using Microsoft.AspNetCore.Mvc;
using OpsConsole.Cases;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Cases;

/// <summary>
/// The worklist as a file for a spreadsheet: the same filter and search, the same rows in the same order, the same columns, page by page so that no list is
/// held whole. The last column says what each row adds to the total on screen, where an object with two exceptions counts once.
/// </summary>
internal static class WorklistCsv
{
    private const int Most = 100_000;

    public static void MapWorklistCsv(this IEndpointRouteBuilder app) =>
        app.MapGet("/worklist.csv", Download).RequireRateLimiting(Limits.Exports).RequireAuthorization(nameof(Right.ReadCases)).ExcludeFromDescription();

    private static async Task<IResult> Download(HttpContext http, Actor actor, [FromServices] IMediator mediator, [FromServices] Exports exports, CancellationToken cancellationToken)
    {
        var filter = WorklistFilter.Of($"http://console{http.Request.Path}{http.Request.QueryString}");
        var first = await mediator.Send(new ListCases(filter.ToCases(actor.Id), filter.Sort, null, ListCases.Longest, actor), cancellationToken);
        var counted = await mediator.Send(new CountedOnce(filter.ToCases(actor.Id), actor), cancellationToken);
        if (first.Value is not { } page || counted.Value is not { } carriers)
        {
            return Results.Problem((first.Refusal ?? counted.Refusal)!.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        return await exports.Note(http, "worklist", Math.Min(page.Total, Most), actor, cancellationToken) is { } refusal
            ? refusal.ToProblem()
            : Results.Stream(body => Write(body, page, carriers, filter, actor, mediator, cancellationToken), "text/csv; charset=utf-8", "exceptions.csv");
    }

    private static async Task Write(
        Stream body, CasePage page, CountedCases carriers, WorklistFilter filter, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        var columns = WorklistColumn.Of(filter.Columns);
        // With a mark at the beginning, spreadsheets read it as UTF-8.
        await using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await text.WriteAsync(Head(columns, page.Currency).AsMemory(), cancellationToken);
        for (var written = 0; ;)
        {
            foreach (var row in page.Items)
            {
                await text.WriteAsync(Line(columns, row, carriers).AsMemory(), cancellationToken);
            }

            written += page.Items.Count;
            if (page.Next is null || written >= Most)
            {
                return;
            }

            var next = await mediator.Send(new ListCases(filter.ToCases(actor.Id), filter.Sort, page.Next, ListCases.Longest, actor), cancellationToken);
            page = next.Value ?? throw new InvalidOperationException(next.Refusal!.Message);
        }
    }

    internal static string Head(IReadOnlyList<WorklistColumn> columns, string currency) => CsvText.Line(
        [
            "exception", .. columns.SelectMany(column => column.Heads).Select(head => head.Replace("{0}", currency, StringComparison.Ordinal)), $"counted in {currency}",
        ]);

    internal static string Line(IReadOnlyList<WorklistColumn> columns, CaseRow row, CountedCases carriers) =>
        CsvText.Line([row.Name, .. columns.SelectMany(column => column.Cells(row)), carriers.Of(row)]);
}

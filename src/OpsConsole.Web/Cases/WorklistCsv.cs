using System.Text;
using Microsoft.AspNetCore.Mvc;
using OpsConsole.Cases;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Cases;

/// <summary>The filtered worklist as a file for a spreadsheet: the same filter, the same rows, page by page so that no list is held whole.</summary>
internal static class WorklistCsv
{
    private const int Most = 100_000;

    public static void MapWorklistCsv(this IEndpointRouteBuilder app) =>
        app.MapGet("/worklist.csv", Download).RequireAuthorization(nameof(Right.ReadCases)).ExcludeFromDescription();

    private static async Task<IResult> Download(HttpContext http, Actor actor, [FromServices] IMediator mediator, CancellationToken cancellationToken)
    {
        var filter = WorklistFilter.Of($"http://console{http.Request.Path}{http.Request.QueryString}");
        var first = await mediator.Send(new ListCases(filter.ToCases(actor.Id), filter.Sort, null, ListCases.Longest, actor), cancellationToken);
        return first.Value is { } page
            ? Results.Stream(body => Write(body, page, filter, actor, mediator, cancellationToken), "text/csv; charset=utf-8", "exceptions.csv")
            : Results.Problem(first.Refusal!.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task Write(Stream body, CasePage page, WorklistFilter filter, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        // With a mark at the beginning, spreadsheets read it as UTF-8.
        await using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await text.WriteAsync(Head(page.Currency).AsMemory(), cancellationToken);
        for (var written = 0; ;)
        {
            foreach (var row in page.Items)
            {
                await text.WriteAsync(Line(row).AsMemory(), cancellationToken);
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

    private static string Head(string currency) => CsvText.Line(
        "exception", "what happened", "type", "cause", "object type", "object", "called", "unit", "legal entity", "amount", "currency", $"amount in {currency}", "rate of",
        "state", "holder", "queue", "due", "opened", "attempts");

    private static string Line(CaseRow row) => CsvText.Line(
        row.Name, row.Title, row.Type, row.Cause, row.ObjectType, row.ObjectId, row.ObjectLabel, row.Unit, row.LegalEntity, row.Amount, row.Currency, row.Reporting,
        row.RateDate?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), CaseWords.Code(row.State), row.HolderName, row.Queue, row.DueAt, row.OpenedAt, row.Attempts);
}

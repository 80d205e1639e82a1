using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OpsConsole.Kpis;
using OpsConsole.Reports;
using OpsConsole.Web.Kpis;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Reports;

/// <summary>The board as a file, by one click and by schedule. Narrowed as the board is: period, unit, legal-entity, region, flow, currency.</summary>
internal static class ReportsEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder app)
    {
        app.MapGet("/board/report.{form}", Download).RequireRateLimiting(Limits.Exports).RequireAuthorization(nameof(Right.ReadBoard)).ExcludeFromDescription();
        var reports = app.MapGroup("/api/v1/reports").WithTags("Reports").AddEndpointFilter<IdempotentAnswers>().RequireAuthorization(nameof(Right.ReadBoard));
        reports.MapGet("/", List).WithSummary("Lists the reports that are mailed by schedule");
        reports.MapPost("/", Add).WithSummary("Has a board mailed by schedule: {\"name\": \"Monday\", \"filter\": {\"unit\": \"EMEA\", \"period\": \"7d\"}, \"forms\": [\"pdf\", \"xlsx\"], \"recipients\": [\"cfo@acme.example\"], \"pace\": \"weekly\", \"day\": 1, \"time\": \"07:30\", \"zone\": \"Europe/Berlin\"}");
        reports.MapPut("/{id:guid}", Change).WithSummary("Changes such a report");
        reports.MapDelete("/{id:guid}", Remove).WithSummary("Ends such a report");
    }

    /// <summary>The file of a board.</summary>
    public static string To(BoardFilter filter, ReportForm form) => $"{BoardUri.Path}/report.{form.ToString().ToLowerInvariant()}{BoardUri.To(filter)[BoardUri.Path.Length..]}";

    private static async Task<IResult> Download(string form, HttpContext http, Actor actor, IMediator mediator, [FromServices] Exports exports, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<ReportForm>(form, ignoreCase: true, out var asked) || !Enum.IsDefined(asked))
        {
            return Refusal.NotFound("A report of this form").ToProblem();
        }

        var printed = await mediator.Send(new PrintBoard(BoardUri.Of(Address.Of(http.Request.Query)), [asked], actor), cancellationToken);
        return printed.Value is not { Files: [var file] } board ? printed.Refusal!.ToProblem()
            : await exports.Note(http, $"board as {asked}", board.Sheet.Lines.Count(), actor, cancellationToken) is { } refusal ? refusal.ToProblem()
            : Results.File(file.Bytes, file.ContentType, file.Name);
    }

    private static async Task<Results<Ok<Listed<ReportLine>>, ProblemHttpResult>> List(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListReports(actor), cancellationToken)).Match<Results<Ok<Listed<ReportLine>>, ProblemHttpResult>>(
            lines => TypedResults.Ok(new Listed<ReportLine>(lines, lines.Count, null)), refusal => refusal.ToProblem());

    private static async Task<Results<Ok<ReportLine>, ProblemHttpResult>> Add(ReportBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SetReport(null, null, body, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<ReportLine>, ProblemHttpResult>> Change(Guid id, ReportBody body, HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        var seen = http.IfMatch();
        return seen.Refusal is { } refusal ? refusal.ToProblem() : (await mediator.Send(new SetReport(id, seen.Value!.Version, body, actor), cancellationToken)).ToHttp();
    }

    private static async Task<Results<Ok<Guid>, ProblemHttpResult>> Remove(Guid id, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new RemoveReport(id, actor), cancellationToken)).ToHttp();
}

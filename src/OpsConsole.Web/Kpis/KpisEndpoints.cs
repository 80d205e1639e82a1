using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OpsConsole.Kpis;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Kpis;

/// <summary>The board's numbers, their rows and their meaning, for programs and spreadsheets. Narrowed as the pages are: period, unit, legal-entity, region, flow, currency.</summary>
internal static class KpisEndpoints
{
    public static void MapKpis(this IEndpointRouteBuilder app)
    {
        var figures = app.MapGroup("/api/v1/board/figures").WithTags("Board").RequireAuthorization(nameof(Right.ReadBoard));

        figures.MapGet("/", List).WithSummary("Measures every number of the board");
        figures.MapGet("/{code}", Show).WithSummary("Measures a number, with its trend beside the stretch before");
        figures.MapGet("/{code}/rows", Rows).WithSummary("Lists the rows behind a number");
        app.MapGet("/api/v1/board/definitions", Definitions).WithTags("Board").WithSummary("Tells what each number means").RequireAuthorization(nameof(Right.ReadBoard));
        var annotations = app.MapGroup("/api/v1/board/annotations").WithTags("Board").AddEndpointFilter<IdempotentAnswers>();
        annotations.MapGet("/", Annotations).WithSummary("Lists what charts remind of: releases, outages").RequireAuthorization(nameof(Right.ReadBoard));
        annotations.MapPost("/", Annotate).WithSummary("Marks what happened on the charts: {\"kind\": \"release\", \"text\": \"NetSuite 2026.2\", \"from\": \"2026-10-30T16:00:00Z\", \"until\": null, \"unit\": null}").RequireAuthorization(nameof(Right.ManageRules));
        annotations.MapPut("/{id:guid}", Change).WithSummary("Changes such a mark").RequireAuthorization(nameof(Right.ManageRules));
        annotations.MapDelete("/{id:guid}", Remove).WithSummary("Takes a mark off the charts").RequireAuthorization(nameof(Right.ManageRules));
        app.MapGet(BoardUri.FilePath, Download).RequireRateLimiting(Limits.Exports).RequireAuthorization(nameof(Right.ReadBoard)).ExcludeFromDescription();
    }

    private static async Task<Results<Ok<Listed<FigureBody>>, ProblemHttpResult>> List(HttpRequest http, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        var filter = BoardUri.Of(Address.Of(http.Query));
        var head = await mediator.Send(new MeasureBoard(filter, actor), cancellationToken);
        if (head.Value is not { } board)
        {
            return head.Refusal!.ToProblem();
        }

        var below = await mediator.Send(new MeasureFigures(filter, actor), cancellationToken);
        return below.Match<Results<Ok<Listed<FigureBody>>, ProblemHttpResult>>(
            figures =>
            {
                var all = board.Tiles.Concat(figures.Groups.SelectMany(group => group.Tiles)).Select(tile => FigureBody.Of(tile, figures.Currency, filter)).ToList();
                return TypedResults.Ok(new Listed<FigureBody>(all, all.Count, null));
            },
            refusal => refusal.ToProblem());
    }

    private static async Task<Results<Ok<FigureBody>, ProblemHttpResult>> Show(string code, HttpRequest http, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        var filter = BoardUri.Of(Address.Of(http.Query));
        return (await mediator.Send(new ShowKpi(code, filter, actor), cancellationToken)).Match<Results<Ok<FigureBody>, ProblemHttpResult>>(
            details => TypedResults.Ok(FigureBody.Of(details.Tile, details.Currency, filter) with { Compared = details.Compared }), refusal => refusal.ToProblem());
    }

    private static async Task<Results<Ok<KpiRowPage>, ProblemHttpResult>> Rows(
        string code, HttpRequest http, Actor actor, IMediator mediator, CancellationToken cancellationToken, string? after = null, int take = 50) =>
        (await mediator.Send(new ListKpiRows(code, BoardUri.Of(Address.Of(http.Query)), actor, after, take), cancellationToken)).ToHttp();

    private static Ok<Listed<DefinitionBody>> Definitions() =>
        TypedResults.Ok(new Listed<DefinitionBody>([.. KpiCatalog.All.Select(DefinitionBody.Of)], KpiCatalog.All.Count, null));

    private static async Task<Results<Ok<AnnotationList>, ProblemHttpResult>> Annotations(
        string? unit, DateTimeOffset? from, DateTimeOffset? to, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListAnnotations(unit, from, to, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<AnnotationLine>, ProblemHttpResult>> Annotate(AnnotationBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SetAnnotation(null, body, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<AnnotationLine>, ProblemHttpResult>> Change(Guid id, AnnotationBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SetAnnotation(id, body, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<Guid>, ProblemHttpResult>> Remove(Guid id, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new RemoveAnnotation(id, actor), cancellationToken)).ToHttp();

    private static async Task<IResult> Download(HttpContext http, Actor actor, [FromServices] IMediator mediator, [FromServices] Exports exports, CancellationToken cancellationToken)
    {
        var address = Address.Of(http.Request.Query);
        var asked = new ListKpiRows(address.Text("number") ?? "", BoardUri.Of(address), actor, Take: Cursor.MostRows);
        var first = await mediator.Send(asked, cancellationToken);
        return first.Value is not { } page ? first.Refusal!.ToProblem()
            : await exports.Note(http, $"rows of {asked.Code}", page.Total, actor, cancellationToken) is { } refusal ? refusal.ToProblem()
            : Results.Stream(body => Write(body, page, asked, mediator, cancellationToken), "text/csv; charset=utf-8", $"{asked.Code}.csv");
    }

    // Page by page, all judged by one moment, so that no list is held whole and the file adds up.
    private static async Task Write(Stream body, KpiRowPage page, ListKpiRows asked, IMediator mediator, CancellationToken cancellationToken)
    {
        // With a mark at the beginning, spreadsheets read it as UTF-8.
        await using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await text.WriteAsync(CsvText.Line(KpiLine.Columns(page.Currency)).AsMemory(), cancellationToken);
        while (true)
        {
            foreach (var line in page.Items)
            {
                await text.WriteAsync(CsvText.Line(line.Cells()).AsMemory(), cancellationToken);
            }

            if (page.Next is not { } next)
            {
                return;
            }

            var rest = await mediator.Send(asked with { After = next, At = page.At }, cancellationToken);
            page = rest.Value ?? throw new InvalidOperationException(rest.Refusal!.Message);
        }
    }

    /// <summary>A number as programs read it.</summary>
    /// <param name="Code">Stable.</param>
    /// <param name="Title">As people read it.</param>
    /// <param name="Form">Share (per cent), duration (seconds), count, money or ratio.</param>
    /// <param name="Value">Null where the data cannot say it; then <paramref name="Why"/> says why.</param>
    /// <param name="Why">Null where there is a value.</param>
    /// <param name="Rows">How many rows stand behind it.</param>
    /// <param name="Amount">What they are worth, where that is asked beside the number.</param>
    /// <param name="Currency">Of the amount, and of the value where it is money.</param>
    /// <param name="Unconverted">Rows whose amount has no known rate.</param>
    /// <param name="Target">The wish.</param>
    /// <param name="Met">The value is on the wished side.</param>
    /// <param name="Earlier">For the stretch before.</param>
    /// <param name="Trend">Oldest first.</param>
    /// <param name="RowsAt">The page of its rows.</param>
    internal sealed record FigureBody(
        string Code, string Title, KpiForm Form, decimal? Value, string? Why, int Rows, decimal? Amount, string Currency, int Unconverted, decimal? Target, bool? Met, decimal? Earlier,
        IReadOnlyList<KpiStep> Trend, string RowsAt)
    {
        /// <summary>Step by step beside the stretch before, aligned by business day; null in lists.</summary>
        public IReadOnlyList<KpiCompared>? Compared { get; init; }

        public static FigureBody Of(Tile tile, string currency, BoardFilter filter) => new(
            tile.Kpi.Code, tile.Kpi.Title, tile.Kpi.Form, tile.Figure.Value, tile.Figure.Why, tile.Figure.Rows, tile.Figure.Amount, currency, tile.Figure.Unconverted, tile.Target, tile.Met, tile.Earlier,
            tile.Trend.Steps, BoardUri.Rows(tile.Kpi, filter));
    }

    /// <summary>What a number means.</summary>
    internal sealed record DefinitionBody(string Code, string Title, KpiForm Form, Better Better, string Formula, string Source, string Owner, int Version, IReadOnlyList<KpiVersion> History)
    {
        public static DefinitionBody Of(Kpi kpi) => new(
            kpi.Code, kpi.Title, kpi.Form, kpi.Better, kpi.Definition.Formula, kpi.Definition.Source, kpi.Definition.Owner, kpi.Definition.Version, kpi.Definition.History);
    }
}

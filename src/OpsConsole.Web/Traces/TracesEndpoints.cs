using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Traces;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Traces;

internal static class TracesEndpoints
{
    public static void MapTraces(this IEndpointRouteBuilder app)
    {
        var traces = app.MapGroup("/api/v1/traces").WithTags("Traces").RequireAuthorization();

        traces.MapGet("/", List).WithSummary("Finds traces by id, business key, service or step");
        traces.MapGet("/{traceId}/logs", Logs).WithSummary("The log records of a trace in the order of their time; those of one span with ?span=");
        traces.MapGet("/{traceId}", Show).WithSummary("Shows a trace: its spans as a tree, where the time went, its business objects");
        traces.MapGet("/{traceId}/spans/{spanId}", ShowOne).WithSummary("Shows one span with all that it carries");
        traces.MapGet("/{traceId}/twin", Compare).WithSummary("Compares a trace with a healthy run of the same kind, or with the one named");
    }

    private static async Task<Results<Ok<Page<TraceLine>>, ProblemHttpResult>> List(
        HttpRequest http, Actor actor, IMediator mediator, CancellationToken cancellationToken, string? after = null, int take = 50) =>
        (await mediator.Send(new FindTraces(TraceUri.Of(Address.Of(http.Query)), actor, after, take), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<TraceDetails>, ProblemHttpResult>> Show(
        string traceId, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ShowTrace(traceId, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<SpanLine>, ProblemHttpResult>> ShowOne(
        string traceId, string spanId, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ShowSpan(traceId, spanId, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<TraceComparison>, ProblemHttpResult>> Compare(
        string traceId, Actor actor, IMediator mediator, CancellationToken cancellationToken, string? with = null) =>
        (await mediator.Send(new CompareTraces(traceId, with, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<Page<LogLine>>, ProblemHttpResult>> Logs(
        string traceId, Actor actor, IMediator mediator, CancellationToken cancellationToken, string? span = null, string? after = null, int take = 50) =>
        (await mediator.Send(new ListTraceLogs(traceId, span, actor, after, take), cancellationToken)).ToHttp();
}

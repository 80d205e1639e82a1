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
        traces.MapGet("/{traceId}", Show).WithSummary("Shows a trace: its spans as a tree, where the time went, its business objects");
    }

    private static async Task<Results<Ok<Page<TraceLine>>, ProblemHttpResult>> List(
        HttpRequest http, Actor actor, IMediator mediator, CancellationToken cancellationToken, string? after = null, int take = 50) =>
        (await mediator.Send(new FindTraces(TraceUri.Of(Address.Of(http.Query)), actor, after, take), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<TraceDetails>, ProblemHttpResult>> Show(
        string traceId, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ShowTrace(traceId, actor), cancellationToken)).ToHttp();
}

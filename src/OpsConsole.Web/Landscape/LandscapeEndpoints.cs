using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Landscape;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Landscape;

internal static class LandscapeEndpoints
{
    public static void MapLandscape(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/map", Show).WithTags("Map").WithSummary("Systems and what passes between them: rate, lag, what is held up and its worth").RequireAuthorization();

    private static async Task<Results<Ok<MapBody>, ProblemHttpResult>> Show(HttpRequest http, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        var asked = MapUri.Of(Address.Of(http.Query));
        return (await mediator.Send(new ShowMap(asked.Flow, asked.Unit, asked.Hours, actor), cancellationToken)).Match<Results<Ok<MapBody>, ProblemHttpResult>>(
            map => TypedResults.Ok(new MapBody(map.Systems, map.Roads, map.Since, map.Currency)), refusal => refusal.ToProblem());
    }

    internal sealed record MapBody(IReadOnlyList<SystemNode> Systems, IReadOnlyList<SystemRoad> Roads, DateTimeOffset Since, string Currency);
}

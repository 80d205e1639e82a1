using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Events;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Events;

internal static class ObjectsEndpoints
{
    public static void MapObjects(this IEndpointRouteBuilder app)
    {
        var objects = app.MapGroup("/api/v1/objects").WithTags("Objects").RequireAuthorization();

        objects.MapGet("/", List).WithSummary("Finds business objects by type, id, label or alias");
        objects.MapGet("/{type}/{**id}", Show).WithSummary("Shows a business object in each system's words");
    }

    private static async Task<Results<Ok<Page<ObjectLine>>, ProblemHttpResult>> List(
        HttpRequest http, Actor actor, IMediator mediator, CancellationToken cancellationToken, string? after = null, int take = 50) =>
        (await mediator.Send(new FindObjects(ObjectUri.Of(Address.Of(http.Query)), actor, after, take), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<ObjectDetails>, ProblemHttpResult>> Show(
        string type, string id, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ShowObject(type, ObjectUri.Id(id), actor), cancellationToken)).ToHttp();
}

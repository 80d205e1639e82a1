using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Cases;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Cases;

/// <summary>Worklists that people keep under a name.</summary>
internal static class ViewsEndpoints
{
    public static void MapViews(this IEndpointRouteBuilder cases)
    {
        cases.MapGet("/views", List).WithSummary("Lists the caller's own views and those that others share");

        var views = cases.MapGroup("/views").AddEndpointFilter<IdempotentAnswers>();
        views.MapPut("/{name}", Save).WithSummary("Keeps a worklist under a name");
        views.MapDelete("/{id:guid}", Delete).WithSummary("Forgets a view");
    }

    private static async Task<Results<Ok<ViewList>, ProblemHttpResult>> List(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListViews(actor), cancellationToken)).ToHttp();

    // The address is read as the page reads it, so that what is kept can be opened and names its unit.
    private static async Task<Results<Ok<ViewList>, ProblemHttpResult>> Save(string name, ViewBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        var filter = WorklistFilter.Of($"http://console{WorklistFilter.Path}?{(body.Address ?? "").TrimStart('?')}");
        var uri = filter.ToUri();
        var address = uri.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? uri[(at + 1)..] : "";
        return (await mediator.Send(new SaveView(name, address, filter.Unit, body.Shared, actor), cancellationToken)).ToHttp();
    }

    private static async Task<Results<Ok<ViewList>, ProblemHttpResult>> Delete(Guid id, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new DeleteView(id, actor), cancellationToken)).ToHttp();

    /// <param name="Address">The query of the worklist's address: <c>unit=EMEA&amp;q=type:tax</c>.</param>
    /// <param name="Shared">Others see it too.</param>
    internal sealed record ViewBody(string? Address, bool Shared);
}

using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Search;
using OpsConsole.Search.Differences;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Search;

internal static class SearchEndpoints
{
    public static void MapSearch(this IEndpointRouteBuilder app)
    {
        var search = app.MapGroup("/api/v1/search").WithTags("Search").RequireAuthorization();

        search.MapGet("/", Find).WithSummary("Searches spans, events, transactions and exceptions: ?q=&since=&until=&only=span");
        search.MapGet("/differences", Differences).WithSummary("What sets the spans or events of a search apart from others: ?q=&only=span&since=&until=&against=");
        search.MapGet("/suggestions", Suggest).WithSummary("Fields and values that the last word of a search could become");
    }

    private static async Task<Results<Ok<FactHits>, ProblemHttpResult>> Find(HttpRequest http, Actor actor, IMediator mediator, CancellationToken cancellationToken, int? take = null)
    {
        var request = SearchUri.Of(Address.Of(http.Query)).Request(actor);
        return (await mediator.Send(take is { } rows ? request with { Take = rows } : request, cancellationToken)).ToHttp();
    }

    private static async Task<Results<Ok<SelectionExplained>, ProblemHttpResult>> Differences(HttpRequest http, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(DifferencesUri.Of(Address.Of(http.Query)).Request(actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<SearchSuggestions>, ProblemHttpResult>> Suggest(Actor actor, IMediator mediator, CancellationToken cancellationToken, string q = "") =>
        (await mediator.Send(new SuggestSearch(q, actor), cancellationToken)).ToHttp();
}

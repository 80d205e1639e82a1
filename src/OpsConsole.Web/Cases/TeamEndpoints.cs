using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Cases;
using OpsConsole.Cases.Team;
using OpsConsole.Kpis;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Cases;

/// <summary>The people around an exception: watching, tags, tickets, who has it open, and one's own notices.</summary>
internal static class TeamEndpoints
{
    public static void MapTeam(this IEndpointRouteBuilder app)
    {
        var one = app.MapGroup("/api/v1/exceptions/{name}").WithTags("People").AddEndpointFilter<IdempotentAnswers>();
        one.MapGet("/team", (string name, Actor actor, IMediator mediator, CancellationToken token) => On(name, id => new ShowTeam(id, actor), actor, mediator, token))
            .WithSummary("Shows watchers, tags, tickets, a hand-over and the last fix").RequireAuthorization(nameof(Right.ReadCases));
        one.MapGet("/colleagues", (string name, Actor actor, IMediator mediator, CancellationToken token) => On(name, id => new ListColleagues(id, actor), actor, mediator, token))
            .WithSummary("Lists who may see it and can be named in a comment").RequireAuthorization(nameof(Right.ReadCases));
        one.MapPut("/watch", (string name, Actor actor, IMediator mediator, CancellationToken token) => On(name, id => new WatchCase(id, true, actor), actor, mediator, token))
            .WithSummary("Tells the caller what happens to it").RequireAuthorization(nameof(Right.ReadCases));
        one.MapDelete("/watch", (string name, Actor actor, IMediator mediator, CancellationToken token) => On(name, id => new WatchCase(id, false, actor), actor, mediator, token))
            .WithSummary("Tells the caller no longer").RequireAuthorization(nameof(Right.ReadCases));
        one.MapPut("/tags", (string name, TagsBody body, Actor actor, IMediator mediator, CancellationToken token) => On(name, id => new TagCase(id, body.Tags ?? [], actor), actor, mediator, token))
            .WithSummary("Sets its tags").RequireAuthorization(nameof(Right.WorkCases));
        one.MapPost("/tickets", (string name, TicketBody body, Actor actor, IMediator mediator, CancellationToken token) => On(name, id => new LinkTicket(id, body.Url ?? "", body.Title ?? "", actor), actor, mediator, token))
            .WithSummary("Links it with a ticket; https only").RequireAuthorization(nameof(Right.WorkCases));
        one.MapDelete("/tickets/{ticket:guid}", (string name, Guid ticket, Actor actor, IMediator mediator, CancellationToken token) => On(name, id => new UnlinkTicket(id, ticket, actor), actor, mediator, token))
            .WithSummary("Takes the link away").RequireAuthorization(nameof(Right.WorkCases));

        app.MapGet("/api/v1/dismissals", Dismissed).WithTags("Board").WithSummary("Counts what was ended without a repair, by reason").RequireAuthorization(nameof(Right.ReadBoard));
        app.MapGet("/api/v1/snoozed", Snoozed).WithTags("Exceptions").WithSummary("Counts and sums what is laid aside").RequireAuthorization(nameof(Right.ReadCases));
    }

    private static async Task<Results<Ok<T>, ProblemHttpResult>> On<T>(
        string name, Func<Guid, IRequest<Outcome<T>>> ask, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new FindCase(name, actor), cancellationToken);
        return found.Value is { } @case ? (await mediator.Send(ask(@case.Id), cancellationToken)).ToHttp() : found.Refusal!.ToProblem();
    }

    private static async Task<Results<Ok<Dismissals>, ProblemHttpResult>> Dismissed(string? unit, string? period, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new CountDismissals(unit, period, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<SnoozedSum>, ProblemHttpResult>> Snoozed(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SnoozedTotal(actor), cancellationToken)).ToHttp();

    internal sealed record TagsBody(IReadOnlyList<string>? Tags);

    internal sealed record TicketBody(string? Url, string? Title);
}

using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Routing;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Routing;

/// <summary>The rule book. A change takes effect at once.</summary>
internal static class RoutingEndpoints
{
    public static void MapRouting(this IEndpointRouteBuilder app)
    {
        var rules = app.MapGroup("/api/v1/rules").WithTags("Routing").AddEndpointFilter<IdempotentAnswers>();

        rules.MapGet("/", List).WithSummary("Lists the routing rules in order, and the queues").RequireAuthorization(nameof(Right.ReadCases));
        rules.MapPost("/", Add).WithSummary("Adds a rule at the end").RequireAuthorization(nameof(Right.ManageRules));
        rules.MapPut("/{id:guid}", Change).WithSummary("Changes a rule").RequireAuthorization(nameof(Right.ManageRules));
        rules.MapDelete("/{id:guid}", Delete).WithSummary("Takes a rule out").RequireAuthorization(nameof(Right.ManageRules));
        rules.MapPost("/{id:guid}/move", Move).WithSummary("Puts a rule at another place").RequireAuthorization(nameof(Right.ManageRules));
    }

    private static async Task<Results<Ok<RuleBook>, ProblemHttpResult>> List(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListRules(actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<RuleSaved>, ProblemHttpResult>> Add(RuleBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SaveRule(null, body, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<RuleSaved>, ProblemHttpResult>> Change(Guid id, RuleBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SaveRule(id, body, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<RuleSaved>, ProblemHttpResult>> Delete(Guid id, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new DeleteRule(id, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<RuleSaved>, ProblemHttpResult>> Move(Guid id, MoveBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new MoveRule(id, body.To, actor), cancellationToken)).ToHttp();

    internal sealed record MoveBody(int To);
}

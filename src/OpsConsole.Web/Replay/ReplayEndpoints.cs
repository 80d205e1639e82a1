using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Replay;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Replay;

/// <summary>The registered places that replays go to, and bulks of replays.</summary>
internal static class ReplayEndpoints
{
    public static IServiceCollection AddReplaySecrets(this IServiceCollection services) => services.AddSingleton<ISecretBox, ProtectedSecrets>();

    public static void MapReplay(this IEndpointRouteBuilder app)
    {
        var targets = app.MapGroup("/api/v1/targets").WithTags("Targets").AddEndpointFilter<IdempotentAnswers>();

        targets.MapGet("/", List).WithSummary("Lists the registered targets").RequireAuthorization(nameof(Right.ReadCases));
        targets.MapPut("/{name}", Save).WithSummary("Registers a target or changes it; http and https only").RequireAuthorization(nameof(Right.ManageRules));
        app.MapBulks();
    }

    private static async Task<Results<Ok<Listed<TargetRow>>, ProblemHttpResult>> List(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListTargets(actor), cancellationToken)).Match<Results<Ok<Listed<TargetRow>>, ProblemHttpResult>>(
            list => TypedResults.Ok(new Listed<TargetRow>(list.Items, list.Items.Count, null)), refusal => refusal.ToProblem());

    private static async Task<Results<Ok<TargetRow>, ProblemHttpResult>> Save(string name, TargetBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SaveTarget(name, body, actor), cancellationToken)).ToHttp();
}

using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Cases;
using OpsConsole.Routing;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Routing;

/// <summary>Clocks of exceptions, levels of escalation and recovery objectives.</summary>
internal static class SlaEndpoints
{
    public static void MapSla(this IEndpointRouteBuilder app)
    {
        var sla = app.MapGroup("/api/v1/sla").WithTags("SLA").AddEndpointFilter<IdempotentAnswers>();
        sla.MapGet("/objectives", Objectives).WithSummary("Each flow's recovery objective and how it was kept").RequireAuthorization(nameof(Right.ReadCases));
        sla.MapPut("/objectives/{flow}", SetObjective).WithSummary("Sets a flow's recovery objective").RequireAuthorization(nameof(Right.ManageRules));
        sla.MapGet("/objectives/{flow}/exceptions", Cases).WithSummary("The exceptions behind a number of an objective: show=recovered, missed, running").RequireAuthorization(nameof(Right.ReadCases));
        sla.MapGet("/levels", Levels).WithSummary("Lists the levels of escalation").RequireAuthorization(nameof(Right.ReadCases));
        sla.MapPost("/levels", AddLevel).WithSummary("Adds a level of escalation").RequireAuthorization(nameof(Right.ManageRules));
        sla.MapPut("/levels/{id:guid}", ChangeLevel).WithSummary("Changes a level of escalation").RequireAuthorization(nameof(Right.ManageRules));
        sla.MapDelete("/levels/{id:guid}", DeleteLevel).WithSummary("Takes a level of escalation away").RequireAuthorization(nameof(Right.ManageRules));

        var clocks = app.MapGroup("/api/v1/exceptions/{name}").WithTags("SLA").AddEndpointFilter<IdempotentAnswers>();
        clocks.MapGet("/sla", Clock).WithSummary("Shows an exception's clock").RequireAuthorization(nameof(Right.ReadCases));
        clocks.MapPost("/pause", Pause).WithSummary("Lets its clock stand still, with a reason and a limit").RequireAuthorization(nameof(Right.WorkCases));
        clocks.MapPost("/resume", Resume).WithSummary("Lets its clock run on").RequireAuthorization(nameof(Right.WorkCases));
    }

    private static async Task<Results<Ok<ObjectiveList>, ProblemHttpResult>> Objectives(int? days, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListObjectives(days ?? 30, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<ObjectiveList>, ProblemHttpResult>> SetObjective(string flow, ObjectiveBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SetObjective(flow, body.Hours, body.Share, body.Calendar, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<ObjectiveCaseList>, ProblemHttpResult>> Cases(string flow, string show, int? days, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ObjectiveCases(flow, show, days ?? 30, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<LevelList>, ProblemHttpResult>> Levels(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListLevels(actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<LevelList>, ProblemHttpResult>> AddLevel(LevelBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SaveLevel(null, body, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<LevelList>, ProblemHttpResult>> ChangeLevel(Guid id, LevelBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SaveLevel(id, body, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<LevelList>, ProblemHttpResult>> DeleteLevel(Guid id, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new DeleteLevel(id, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<SlaView>, ProblemHttpResult>> Clock(string name, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new FindCase(name, actor), cancellationToken);
        return found.Value is { } @case ? (await mediator.Send(new ShowSla(@case.Id, actor), cancellationToken)).ToHttp() : found.Refusal!.ToProblem();
    }

    private static Task<Results<Ok<SlaView>, ProblemHttpResult>> Pause(string name, PauseBody body, HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        Step(name, http, actor, mediator, (id, seen) => new PauseCase(id, seen, body.Hours, body.Reason ?? "", actor), cancellationToken);

    private static Task<Results<Ok<SlaView>, ProblemHttpResult>> Resume(string name, ResumeBody? body, HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        Step(name, http, actor, mediator, (id, seen) => new ResumeCase(id, seen, body?.Reason ?? "", actor), cancellationToken);

    private static async Task<Results<Ok<SlaView>, ProblemHttpResult>> Step(
        string name, HttpContext http, Actor actor, IMediator mediator, Func<Guid, int?, IRequest<Outcome<CaseStep>>> step, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new FindCase(name, actor), cancellationToken);
        var seen = http.IfMatch();
        if (found.Value is not { } @case || seen.Value is null)
        {
            return (found.Refusal ?? seen.Refusal!).ToProblem();
        }

        var done = await mediator.Send(step(@case.Id, seen.Value.Version), cancellationToken);
        return done.Refusal is { } refusal ? refusal.ToProblem() : (await mediator.Send(new ShowSla(@case.Id, actor), cancellationToken)).ToHttp();
    }

    internal sealed record ObjectiveBody(double Hours, double Share, string? Calendar);

    /// <param name="Hours">On the exception's own clock.</param>
    /// <param name="Reason">What is waited for.</param>
    internal sealed record PauseBody(double Hours, string? Reason);

    internal sealed record ResumeBody(string? Reason);
}

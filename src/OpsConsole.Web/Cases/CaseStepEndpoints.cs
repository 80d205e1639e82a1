using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Cases;
using OpsConsole.Replay;
using OpsConsole.Web.Shell;
using StepAnswer = Microsoft.AspNetCore.Http.HttpResults.Results<Microsoft.AspNetCore.Http.HttpResults.Ok<OpsConsole.Web.Cases.StepBody>, Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace OpsConsole.Web.Cases;

/// <summary>What can be done to an exception. <c>If-Match</c> names the version that the caller saw: an old one is refused (412), a wrong moment is told (409).</summary>
internal static class CaseStepEndpoints
{
    public static void MapCaseSteps(this IEndpointRouteBuilder app)
    {
        var steps = app.MapGroup("/exceptions/{name}").AddEndpointFilter<IdempotentAnswers>();

        steps.MapPost("/claim", Plain((id, version, reason, actor) => new ClaimCase(id, version, reason, actor))).WithSummary("Takes an open exception").Needs(Right.WorkCases);
        steps.MapPost("/release", Plain((id, version, reason, actor) => new ReleaseCase(id, version, reason, actor))).WithSummary("Gives it back to its queue").Needs(Right.WorkCases);
        steps.MapPost("/submit", Submit).WithSummary("Asks a second person to approve the replay").Needs(Right.WorkCases);
        steps.MapPost("/approve", Plain((id, version, reason, actor) => new ApproveCase(id, version, reason, actor))).WithSummary("Lets the replay go; never by a key, never by who prepared it").Needs(Right.ReadCases);
        steps.MapPost("/reject", Plain((id, version, reason, actor) => new RejectCase(id, version, reason, actor))).WithSummary("Gives it back to who prepared it").Needs(Right.ReadCases);
        steps.MapPost("/replay", Plain((id, version, reason, actor) => new ReplayCase(id, version, reason, actor))).WithSummary("Sends it again, below the amount that needs four eyes").Needs(Right.WorkCases);
        steps.MapPost("/take-back", Plain((id, version, reason, actor) => new TakeBackCase(id, version, reason, actor))).WithSummary("Takes the request for approval back").Needs(Right.WorkCases);
        steps.MapPost("/cancel", Plain((id, version, reason, actor) => new CancelReplay(id, version, reason, actor))).WithSummary("Takes a parked replay back").Needs(Right.WorkCases);
        steps.MapPost("/prove", Plain((id, version, _, actor) => new ProveCase(id, version, actor))).WithSummary("Asks the target, and resolves it when it is there just as it would be sent").Needs(Right.WorkCases);
        steps.MapPost("/reopen", Plain((id, version, reason, actor) => new ReopenCase(id, version, reason, actor))).WithSummary("Opens an ended exception again").Needs(Right.WorkCases);
        steps.MapPost("/assign", Assign).WithSummary("Gives it to somebody").Needs(Right.AssignCases);
        steps.MapPost("/hand-over", HandOver).WithSummary("Its holder gives it to a colleague, with a note").Needs(Right.WorkCases);
        steps.MapPost("/comment", Comment).WithSummary("Adds a sentence to the history").Needs(Right.ReadCases);
        steps.MapPost("/repair", Repair).WithSummary("Keeps a repaired payload as a new version").Needs(Right.WorkCases);
        steps.MapPost("/dry-run", DryRun).WithSummary("Says what a replay would do at the target; writes nothing").Needs(Right.ReadCases);
        steps.MapPost("/snooze", Snooze).WithSummary("Lays it aside until a moment, an amount or the close of the month").Needs(Right.WorkCases);
        steps.MapPost("/dismiss", Dismiss).WithSummary("Ends it without a repair, with a reason").Needs(Right.WorkCases);
    }

    private static void Needs(this RouteHandlerBuilder route, Right right) => route.RequireAuthorization(right.ToString());

    // These steps differ only in their request.
    private static Func<string, ReasonBody?, HttpContext, Actor, IMediator, CancellationToken, Task<StepAnswer>> Plain(
        Func<Guid, int?, string, Actor, IRequest<Outcome<CaseStep>>> ask) =>
        (string name, ReasonBody? body, HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
            Step(name, http, actor, mediator, (id, version) => ask(id, version, body?.Reason ?? "", actor), cancellationToken);

    private static Task<StepAnswer> Assign(string name, AssignBody body, HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        Step(name, http, actor, mediator, (id, version) => new AssignCase(id, version, body.PersonId ?? "", body.Reason ?? "", actor), cancellationToken);

    private static Task<StepAnswer> HandOver(string name, HandOverBody body, HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        Step(name, http, actor, mediator, (id, version) => new HandOverCase(id, version, body.PersonId ?? "", body.Note ?? "", actor), cancellationToken);

    private static Task<StepAnswer> Submit(string name, SubmitBody? body, HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        Step(name, http, actor, mediator, (id, version) => new SubmitCase(id, version, body?.Reason ?? "", actor) { AskedOf = body?.AskedOf }, cancellationToken);

    private static Task<StepAnswer> Comment(string name, CommentBody body, HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        Step(name, http, actor, mediator, (id, _) => new CommentCase(id, body.Text ?? "", actor), cancellationToken);

    private static Task<StepAnswer> Repair(string name, RepairBody body, HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        Step(name, http, actor, mediator, (id, version) => new RepairPayload(id, version, Text(body.Payload) ?? "", body.Note ?? "", actor)
        {
            Reason = body.Reason, Raw = body.Raw, Edits = body.Edits(),
        }, cancellationToken);

    private static Task<StepAnswer> Snooze(string name, SnoozeBody body, HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        Step(name, http, actor, mediator, (id, version) => new SnoozeCase(id, version, body.Until, body.Reason ?? "", actor) { Amount = body.Amount, AtClose = body.Close }, cancellationToken);

    private static Task<StepAnswer> Dismiss(string name, DismissBody body, HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        Step(name, http, actor, mediator, (id, version) => new DismissCase(id, version, body.Code ?? "", body.Text ?? "", actor), cancellationToken);

    private static async Task<Results<Ok<DryRunResult>, ProblemHttpResult>> DryRun(
        string name, DryRunBody? body, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new FindCase(name, actor), cancellationToken);
        return found.Value is { } @case
            ? (await mediator.Send(new DryRun(@case.Id, body?.Payload is { } payload ? Text(payload) : null, actor), cancellationToken)).ToHttp()
            : found.Refusal!.ToProblem();
    }

    private static async Task<StepAnswer> Step(
        string name, HttpContext http, Actor actor, IMediator mediator, Func<Guid, int?, IRequest<Outcome<CaseStep>>> ask, CancellationToken cancellationToken)
    {
        var seen = http.IfMatch();
        if (seen.Value is not { } version)
        {
            return seen.Refusal!.ToProblem();
        }

        var found = await mediator.Send(new FindCase(name, actor), cancellationToken);
        if (found.Value is not { } @case)
        {
            return found.Refusal!.ToProblem();
        }

        var made = await mediator.Send(ask(@case.Id, version.Version), cancellationToken);
        if (made.Value is not { } step)
        {
            return made.Refusal!.ToProblem();
        }

        http.SetETag(step.Version);
        return TypedResults.Ok(StepBody.Of(step));
    }

    // A text is the message itself, as editors send it; anything else is its own JSON.
    private static string? Text(JsonElement payload) => payload.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => payload.GetString(),
        _ => payload.GetRawText(),
    };
}

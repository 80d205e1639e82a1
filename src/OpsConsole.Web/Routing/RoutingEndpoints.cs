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

        rules.MapGet("/draft", Draft).WithSummary("Shows the caller's draft of the book, and how it differs").RequireAuthorization(nameof(Right.ManageRules));
        rules.MapPut("/draft", SetDraft).WithSummary("Writes the caller's draft; it decides nothing").RequireAuthorization(nameof(Right.ManageRules));
        rules.MapDelete("/draft", DropDraft).WithSummary("Throws the caller's draft away").RequireAuthorization(nameof(Right.ManageRules));
        rules.MapGet("/draft/what-if", WhatIf).WithSummary("Runs the draft over the exceptions of the last days, beside the book in force").RequireAuthorization(nameof(Right.ManageRules));
        rules.MapGet("/draft/what-if/rows", Rows).WithSummary("The exceptions behind one number of a what-if").RequireAuthorization(nameof(Right.ManageRules));
        rules.MapPost("/draft/publish", Publish).WithSummary("Puts the draft in force under the next version").RequireAuthorization(nameof(Right.ManageRules));
        rules.MapGet("/versions", Versions).WithSummary("What was published, latest first").RequireAuthorization(nameof(Right.ReadCases));
        rules.MapPost("/versions/{version:int}/take-back", Back).WithSummary("Brings an earlier version in force again").RequireAuthorization(nameof(Right.ManageRules));
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

    private static async Task<Results<Ok<DraftView>, ProblemHttpResult>> Draft(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ShowDraft(actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<DraftView>, ProblemHttpResult>> SetDraft(DraftBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SetDraft([.. (body.Rules ?? []).Select(rule => new BookRule(rule.Id ?? Guid.CreateVersion7(), rule.Rule))], actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<DraftView>, ProblemHttpResult>> DropDraft(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new DropDraft(actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<WhatIfReport>, ProblemHttpResult>> WhatIf(int? days, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new WhatIf(days ?? 14, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<WhatIfList>, ProblemHttpResult>> Rows(int? days, string of, string? after, int? take, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new WhatIfRows(days ?? 14, of, after, take ?? 50, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<BookPublished>, ProblemHttpResult>> Publish(PublishBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new PublishDraft(body.Over, body.Note ?? "", actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<BookVersionList>, ProblemHttpResult>> Versions(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListBookVersions(actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<BookPublished>, ProblemHttpResult>> Back(int version, PublishBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new TakeBack(version, body.Over, body.Note ?? "", actor), cancellationToken)).ToHttp();

    internal sealed record MoveBody(int To);

    internal sealed record DraftBody(IReadOnlyList<DraftRule>? Rules);

    /// <param name="Id">Of a rule that is known; absent: a new one.</param>
    internal sealed record DraftRule(Guid? Id, RuleBody Rule);

    /// <param name="Over">The version in force that the caller saw.</param>
    /// <param name="Note">Why.</param>
    internal sealed record PublishBody(int Over, string? Note);
}

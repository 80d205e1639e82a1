using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Approvals;
using OpsConsole.Replay;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Approvals;

/// <summary>What waits for a second person, and the rules that say when one is needed. Deciding is a step of the exception.</summary>
internal static class ApprovalsEndpoints
{
    public static void MapApprovals(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/approvals", List).WithTags("Approvals").WithSummary("Lists what waits for a second person").RequireAuthorization(nameof(Right.ReadCases));

        var rules = app.MapGroup("/api/v1/four-eyes-rules").WithTags("Approvals").AddEndpointFilter<IdempotentAnswers>();
        rules.MapGet("/", Rules).WithSummary("Lists the four-eyes rules with their versions").RequireAuthorization(nameof(Right.ReadCases));
        rules.MapPost("/", Add).WithSummary("Adds a four-eyes rule").RequireAuthorization(nameof(Right.ManageRules));
        rules.MapPut("/{id:guid}", Change).WithSummary("Gives a four-eyes rule a new version").RequireAuthorization(nameof(Right.ManageRules));
        rules.MapDelete("/{id:guid}", Retire).WithSummary("Takes a four-eyes rule out of force").RequireAuthorization(nameof(Right.ManageRules));
    }

    private static async Task<Results<Ok<ApprovalListBody>, ProblemHttpResult>> List(int? take, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListApprovals(take ?? 50, actor), cancellationToken)).Match<Results<Ok<ApprovalListBody>, ProblemHttpResult>>(
            list => TypedResults.Ok(new ApprovalListBody([.. list.Items.Select(ApprovalBody.Of)], list.Total, list.Mine, new SumBody(list.AtRisk, list.Currency, 0), list.Bulks)), refusal => refusal.ToProblem());

    private static async Task<Results<Ok<FourEyesRules>, ProblemHttpResult>> Rules(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListFourEyesRules(actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<FourEyesSaved>, ProblemHttpResult>> Add(FourEyesBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SaveFourEyesRule(null, null, body, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<FourEyesSaved>, ProblemHttpResult>> Change(
        Guid id, FourEyesBody body, HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        var seen = http.IfMatch();
        return seen.Value is { } version ? (await mediator.Send(new SaveFourEyesRule(id, version.Version, body, actor), cancellationToken)).ToHttp() : seen.Refusal!.ToProblem();
    }

    private static async Task<Results<Ok<FourEyesSaved>, ProblemHttpResult>> Retire(Guid id, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new RetireFourEyesRule(id, actor), cancellationToken)).ToHttp();

    /// <param name="Mine">How many of them the caller may decide.</param>
    internal sealed record ApprovalListBody(IReadOnlyList<ApprovalBody> Items, int Total, int Mine, SumBody AtRisk, IReadOnlyList<BulkApproval> Bulks);

    /// <param name="WhyNot">Why the caller cannot decide; absent: they can.</param>
    internal sealed record ApprovalBody(ExceptionBody Exception, string PreparedBy, DateTimeOffset? AskedAt, string Asked, string? WhyNot)
    {
        public static ApprovalBody Of(ApprovalRow row) => new(ExceptionBody.Of(row.Case), row.PreparedBy, row.AskedAt, row.Asked, row.WhyNot);
    }
}

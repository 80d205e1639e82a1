using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Audit;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Audit;

/// <summary>Who did what, and whether the record of it is whole.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        var audit = app.MapGroup("/api/v1/audit").WithTags("Audit").RequireAuthorization(nameof(Right.ReadAudit));

        audit.MapGet("/", List).WithSummary("Lists who did what, latest first: ?by=, ?action= and ?subject= narrow it");
        audit.MapGet("/verify", Verify).WithSummary("Goes along the whole chain and names the first entry that is not as it was written");
    }

    private static async Task<Results<Ok<Listed<AuditRow>>, ProblemHttpResult>> List(
        string? by, string? action, string? subject, Guid? after, int? take, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListAudit(new AuditFilter(by, action, subject), after, take ?? 100, actor), cancellationToken)).Match<Results<Ok<Listed<AuditRow>>, ProblemHttpResult>>(
            rows => TypedResults.Ok(new Listed<AuditRow>(rows.Items, rows.Total, rows.Next?.ToString())), refusal => refusal.ToProblem());

    private static async Task<Results<Ok<ChainVerdict>, ProblemHttpResult>> Verify(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new VerifyAudit(actor), cancellationToken)).ToHttp();
}

using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Audit;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Audit;

/// <summary>Who did what, and whether the record of it is whole.</summary>
internal static class AuditEndpoints
{
    private const string Ndjson = "application/x-ndjson";

    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        var audit = app.MapGroup("/api/v1/audit").WithTags("Audit").RequireAuthorization(nameof(Right.ReadAudit));

        audit.MapGet("/", List).WithSummary("Lists who did what, latest first: ?by=, ?action= and ?subject= narrow it");
        audit.MapGet("/verify", Verify).WithSummary("Goes along the whole chain and names the first entry that is not as it was written");
        audit.MapGet("/chain", Chain).WithSummary("Says how far the chain is, its latest anchors with their deliveries, and the public keys");
        audit.MapGet("/export", Export).RequireRateLimiting(Limits.Exports).Produces<string>(contentType: Ndjson)
            .WithSummary("All of it, or what was sealed from ?from= until ?until=, as NDJSON that OpsConsole.Web.dll verify-audit verifies without a database");
        app.MapGet("/audit/export.ndjson", Export).RequireRateLimiting(Limits.Exports).RequireAuthorization(nameof(Right.ReadAudit)).ExcludeFromDescription();
    }

    private static async Task<Results<Ok<ChainView>, ProblemHttpResult>> Chain(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ShowChain(actor), cancellationToken)).ToHttp();

    private static async Task<IResult> Export(DateTimeOffset? from, DateTimeOffset? until, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        var asked = await mediator.Send(new ExportAudit(from, until, actor), cancellationToken);
        return asked.Value is { } export ? Results.Stream(body => Write(body, export.Lines, cancellationToken), Ndjson, export.Name) : asked.Refusal!.ToProblem();
    }

    private static async Task Write(Stream body, IAsyncEnumerable<string> lines, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(body, leaveOpen: true) { NewLine = "\n" };
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            await text.WriteLineAsync(line.AsMemory(), cancellationToken);
        }
    }

    private static async Task<Results<Ok<Listed<AuditRow>>, ProblemHttpResult>> List(
        string? by, string? action, string? subject, Guid? after, int? take, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListAudit(new AuditFilter(by, action, subject), after, take ?? 100, actor), cancellationToken)).Match<Results<Ok<Listed<AuditRow>>, ProblemHttpResult>>(
            rows => TypedResults.Ok(new Listed<AuditRow>(rows.Items, rows.Total, rows.Next?.ToString())), refusal => refusal.ToProblem());

    private static async Task<Results<Ok<ChainVerdict>, ProblemHttpResult>> Verify(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new VerifyAudit(actor), cancellationToken)).ToHttp();
}

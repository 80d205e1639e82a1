using Microsoft.AspNetCore.Mvc;
using OpsConsole.Evidence;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Evidence;

/// <summary>Evidence packs, for pages and for programs: a zip that <c>OpsConsole.Web.dll verify-audit</c> verifies.</summary>
internal static class EvidenceEndpoints
{
    public static void MapEvidence(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/exceptions/{name}/evidence", OfCase).WithTags("Exceptions").RequireRateLimiting(Limits.Exports).Produces<byte[]>(contentType: "application/zip")
            .WithSummary("All that is known of one exception as a zip that is verified without the console").RequireAuthorization(nameof(Right.ReadCases));
        app.MapGet("/api/v1/closes/{unit}/evidence", OfClose).WithTags("Close").RequireRateLimiting(Limits.Exports).Produces<byte[]>(contentType: "application/zip")
            .WithSummary("All that is known of a unit's close as a zip that is verified without the console (period, legal-entity)").RequireAuthorization(nameof(Right.ReadBoard));
        app.MapGet("/exceptions/{name}/evidence.zip", OfCase).RequireRateLimiting(Limits.Exports).RequireAuthorization(nameof(Right.ReadCases)).ExcludeFromDescription();
        app.MapGet("/close/{unit}/evidence.zip", OfClose).RequireRateLimiting(Limits.Exports).RequireAuthorization(nameof(Right.ReadBoard)).ExcludeFromDescription();
    }

    private static async Task<IResult> OfCase(string name, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        File(await mediator.Send(new PackCase(name, actor), cancellationToken));

    private static async Task<IResult> OfClose(
        string unit, string? period, [FromQuery(Name = "legal-entity")] string? legalEntity, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        File(await mediator.Send(new PackClose(period, unit, legalEntity, actor), cancellationToken));

    private static IResult File(Outcome<EvidencePack> packed) =>
        packed.Value is { } pack ? Results.File(pack.Content, "application/zip", pack.Name) : packed.Refusal!.ToProblem();
}

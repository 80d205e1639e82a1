using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OpsConsole.Close;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Close;

/// <summary>What stands in the way of closes, for programs; and a person's word that a period is closed.</summary>
internal static class CloseEndpoints
{
    public static void MapCloses(this IEndpointRouteBuilder app)
    {
        var closes = app.MapGroup("/api/v1/closes").WithTags("Close").AddEndpointFilter<IdempotentAnswers>();
        closes.MapGet("/", List).WithSummary("Lists what is in the way of a period's close, by unit and legal entity (period=2026-11)").RequireAuthorization(nameof(Right.ReadBoard));
        closes.MapGet("/{unit}", Show).WithSummary("Shows one close: what is in the way, hours left, forecast, sign-offs (period, legal-entity)").RequireAuthorization(nameof(Right.ReadBoard));
        closes.MapPost("/{unit}/sign-offs", Sign).WithSummary("Signs a close off: {\"period\": \"2026-11\", \"legalEntity\": null, \"seen\": 0, \"note\": \"\"}").RequireAuthorization(nameof(Right.SignClose));
    }

    private static async Task<Results<Ok<CloseList>, ProblemHttpResult>> List(string? period, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListCloses(period, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<CloseView>, ProblemHttpResult>> Show(
        string unit, string? period, [FromQuery(Name = "legal-entity")] string? legalEntity, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ShowClose(period, unit, legalEntity, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<SignOff>, ProblemHttpResult>> Sign(string unit, SignOffBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SignClose(body.Period, unit, body.LegalEntity, body.Seen, body.Note ?? "", actor), cancellationToken)).ToHttp();

    /// <param name="Period">A month that is over.</param>
    /// <param name="LegalEntity">Nothing: all of the unit's.</param>
    /// <param name="Seen">The number of the latest sign-off that the caller saw; 0: none.</param>
    /// <param name="Note">Needed while something is in the way.</param>
    internal sealed record SignOffBody(string Period, string? LegalEntity = null, int Seen = 0, string? Note = null);
}

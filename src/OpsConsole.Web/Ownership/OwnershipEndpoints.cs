using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Ownership;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Ownership;

/// <summary>Which system's word counts: a matrix of entity, attribute and unit, where <c>*</c> stands for all and the closest cell counts.</summary>
internal static class OwnershipEndpoints
{
    public static void MapOwnership(this IEndpointRouteBuilder app)
    {
        var matrix = app.MapGroup("/api/v1/ownership").WithTags("Ownership").RequireAuthorization(nameof(Right.ReadCases));

        matrix.MapGet("", List).WithSummary("Lists the cells of the matrix, now or as it stood at a moment");
        matrix.MapPut("", Set).WithSummary("Sets cells, all of them or none; a cell without an owner says nothing any more").RequireAuthorization(nameof(Right.ManageRules));
        matrix.MapGet("/owner", Owner).WithSummary("Says who owns an attribute of an entity in a unit, and by which cell");
        matrix.MapGet("/history", History).WithSummary("Lists all that one cell has said, latest first");
    }

    private static async Task<Results<Ok<Listed<OwnershipCell>>, ProblemHttpResult>> List(
        string? entity, DateTimeOffset? asOf, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        Listing(await mediator.Send(new ListOwnership(entity, asOf, actor), cancellationToken));

    private static async Task<Results<Ok<Listed<OwnershipCell>>, ProblemHttpResult>> Set(MatrixBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        Listing(await mediator.Send(new SetOwnership(body.Cells ?? [], actor), cancellationToken));

    private static async Task<Results<Ok<FoundOwner>, ProblemHttpResult>> Owner(
        string entity, string attribute, string? unit, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new FindOwner(entity, attribute, unit ?? OwnershipRule.Any, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<Listed<OwnershipCell>>, ProblemHttpResult>> History(
        string entity, string attribute, string? unit, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        Listing(await mediator.Send(new ShowCell(entity, attribute, unit ?? OwnershipRule.Any, actor), cancellationToken));

    private static Results<Ok<Listed<OwnershipCell>>, ProblemHttpResult> Listing(Outcome<IReadOnlyList<OwnershipCell>> answer) =>
        answer.Match<Results<Ok<Listed<OwnershipCell>>, ProblemHttpResult>>(
            cells => TypedResults.Ok(new Listed<OwnershipCell>(cells, cells.Count, null)), refusal => refusal.ToProblem());

    /// <param name="Cells">Each with entity, attribute, unit (all when absent) and owner.</param>
    internal sealed record MatrixBody(IReadOnlyList<OwnershipSet>? Cells);
}

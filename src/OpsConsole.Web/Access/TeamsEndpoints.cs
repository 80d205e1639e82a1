using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Access;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Access;

/// <summary>Teams: who works which queues.</summary>
internal static class TeamsEndpoints
{
    public static void MapTeams(this IEndpointRouteBuilder app)
    {
        var teams = app.MapGroup("/api/v1/teams").WithTags("Teams").AddEndpointFilter<IdempotentAnswers>();

        teams.MapGet("/", List).WithSummary("Lists the teams").RequireAuthorization(nameof(Right.ReadCases));
        teams.MapPut("/{code}", Save).WithSummary("Makes or changes a team").RequireAuthorization(nameof(Right.ManageAccess));
        teams.MapDelete("/{code}", Delete).WithSummary("Takes a team away").RequireAuthorization(nameof(Right.ManageAccess));
    }

    private static async Task<Results<Ok<TeamList>, ProblemHttpResult>> List(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListTeams(actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<TeamList>, ProblemHttpResult>> Save(string code, TeamBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SaveTeam(code, body.Label ?? code, body.Queues ?? [], body.Members ?? [], body.Seen, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<TeamList>, ProblemHttpResult>> Delete(string code, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new DeleteTeam(code, actor), cancellationToken)).ToHttp();

    /// <param name="Queues">Codes of queues.</param>
    /// <param name="Members">Ids of people.</param>
    /// <param name="Seen">The team's <c>seen</c> as it was read; absent for a new one.</param>
    internal sealed record TeamBody(string? Label, IReadOnlyList<string>? Queues, IReadOnlyList<string>? Members, DateTimeOffset? Seen);
}

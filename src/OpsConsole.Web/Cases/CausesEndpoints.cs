using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Cases;
using OpsConsole.Cases.Differences;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Cases;

/// <summary>Causes: the list, what sets one apart from what succeeds, merging, splitting, and taking that back.</summary>
internal static class CausesEndpoints
{
    public static void MapCauses(this IEndpointRouteBuilder cases)
    {
        cases.MapGet("/causes", List).WithSummary("Lists the causes of what has not ended");
        cases.MapGet("/causes/moves", Moves).WithSummary("Lists what was merged and split");
        cases.MapGet("/causes/{fingerprint}/differences", Explain).WithSummary("Says which fields set a cause's exceptions apart from healthy objects of the same kind");

        var changes = cases.MapGroup("/causes").AddEndpointFilter<IdempotentAnswers>();
        changes.MapPost("/merge", Merge).WithSummary("Makes causes one").RequireAuthorization(nameof(Right.AssignCases));
        changes.MapPost("/split", Split).WithSummary("Makes a part of a cause one of its own").RequireAuthorization(nameof(Right.AssignCases));
        changes.MapPost("/moves/{id:guid}/undo", Undo).WithSummary("Takes a merge or a split back").RequireAuthorization(nameof(Right.AssignCases));
        changes.MapPost("/{fingerprint}/act", Act).WithSummary("Takes one step on every open exception of a cause, and says of each what came of it").RequireAuthorization(nameof(Right.WorkCases));
    }

    private static async Task<Results<Ok<Listed<CauseRow>>, ProblemHttpResult>> List(
        string? unit, string? queue, string? q, int? take, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListCauses(unit, queue, take ?? 50, actor) { Query = q }, cancellationToken)).Match<Results<Ok<Listed<CauseRow>>, ProblemHttpResult>>(
            list => TypedResults.Ok(new Listed<CauseRow>(list.Items, list.Total, null)), refusal => refusal.ToProblem());

    private static async Task<Results<Ok<CauseMoveList>, ProblemHttpResult>> Moves(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListCauseMoves(actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<CauseExplained>, ProblemHttpResult>> Explain(string fingerprint, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ExplainCause(fingerprint, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<CausesMoved>, ProblemHttpResult>> Merge(MergeBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new MergeCauses(body.From ?? [], body.Into ?? "", body.Reason ?? "", actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<CausesMoved>, ProblemHttpResult>> Split(SplitBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        body.Part is { } part
            ? (await mediator.Send(new SplitCause(body.From ?? "", part, body.Value ?? "", body.Name, body.Reason ?? "", actor), cancellationToken)).ToHttp()
            : Refusal.Invalid("part", "must be one of unit, legal-entity, region, system, operation, error-code, error-attribute, object-id").ToProblem();

    private static async Task<Results<Ok<CausesMoved>, ProblemHttpResult>> Undo(Guid id, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new UndoCauseMove(id, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<CauseActedBody>, ProblemHttpResult>> Act(
        string fingerprint, ActBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        if (body.Action is not { } action)
        {
            return Refusal.Invalid("action", "must be claim, release, assign, snooze or dismiss").ToProblem();
        }

        var done = new List<ActedItemBody>();
        var filter = new CaseFilter { States = [.. CaseFlow.Unended], Fingerprint = fingerprint };
        string? after = null;
        do
        {
            var page = await mediator.Send(new ListCases(filter, CaseSort.Age, after, ActTogether.Most, actor), cancellationToken);
            if (page.Value is not { } found)
            {
                return page.Refusal!.ToProblem();
            }

            if (found.Items.Count == 0)
            {
                break;
            }

            var acted = await mediator.Send(
                new ActTogether([.. found.Items.Select(row => new TickedCase(row.Id, row.Version))], action, body.Reason ?? "", actor) { PersonId = body.PersonId, Until = body.Until, Code = body.Code }, cancellationToken);
            if (acted.Value is not { } told)
            {
                return acted.Refusal!.ToProblem();
            }

            done.AddRange(found.Items.Zip(told.Items, (row, item) => new ActedItemBody(row.Name, item.Refusal is null, item.Refusal)));
            after = found.Next;
        }
        while (after is not null && done.Count < CauseActedBody.Most);
        return TypedResults.Ok(new CauseActedBody(done.Count(item => item.Done), done, after is not null));
    }

    internal sealed record MergeBody(IReadOnlyList<string>? From, string? Into, string? Reason);

    internal sealed record SplitBody(string? From, CausePart? Part, string? Value, string? Name, string? Reason);

    /// <param name="Action">claim, release, assign, snooze or dismiss.</param>
    /// <param name="PersonId">Assign: to whom.</param>
    /// <param name="Until">Snooze: until when.</param>
    /// <param name="Code">Dismiss: the reason from the list.</param>
    internal sealed record ActBody(TogetherAction? Action, string? Reason, string? PersonId, DateTimeOffset? Until, string? Code);

    /// <param name="Done">How many it was done to.</param>
    /// <param name="Items">Each with its refusal, if it was refused.</param>
    /// <param name="More">There are more than <see cref="Most"/>: ask again for the rest.</param>
    internal sealed record CauseActedBody(int Done, IReadOnlyList<ActedItemBody> Items, bool More)
    {
        public const int Most = 2_000;
    }

    internal sealed record ActedItemBody(string Name, bool Done, string? Refusal);
}

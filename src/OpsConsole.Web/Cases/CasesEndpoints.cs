using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Cases;
using OpsConsole.Routing;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Cases;

/// <summary>Exceptions as programs read them (wire contract §6). An exception is named by its id or its number, <c>EX-20418</c>.</summary>
internal static class CasesEndpoints
{
    public static void MapCases(this IEndpointRouteBuilder app)
    {
        var cases = app.MapGroup("/api/v1").WithTags("Exceptions").RequireAuthorization(nameof(Right.ReadCases));

        cases.MapGet("/exceptions", List).WithSummary("Lists the exceptions that the caller may see");
        cases.MapGet("/exceptions/{name}", Show).WithSummary("Shows one exception with its history, payloads and attempts");
        cases.MapGet("/exceptions/{name}/routing", Explain).WithSummary("Says rule by rule why it is in its queue");
        cases.MapGet("/queues", Queues).WithSummary("Counts and sums what waits in each queue");
        cases.MapCaseSteps();
        cases.MapCauses();
        cases.MapViews();
    }

    private static async Task<Results<Ok<ExceptionListBody>, ProblemHttpResult>> List(
        [AsParameters] CaseQuery query, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        var read = query.Read(actor);
        if (read.Value is not { } asked)
        {
            return read.Refusal!.ToProblem();
        }

        var page = await mediator.Send(asked, cancellationToken);
        return page.Match<Results<Ok<ExceptionListBody>, ProblemHttpResult>>(
            found => TypedResults.Ok(new ExceptionListBody(
                [.. found.Items.Select(ExceptionBody.Of)], found.Total, found.Next, new SumBody(found.AtRisk, found.Currency, found.Unconverted))),
            refusal => refusal.ToProblem());
    }

    private static async Task<Results<Ok<ExceptionDetailBody>, RedirectHttpResult, ProblemHttpResult>> Show(
        string name, Actor actor, HttpContext http, IMediator mediator, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new ShowCase(name, actor), cancellationToken);
        if (found.Value is not { } view)
        {
            return found.Refusal!.ToProblem();
        }

        if (view.Case.MovedTo is { } elsewhere)
        {
            return TypedResults.LocalRedirect($"/api/v1/exceptions/{elsewhere}", permanent: false, preserveMethod: true);
        }

        var repair = await mediator.Send(new OpsConsole.Replay.ShowRepair(view.Case.Id, actor), cancellationToken);
        if (repair.Value is not { } around)
        {
            return repair.Refusal!.ToProblem();
        }

        http.SetETag(view.Case.Version);
        return TypedResults.Ok(ExceptionDetailBody.Of(view, around));
    }

    private static async Task<Results<Ok<RoutingExplained>, ProblemHttpResult>> Explain(string name, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new FindCase(name, actor), cancellationToken);
        return found.Value is { } @case ? (await mediator.Send(new ExplainRouting(@case.Id, actor), cancellationToken)).ToHttp() : found.Refusal!.ToProblem();
    }

    private static async Task<Results<Ok<QueueTabList>, ProblemHttpResult>> Queues(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new QueueTabs(actor), cancellationToken)).ToHttp();

    /// <param name="State">One or several, with commas: open, claimed, awaiting-approval, replaying, parked, awaiting-proof, snoozed, resolved, dismissed; or <c>unended</c>.</param>
    /// <param name="Queue">A queue's code.</param>
    /// <param name="Unit">A business unit.</param>
    /// <param name="Type">An exception type's code.</param>
    /// <param name="Holder"><c>me</c> or a person's id.</param>
    /// <param name="Cause">A fingerprint.</param>
    /// <param name="Q">A search: the beginning of an object's id, part of its label, EX-number, or terms like <c>unit:EMEA amount:&gt;1000 NOT mine</c>.</param>
    /// <param name="Sort">due (when absent), rank, risk, age or newest.</param>
    /// <param name="Take">At most 500; 50 when absent.</param>
    /// <param name="After">The last answer's <c>next</c>.</param>
    internal sealed record CaseQuery(
        string? State, string? Queue, string? Unit, string? Type, string? Holder, string? Cause, string? Q, string? Sort, int? Take, string? After)
    {
        public Outcome<ListCases> Read(Actor actor)
        {
            var states = new List<CaseState>();
            foreach (var word in (State ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (word is "unended")
                {
                    states.AddRange(CaseFlow.Unended);
                }
                else if (CaseWords.State(word) is { } state)
                {
                    states.Add(state);
                }
                else
                {
                    return Refusal.Invalid("state", $"must be one of {string.Join(", ", CaseWords.States)} or unended");
                }
            }

            if (!Enum.TryParse<CaseSort>(Sort ?? "due", ignoreCase: true, out var sort) || !Enum.IsDefined(sort))
            {
                return Refusal.Invalid("sort", "must be due, rank, risk, age or newest");
            }

            var filter = new CaseFilter
            {
                States = states.Count == 0 ? null : states, Queue = Queue, Unit = Unit, Type = Type, Fingerprint = Cause, Query = Q, Holder = Holder is "me" ? actor.Id : Holder,
            };
            return new ListCases(filter, sort, After, Take ?? 50, actor);
        }
    }
}

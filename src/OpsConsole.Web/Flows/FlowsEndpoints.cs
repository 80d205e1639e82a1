using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Flows;
using OpsConsole.Kpis;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Flows;

internal static class FlowsEndpoints
{
    /// <summary>How long setting a flow waits for its transactions to follow, so that whoever reads next reads the new ones.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static void MapFlows(this IEndpointRouteBuilder app)
    {
        var flows = app.MapGroup("/api/v1").WithTags("Flows").RequireAuthorization();

        flows.MapGet("/flows", List).WithSummary("Lists the flow definitions");
        flows.MapGet("/flows/{name}", Show).WithSummary("Shows a flow definition");
        flows.MapPut("/flows/{name}", Set).WithSummary("Sets a flow definition and folds its transactions again");
        flows.MapGet("/stats", Figures).WithSummary("Figures of a flow, or of everything");
    }

    private static async Task<Results<Ok<FlowList>, ProblemHttpResult>> List(Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        var listed = await mediator.Send(new ListFlows(actor), cancellationToken);
        return listed.Match<Results<Ok<FlowList>, ProblemHttpResult>>(
            views => TypedResults.Ok(new FlowList([.. views.Select(view => view.Definition)], views.Count, null)), refusal => refusal.ToProblem());
    }

    private static async Task<Results<Ok<FlowDefinition>, ProblemHttpResult>> Show(string name, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        Definition(await mediator.Send(new ShowFlow(name, actor), cancellationToken));

    private static async Task<Results<Ok<FlowDefinition>, ProblemHttpResult>> Set(
        string name, JsonElement body, Actor actor, IMediator mediator, TimeProvider clock, CancellationToken cancellationToken)
    {
        FlowDefinition definition;
        try
        {
            definition = FlowDefinition.FromJson(body.GetRawText());
        }
        catch (JsonException failure)
        {
            return Refusal.Invalid(failure.Path ?? "body", "is not a flow definition: {\"name\", \"lead\", \"paths\", \"milestones\", \"lags\"}").ToProblem();
        }

        if (definition.Name is not null && definition.Name != name)
        {
            return Refusal.Invalid("name", $"must be {name}, as in the address").ToProblem();
        }

        var set = await mediator.Send(new SetFlow(definition with { Name = name }, actor), cancellationToken);
        using var patience = new CancellationTokenSource(s_patience, clock);
        while (set.Value is { Folded: false } && !patience.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellationToken);
            set = await mediator.Send(new ShowFlow(name, actor), cancellationToken);
        }

        return Definition(set);
    }

    private static async Task<Results<Ok<Stats>, ProblemHttpResult>> Figures(string? flow, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ShowStats(flow, actor), cancellationToken)).ToHttp();

    private static Results<Ok<FlowDefinition>, ProblemHttpResult> Definition(Outcome<FlowView> outcome) =>
        outcome.Match<Results<Ok<FlowDefinition>, ProblemHttpResult>>(view => TypedResults.Ok(view.Definition), refusal => refusal.ToProblem());

    internal sealed record FlowList(IReadOnlyList<FlowDefinition> Items, int Total, string? Next);
}

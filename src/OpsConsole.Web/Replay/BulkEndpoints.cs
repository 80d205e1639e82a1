using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Cases;
using OpsConsole.Replay.Bulks;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Shell;
using BulkAnswer = Microsoft.AspNetCore.Http.HttpResults.Results<Microsoft.AspNetCore.Http.HttpResults.Ok<OpsConsole.Replay.Bulks.BulkView>, Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace OpsConsole.Web.Replay;

/// <summary>Bulks of replays: freeze a selection, look at its preview, let it go, pause, go on, cancel. <c>If-Match</c> names the version that the caller saw.</summary>
internal static class BulkEndpoints
{
    public static void MapBulks(this IEndpointRouteBuilder app)
    {
        var bulks = app.MapGroup("/api/v1/bulks").WithTags("Bulks").AddEndpointFilter<IdempotentAnswers>();

        bulks.MapGet("/", List).WithSummary("Lists the bulks that the caller may see, latest first").Needs(Right.ReadCases);
        bulks.MapPost("/", Freeze).WithSummary("Freezes a selection: rows with versions, a filter, or a bulk's left-overs; sends nothing").Needs(Right.WorkCases);
        bulks.MapGet("/{id:guid}", Show).WithSummary("Shows a bulk with its preview and how far it is").Needs(Right.ReadCases);
        bulks.MapGet("/{id:guid}/items", Items).WithSummary("Lists its items, each with what became of it; ?only=under-way, proven or left-over").Needs(Right.ReadCases);
        bulks.MapPost("/{id:guid}/start", Start).WithSummary("Lets it go; refused where a second person must approve it").Needs(Right.WorkCases);
        bulks.MapPost("/{id:guid}/submit", Submit).WithSummary("Asks a second person to approve it, where the rules want one; else lets it go").Needs(Right.WorkCases);
        bulks.MapPost("/{id:guid}/approve", Step((id, version, reason, actor) => new ApproveBulk(id, version, reason, actor))).WithSummary("Lets it go as the second pair of eyes; never by a key").Needs(Right.ReadCases);
        bulks.MapPost("/{id:guid}/reject", Step((id, version, reason, actor) => new RejectBulk(id, version, reason, actor))).WithSummary("Gives it back to who prepared it").Needs(Right.ReadCases);
        bulks.MapPost("/{id:guid}/pause", Step((id, version, _, actor) => new PauseBulk(id, version, actor))).WithSummary("Orders nothing more for now").Needs(Right.WorkCases);
        bulks.MapPost("/{id:guid}/go-on", Step((id, version, _, actor) => new GoOnWithBulk(id, version, actor))).WithSummary("Goes on after a pause or a stop").Needs(Right.WorkCases);
        bulks.MapPost("/{id:guid}/cancel", Step((id, version, _, actor) => new CancelBulk(id, version, actor))).WithSummary("Ends it; the rest is left over").Needs(Right.WorkCases);
    }

    private static void Needs(this RouteHandlerBuilder route, Right right) => route.RequireAuthorization(right.ToString());

    private static async Task<Results<Ok<Listed<BulkView>>, ProblemHttpResult>> List(int? take, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListBulks(take ?? 50, actor), cancellationToken)).Match<Results<Ok<Listed<BulkView>>, ProblemHttpResult>>(
            list => TypedResults.Ok(new Listed<BulkView>(list.Items, list.Items.Count, null)), refusal => refusal.ToProblem());

    private static async Task<BulkAnswer> Freeze(SelectionBody body, HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        CaseFilter? filter = null;
        if (body.Filter is { } asked)
        {
            var read = new CasesEndpoints.CaseQuery(asked.State, asked.Queue, asked.Unit, asked.Type, asked.Holder, asked.Cause, asked.Q, null, null, null).Read(actor);
            if (read.Value is not { } list)
            {
                return read.Refusal!.ToProblem();
            }

            filter = list.Filter;
        }

        var selection = new Selection { Rows = body.Rows, Filter = filter, LeftOf = body.LeftOf, Said = body.Said };
        return Answer(await mediator.Send(new FreezeSelection(selection, actor), cancellationToken), http);
    }

    private static async Task<BulkAnswer> Show(Guid id, HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(await mediator.Send(new ShowBulk(id, actor), cancellationToken), http);

    private static async Task<Results<Ok<Listed<BulkItemRow>>, ProblemHttpResult>> Items(
        Guid id, string? only, string? after, int? take, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        BulkItemFilter? filter = only switch { null or "" => null, "under-way" => BulkItemFilter.UnderWay, "proven" => BulkItemFilter.Proven, "left-over" => BulkItemFilter.LeftOver, _ => (BulkItemFilter)(-1) };
        if (filter is (BulkItemFilter)(-1))
        {
            return Refusal.Invalid("only", "must be under-way, proven or left-over").ToProblem();
        }

        return (await mediator.Send(new ListBulkItems(id, filter, after, take ?? 50, actor), cancellationToken)).Match<Results<Ok<Listed<BulkItemRow>>, ProblemHttpResult>>(
            page => TypedResults.Ok(new Listed<BulkItemRow>(page.Items, page.Total, page.Next)), refusal => refusal.ToProblem());
    }

    private static Task<BulkAnswer> Start(Guid id, BulkSettings? body, HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        Send(http, mediator, version => new StartBulk(id, version, body ?? new BulkSettings(), Ask: false, actor), cancellationToken);

    private static Task<BulkAnswer> Submit(Guid id, BulkSettings? body, HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        Send(http, mediator, version => new StartBulk(id, version, body ?? new BulkSettings(), Ask: true, actor), cancellationToken);

    private static Func<Guid, ReasonBody?, HttpContext, Actor, IMediator, CancellationToken, Task<BulkAnswer>> Step(Func<Guid, int?, string, Actor, IRequest<Outcome<BulkView>>> ask) =>
        (Guid id, ReasonBody? body, HttpContext http, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
            Send(http, mediator, version => ask(id, version, body?.Reason ?? "", actor), cancellationToken);

    private static async Task<BulkAnswer> Send(HttpContext http, IMediator mediator, Func<int?, IRequest<Outcome<BulkView>>> ask, CancellationToken cancellationToken)
    {
        var seen = http.IfMatch();
        return seen.Value is { } version ? Answer(await mediator.Send(ask(version.Version), cancellationToken), http) : seen.Refusal!.ToProblem();
    }

    private static BulkAnswer Answer(Outcome<BulkView> answer, HttpContext http)
    {
        if (answer.Value is { } bulk)
        {
            http.SetETag(bulk.Version);
        }

        return answer.ToHttp();
    }

    /// <param name="Rows">Exceptions with the versions that were seen.</param>
    /// <param name="Filter">Everything that it finds now.</param>
    /// <param name="LeftOf">What this bulk left over.</param>
    /// <param name="Said">The selection in words.</param>
    internal sealed record SelectionBody(IReadOnlyList<SelectedCase>? Rows, FilterBody? Filter, Guid? LeftOf, string? Said);

    /// <summary>As the list of exceptions is filtered.</summary>
    internal sealed record FilterBody(string? State, string? Queue, string? Unit, string? Type, string? Holder, string? Cause, string? Q);
}

using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Intake;
using OpsConsole.Intake.Bulk;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Intake;

/// <summary>What became of everything received, and what was refused.</summary>
internal static class QuarantineEndpoints
{
    private const int MostMended = 4 << 20;

    public static void MapQuarantine(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").WithTags("Intake").RequireAuthorization();

        api.MapGet("/intake", Figures).WithSummary("What became of everything received; by source with ?by=source");
        api.MapGet("/lanes", Lanes).WithSummary("Who goes first, and how long each lane waits");
        api.MapPost("/parked/fold", Parked).WithSummary("Folds parked facts again, one with ?id= or all").DisableAntiforgery();
        api.MapGet("/quarantine", List).WithSummary("What was refused and why");
        api.MapGet("/quarantine/kinds", Kinds).WithSummary("What is open in quarantine, by kind");
        api.MapPost("/quarantine/kinds/preview", Preview).WithSummary("What taking a kind in again would do to the first few of it").DisableAntiforgery();
        api.MapPost("/quarantine/kinds/retry", RetryKind).WithSummary("Takes the next few hundred of a kind in again, mended when a patch is sent; ask again with next").DisableAntiforgery();
        api.MapPost("/quarantine/kinds/discard", DiscardKinds).WithSummary("Gives all of a kind up").DisableAntiforgery();
        api.MapGet("/quarantine/{id:guid}", Show).WithSummary("One refused fact with its bytes");
        api.MapPost("/quarantine/{id:guid}/retry", Retry).WithSummary("Takes a refused fact in again, mended when a body is sent").DisableAntiforgery();
        api.MapPost("/quarantine/{id:guid}/discard", Discard).WithSummary("Gives a refused fact up").DisableAntiforgery();
    }

    private static async Task<Results<Ok<FiguresAnswer>, ProblemHttpResult>> Figures(string? by, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ShowIntake(actor), cancellationToken)).Match<Results<Ok<FiguresAnswer>, ProblemHttpResult>>(
            figures => TypedResults.Ok(FiguresAnswer.Of(figures, by is "source")), refusal => refusal.ToProblem());

    private static async Task<Results<Ok<QuarantinePage>, ProblemHttpResult>> List(
        string? state, string? reason, string? source, string? field, string? type, string? after, int? take, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        StateOf(state) is var wanted && state is not null && wanted is null
            ? Refusal.Invalid("state", "must be one of open, taken-in, superseded, discarded").ToProblem()
            : (await mediator.Send(new ListQuarantine(wanted, reason, source, field, type, after, take ?? 50, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<QuarantinedFact>, ProblemHttpResult>> Show(Guid id, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ShowQuarantined(id, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<TakenIn>, ProblemHttpResult>> Retry(Guid id, HttpRequest request, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        using var mended = new MemoryStream();
        await request.Body.CopyToAsync(mended, cancellationToken);
        if (mended.Length > MostMended)
        {
            return Refusal.Invalid("body", $"must be at most {MostMended} bytes").ToProblem();
        }

        return (await mediator.Send(new RetryQuarantined(id, mended.Length == 0 ? default(ReadOnlyMemory<byte>?) : mended.ToArray(), actor), cancellationToken)).ToHttp();
    }

    private static async Task<Results<Ok<Guid>, ProblemHttpResult>> Discard(Guid id, DiscardBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new DiscardQuarantined(id, body.Reason, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<LanesView>, ProblemHttpResult>> Lanes(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ShowLanes(actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<FoldingAgain>, ProblemHttpResult>> Parked(string? id, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new FoldParked(id, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<Listed<RefusedKindRow>>, ProblemHttpResult>> Kinds(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListRefusedKinds(actor), cancellationToken)).Match<Results<Ok<Listed<RefusedKindRow>>, ProblemHttpResult>>(
            rows => TypedResults.Ok(new Listed<RefusedKindRow>(rows, rows.Count, null)), refusal => refusal.ToProblem());

    private static async Task<Results<Ok<MendPreview>, ProblemHttpResult>> Preview(KindBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new PreviewMend(body.Which, body.Patch?.GetRawText(), actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<MendedChunk>, ProblemHttpResult>> RetryKind(KindBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new MendKind(body.Which, body.Patch?.GetRawText(), body.After, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<DiscardedKind>, ProblemHttpResult>> DiscardKinds(KindBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new DiscardKind(body.Which, body.Because ?? "", actor), cancellationToken)).ToHttp();

    private static QuarantineState? StateOf(string? word) =>
        word is not null && !word.Any(char.IsAsciiDigit) && Enum.TryParse<QuarantineState>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var state) ? state : null;

    /// <param name="Source">With kind, reason, field and type as <c>GET …/kinds</c> tells them.</param>
    /// <param name="Patch">A JSON merge patch over the whole event; absent: as they are.</param>
    /// <param name="After">The last answer's <c>next</c>.</param>
    /// <param name="Because">Why they are given up.</param>
    internal sealed record KindBody(string Source, string Kind, string Reason, string? Field, string? Type, System.Text.Json.JsonElement? Patch, string? After, string? Because)
    {
        public RefusedKind Which => new(Source, Kind, Reason, Field ?? "", Type ?? "");
    }

    internal sealed record DiscardBody(string Reason);

    internal sealed record FiguresAnswer(
        long Received, long Stored, long Duplicates, long Conflicts, long Quarantined, long InFlight,
        [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SourceFigures>? Items)
    {
        public static FiguresAnswer Of(IntakeFigures figures, bool bySource) => new(
            figures.Received, figures.Stored, figures.Duplicates, figures.Conflicts, figures.Quarantined, figures.InFlight, bySource ? figures.BySource : null);
    }
}

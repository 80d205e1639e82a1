using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Cases;
using OpsConsole.Replay;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Replay;

/// <summary>The repair form, its draft, and the same repair for many.</summary>
internal static class RepairEndpoints
{
    public static void MapRepairs(this IEndpointRouteBuilder app)
    {
        var repairs = app.MapGroup("/api/v1").WithTags("Repairs").RequireAuthorization(nameof(Right.ReadCases));

        repairs.MapGet("/exceptions/{name}/repair", Form).WithSummary("Shows the repair as a form: fields, what may be changed, what is wrong, the caller's draft");
        repairs.MapPut("/exceptions/{name}/draft", Draft).WithSummary("Keeps what the caller has written so far; says what is wrong with it").RequireAuthorization(nameof(Right.WorkCases));
        repairs.MapDelete("/exceptions/{name}/draft", Drop).WithSummary("Drops the caller's draft").RequireAuthorization(nameof(Right.WorkCases));
        repairs.MapPost("/repairs/preview", Preview).WithSummary("Says of each of many what the same repair would do; changes nothing").RequireAuthorization(nameof(Right.WorkCases));
        repairs.MapPost("/repairs", Apply).WithSummary("Makes the same repair in many, each with its own result").RequireAuthorization(nameof(Right.WorkCases)).AddEndpointFilter<IdempotentAnswers>();
    }

    private static async Task<Results<Ok<RepairForm>, ProblemHttpResult>> Form(string name, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        await On(name, actor, mediator, id => new ShowRepairForm(id, actor), cancellationToken);

    private static async Task<Results<Ok<RepairForm>, ProblemHttpResult>> Draft(string name, DraftBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        await On(name, actor, mediator, id => new SaveRepairDraft(id, body.Content(), actor), cancellationToken);

    private static async Task<Results<Ok<RepairForm>, ProblemHttpResult>> Drop(string name, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        await On(name, actor, mediator, id => new SaveRepairDraft(id, DraftContent.Empty, actor), cancellationToken);

    private static async Task<Results<Ok<RepairPreview>, ProblemHttpResult>> Preview(ManyBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new PreviewRepairs(new RepairSelection(body.Cases, body.Numbers, body.Cause), body.Change(), actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<RepairsApplied>, ProblemHttpResult>> Apply(ManyBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        body.Change() is { } change
            ? (await mediator.Send(new ApplyRepairs(body.Cases ?? [], change, body.Reason, body.Note ?? "", actor), cancellationToken)).ToHttp()
            : Refusal.Invalid("field", "must be a JSON pointer like /taxProfile").ToProblem();

    private static async Task<Results<Ok<RepairForm>, ProblemHttpResult>> On(
        string name, Actor actor, IMediator mediator, Func<Guid, IRequest<Outcome<RepairForm>>> ask, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new FindCase(name, actor), cancellationToken);
        return found.Value is { } @case ? (await mediator.Send(ask(@case.Id), cancellationToken)).ToHttp() : found.Refusal!.ToProblem();
    }

    /// <param name="Fields">JSON pointer → value; null as JSON empties it.</param>
    /// <param name="Remove">Fields that are taken out.</param>
    internal sealed record DraftBody(IReadOnlyDictionary<string, JsonElement>? Fields, IReadOnlyList<string>? Remove, string? Raw, string? Reason, string? Note)
    {
        public DraftContent Content()
        {
            var edits = (Fields ?? new Dictionary<string, JsonElement>()).ToDictionary(field => field.Key, string? (field) => field.Value.GetRawText(), StringComparer.Ordinal);
            foreach (var pointer in Remove ?? [])
            {
                edits[pointer] = null;
            }

            return new DraftContent(edits, Raw, Reason ?? "", Note ?? "");
        }
    }

    /// <param name="Cases">Ids with the versions seen. What applies takes these only.</param>
    /// <param name="Numbers">For a preview: by number.</param>
    /// <param name="Cause">For a preview: all of a cause that have not ended.</param>
    /// <param name="Field">JSON pointer.</param>
    /// <param name="Value">What it is set to.</param>
    /// <param name="Remove">It is taken out instead.</param>
    /// <param name="Only">Only where it now has this value.</param>
    /// <param name="OnlyMissing">Only where it is missing or empty.</param>
    internal sealed record ManyBody(
        IReadOnlyList<SeenCase>? Cases, IReadOnlyList<long>? Numbers, string? Cause, string? Field, JsonElement Value, bool Remove, JsonElement? Only, bool OnlyMissing, string? Reason, string? Note)
    {
        public RepairChange? Change() => Field is null ? null
            : new RepairChange(Field, Remove ? null : Value.ValueKind is JsonValueKind.Undefined ? "null" : Value.GetRawText(), Only is { ValueKind: not JsonValueKind.Undefined } only ? only.GetRawText() : null, OnlyMissing);
    }
}

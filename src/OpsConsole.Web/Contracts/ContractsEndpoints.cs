using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Contracts;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Contracts;

/// <summary>What payloads must be. <c>If-Match</c> on a change names the latest version that the caller saw.</summary>
internal static class ContractsEndpoints
{
    public static void MapContracts(this IEndpointRouteBuilder app)
    {
        var contracts = app.MapGroup("/api/v1/contracts").WithTags("Contracts").RequireAuthorization(nameof(Right.ReadCases));

        contracts.MapGet("", List).WithSummary("Lists the contracts, each with the version in force");
        contracts.MapGet("/{name}", Show).WithSummary("Shows the version in force of a contract");
        contracts.MapPut("/{name}", Set).WithSummary("Publishes a contract; another schema becomes the next version and is in force at once").RequireAuthorization(nameof(Right.ManageRules));
        contracts.MapGet("/{name}/versions", Versions).WithSummary("Lists all versions of a contract, latest first");
        contracts.MapGet("/{name}/diff", Diff).WithSummary("Says what differs between two versions, place by place");
        contracts.MapPost("/{name}/in-force", InForce).WithSummary("Puts another version in force, an older one too").RequireAuthorization(nameof(Right.ManageRules));
        contracts.MapPost("/{name}/try", Try).WithSummary("Checks a sample payload; stores nothing");
    }

    private static async Task<Results<Ok<Listed<ContractView>>, ProblemHttpResult>> List(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListContracts(actor), cancellationToken)).Match<Results<Ok<Listed<ContractView>>, ProblemHttpResult>>(
            found => TypedResults.Ok(new Listed<ContractView>(found, found.Count, null)), refusal => refusal.ToProblem());

    private static async Task<Results<Ok<ContractView>, ProblemHttpResult>> Show(string name, Actor actor, HttpContext http, IMediator mediator, CancellationToken cancellationToken) =>
        Tagged(await mediator.Send(new ShowContract(name, actor), cancellationToken), http);

    private static async Task<Results<Ok<ContractView>, ProblemHttpResult>> Set(
        string name, SetBody body, Actor actor, HttpContext http, IMediator mediator, CancellationToken cancellationToken)
    {
        var seen = http.IfMatch();
        if (seen.Value is not { } known)
        {
            return seen.Refusal!.ToProblem();
        }

        var schema = body.Schema.ValueKind switch { JsonValueKind.Undefined => "", JsonValueKind.String => body.Schema.GetString()!, _ => body.Schema.GetRawText() };
        var asked = new ContractBody(body.Label, body.For ?? new ContractSubject(null, null, null, null), schema, body.Note);
        var set = await mediator.Send(new SetContract(name, asked, known.Version, actor), cancellationToken);
        if (set.Value is { } view)
        {
            http.SetETag(view.Latest);
        }

        return set.ToHttp();
    }

    private static async Task<Results<Ok<Listed<ContractVersionBody>>, ProblemHttpResult>> Versions(string name, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ShowContract(name, actor), cancellationToken)).Match<Results<Ok<Listed<ContractVersionBody>>, ProblemHttpResult>>(
            found => TypedResults.Ok(new Listed<ContractVersionBody>([.. found.Versions.Select(ContractVersionBody.Of)], found.Versions.Count, null)), refusal => refusal.ToProblem());

    private static async Task<Results<Ok<Listed<JsonChange>>, ProblemHttpResult>> Diff(string name, int from, int to, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        var answer = await mediator.Send(new ShowContract(name, actor), cancellationToken);
        if (answer.Value is not { } found)
        {
            return answer.Refusal!.ToProblem();
        }

        if (found.Versions.FirstOrDefault(one => one.Number == from) is not { } before || found.Versions.FirstOrDefault(one => one.Number == to) is not { } after)
        {
            return Refusal.NotFound("One of the versions").ToProblem();
        }

        var changes = JsonDiff.Of(before.Text, after.Text);
        return TypedResults.Ok(new Listed<JsonChange>(changes, changes.Count, null));
    }

    private static async Task<Results<Ok<ContractView>, ProblemHttpResult>> InForce(string name, InForceBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new PutInForce(name, body.Version, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<TriedContract>, ProblemHttpResult>> Try(string name, TryBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new TryContract(name, body.Version, null, body.Sample.ValueKind is JsonValueKind.Undefined ? "" : body.Sample.GetRawText(), actor), cancellationToken)).ToHttp();

    private static Results<Ok<ContractView>, ProblemHttpResult> Tagged(Outcome<ContractDetails> answer, HttpContext http)
    {
        if (answer.Value is not { } found)
        {
            return answer.Refusal!.ToProblem();
        }

        http.SetETag(found.Contract.Latest);
        return TypedResults.Ok(found.Contract);
    }

    /// <param name="Label">As people read it; the name when absent.</param>
    /// <param name="For">What it is for: target, eventType, objectType, operation; at least one.</param>
    /// <param name="Schema">JSON Schema, draft 2020-12.</param>
    /// <param name="Note">What is new.</param>
    internal sealed record SetBody(string? Label, ContractSubject? For, JsonElement Schema, string? Note);

    internal sealed record InForceBody(int Version);

    /// <param name="Sample">A payload.</param>
    /// <param name="Version">The one in force when absent.</param>
    internal sealed record TryBody(JsonElement Sample, int? Version);

    internal sealed record ContractVersionBody(int Number, bool InForce, string Note, DateTimeOffset PublishedAt, string PublishedBy, JsonElement Schema)
    {
        public static ContractVersionBody Of(ContractVersionRow row) => new(row.Number, row.InForce, row.Note, row.PublishedAt, row.PublishedBy, row.Schema);
    }
}

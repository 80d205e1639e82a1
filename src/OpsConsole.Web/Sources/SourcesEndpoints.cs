using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Intake.Samples;
using OpsConsole.Sources;
using OpsConsole.Sources.Hooks;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Sources;

/// <summary>Senders and their keys.</summary>
internal static class SourcesEndpoints
{
    public static void MapSources(this IEndpointRouteBuilder app)
    {
        var sources = app.MapGroup("/api/v1").WithTags("Sources").RequireAuthorization();

        sources.MapGet("/sources", List).WithSummary("Lists the senders with their volume and keys");
        sources.MapGet("/sources/{name}/conformance", Conformance).WithSummary("Says what a sender's facts lack, how its clock stands and what of it was refused");
        sources.MapGet("/sources/{name}/hook-failures", Failures).WithSummary("Lists the latest web-hooks of a sender that were not believed, and why");
        sources.MapPost("/sources/check", Check).WithSummary("Judges a sample as the door would; nothing is stored").DisableAntiforgery();
        sources.MapPost("/sources", Create).WithSummary("Registers a sender").DisableAntiforgery();
        sources.MapPut("/sources/{id:guid}", Change).WithSummary("Changes what a sender may do").DisableAntiforgery();
        sources.MapPost("/sources/{id:guid}/keys", MakeKey).WithSummary("Makes a key and shows it, this once").DisableAntiforgery();
        sources.MapPut("/sources/{id:guid}/hook-secret", SetSecret).WithSummary("Gives a web-hook secret, or makes one and shows it, this once; the one before stays alive").DisableAntiforgery();
        sources.MapDelete("/sources/{id:guid}/hook-secret", EndSecret).WithSummary("Ends the older web-hook secret").DisableAntiforgery();
        sources.MapDelete("/keys/{id:guid}", Revoke).WithSummary("Ends a key").DisableAntiforgery();
    }

    private static async Task<Results<Ok<SourceList>, ProblemHttpResult>> List(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListSources(actor), cancellationToken)).Match<Results<Ok<SourceList>, ProblemHttpResult>>(
            sources => TypedResults.Ok(new SourceList(sources, sources.Count, null)), refusal => refusal.ToProblem());

    private static async Task<Results<Ok<SourceConformance>, ProblemHttpResult>> Conformance(string name, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ShowConformance(name, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<HookFailures>, ProblemHttpResult>> Failures(string name, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListHookFailures(name, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<CheckedSample>, ProblemHttpResult>> Check(SampleBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new CheckSample(body.Sample ?? "", body.Source, actor), cancellationToken)).ToHttp();

    /// <param name="Sample">A CloudEvent, an array of them, or spans in OTLP's JSON, as text.</param>
    /// <param name="Source">In whose name; nothing: somebody who may send anything.</param>
    internal sealed record SampleBody(string? Sample, string? Source);

    private static async Task<Results<Ok<Guid>, ProblemHttpResult>> Create(SourceBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new CreateSource(body.Name ?? "", body.AllScopes, body.CloudEventSources ?? [], body.Units ?? [], body.Priority ?? Lane.Normal, actor) { Addresses = body.Addresses ?? [], RequestsPerSecond = body.RequestsPerSecond }, cancellationToken)).ToHttp();

    private static async Task<Results<Ok<Guid>, ProblemHttpResult>> Change(Guid id, SourceBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ChangeSource(id, body.AllScopes, body.CloudEventSources ?? [], body.Units ?? [], body.Disabled, body.Priority, actor) { Addresses = body.Addresses ?? [], RequestsPerSecond = body.RequestsPerSecond }, cancellationToken)).ToHttp();

    private static async Task<Results<Ok<NewKey>, ProblemHttpResult>> MakeKey(Guid id, KeyBody? body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new CreateKey(id, body?.ExpiresAt?.ToUniversalTime(), actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<KeyView>, ProblemHttpResult>> Revoke(Guid id, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new RevokeKey(id, actor), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<HookSecret>, ProblemHttpResult>> SetSecret(Guid id, SecretBody? body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SetHookSecret(id, body?.Secret, End: false, actor) { Scheme = body?.Scheme }, cancellationToken)).ToHttp();

    private static async Task<Results<Ok<HookSecret>, ProblemHttpResult>> EndSecret(Guid id, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SetHookSecret(id, null, End: true, actor), cancellationToken)).ToHttp();

    internal sealed record SecretBody(string? Secret, string? Scheme);

    internal sealed record SourceList(IReadOnlyList<SourceView> Items, int Total, string? Next);

    internal sealed record SourceBody(string? Name, IReadOnlyList<KeyScopes>? Scopes, IReadOnlyList<string>? CloudEventSources, IReadOnlyList<string>? Units, bool Disabled, Lane? Priority, IReadOnlyList<string>? Addresses, int? RequestsPerSecond)
    {
        public KeyScopes AllScopes => (Scopes ?? []).Aggregate(KeyScopes.None, (all, scope) => all | scope);
    }

    internal sealed record KeyBody(DateTimeOffset? ExpiresAt);
}

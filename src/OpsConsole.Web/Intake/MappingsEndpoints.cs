using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Intake.Mappings;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Intake;

/// <summary>How events of foreign types are taken in.</summary>
internal static class MappingsEndpoints
{
    public static void MapMappings(this IEndpointRouteBuilder app)
    {
        var mappings = app.MapGroup("/api/v1/mappings").WithTags("Mappings");

        mappings.MapGet("/", List).WithSummary("Lists the mappings of foreign event types").RequireAuthorization(nameof(Right.ReadSources));
        mappings.MapGet("/{name}", Show).WithSummary("Shows a mapping").RequireAuthorization(nameof(Right.ReadSources));
        mappings.MapPut("/{name}", Set).WithSummary("Sets a mapping; what was refused before waits in quarantine to be taken in again").RequireAuthorization(nameof(Right.ManageRules)).DisableAntiforgery();
        mappings.MapPost("/{name}/try", Try).WithSummary("Shows what a mapping would make of a sample; nothing is stored").RequireAuthorization(nameof(Right.ReadSources)).DisableAntiforgery();
    }

    private static async Task<Results<Ok<Listed<MappingDefinition>>, ProblemHttpResult>> List(Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListMappings(actor), cancellationToken)).Match<Results<Ok<Listed<MappingDefinition>>, ProblemHttpResult>>(
            views => TypedResults.Ok(new Listed<MappingDefinition>([.. views.Select(view => view.Definition)], views.Count, null)), refusal => refusal.ToProblem());

    private static async Task<Results<Ok<MappingDefinition>, ProblemHttpResult>> Show(string name, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        Definition(await mediator.Send(new ShowMapping(name, actor), cancellationToken));

    private static async Task<Results<Ok<MappingDefinition>, ProblemHttpResult>> Set(
        string name, JsonElement body, Actor actor, IMediator mediator, CancellationToken cancellationToken) =>
        Read(name, body) switch
        {
            { Value: { } definition } => Definition(await mediator.Send(new SetMapping(definition, actor), cancellationToken)),
            { Refusal: var refusal } => refusal!.ToProblem(),
        };

    private static async Task<Results<Ok<TriedMapping>, ProblemHttpResult>> Try(string name, TryBody body, Actor actor, IMediator mediator, CancellationToken cancellationToken)
    {
        var definition = body.Mapping is { } given ? Read(name, given)
            : (await mediator.Send(new ShowMapping(name, actor), cancellationToken)).Match<Outcome<MappingDefinition>>(view => view.Definition, refusal => refusal);
        return definition.Value is { } mapping
            ? (await mediator.Send(new TryMapping(mapping, body.Sample.GetRawText(), actor), cancellationToken)).ToHttp()
            : definition.Refusal!.ToProblem();
    }

    private static Outcome<MappingDefinition> Read(string name, JsonElement body)
    {
        try
        {
            var definition = MappingDefinition.FromJson(body.GetRawText());
            return definition.Name is not null && definition.Name != name ? Refusal.Invalid("name", $"must be {name}, as in the address") : definition with { Name = name };
        }
        catch (JsonException failure)
        {
            return Refusal.Invalid(failure.Path is { Length: > 2 } path ? path[2..] : "body", "is not as a mapping has it: {\"type\", \"entityType\", \"entityId\", …}");
        }
    }

    private static Results<Ok<MappingDefinition>, ProblemHttpResult> Definition(Outcome<MappingView> outcome) =>
        outcome.Match<Results<Ok<MappingDefinition>, ProblemHttpResult>>(view => TypedResults.Ok(view.Definition), refusal => refusal.ToProblem());

    /// <param name="Sample">A CloudEvent, or the body of a web-hook.</param>
    /// <param name="Mapping">The mapping to try; absent: as it is set.</param>
    internal sealed record TryBody(JsonElement Sample, JsonElement? Mapping);
}

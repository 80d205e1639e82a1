using OpsConsole.Contracts;
using OpsConsole.Events;

namespace OpsConsole.Cases;

/// <summary>What stands around an exception: its object as each system tells it, and what hangs on it. Asked as the caller, so scopes hold.</summary>
internal sealed record CaseAround(
    IReadOnlyList<SystemSays> Systems, IReadOnlyList<AttributeRow> Attributes, IReadOnlyList<CaseLink> Links, IReadOnlyList<CaseTransaction> Transactions, IReadOnlyList<CaseTrace> Traces,
    IReadOnlyList<FactLine> Facts)
{
    public static async Task<CaseAround> Read(IMediator mediator, ExceptionCase @case, Actor actor, CancellationToken cancellationToken)
    {
        var answer = await mediator.Send(new ShowObject(@case.ObjectType, @case.ObjectId, actor) { Within = FieldReveal.OfCase(@case.Id) }, cancellationToken);
        return answer.Value is { } found ? Of(found, @case) : new CaseAround([], [], [], [], [], []);
    }

    private static CaseAround Of(ObjectDetails found, ExceptionCase @case)
    {
        var values = found.Attributes.ToDictionary(line => line.Name, StringComparer.Ordinal);
        return new CaseAround(
            [.. found.Systems.Select(system => Says(system, values, @case))],
            [.. found.Attributes.Select(line => new AttributeRow(line.Name, line.Differs, line.Name == @case.ErrorAttribute))],
            [.. found.Links.Items.Select(link => new CaseLink(link.Type, link.Id, link.Label, link.Role))],
            [.. found.Transactions.Items.Select(t => new CaseTransaction(t.Flow, t.Lead.Type, t.Lead.Id, t.Reached, t.Milestones, t.NextDueAt, t.CompletedAt))],
            [.. found.Traces.Items.Select(trace => Trace(trace, @case))],
            found.Facts.Items);
    }

    private static SystemSays Says(SystemState system, Dictionary<string, AttributeLine> lines, ExceptionCase @case) => new(
        system.System, system.State, system.Outcome, system.Operation, system.Time, system.Version, system.Amount?.Amount, system.Amount?.Currency,
        lines.Values.Where(line => line.Values.ContainsKey(system.System)).ToDictionary(line => line.Name, string? (line) => line.Values[system.System], StringComparer.Ordinal),
        @case.Kind is SignalKind.Failure && system.System == @case.System);

    private static CaseTrace Trace(RelatedTrace trace, ExceptionCase @case) => new(
        trace.TraceId, trace.Service, trace.Name, trace.StartedAt, (trace.EndedAt - trace.StartedAt).TotalMilliseconds, trace.Spans, trace.Errors, trace.Errors > 0,
        @case.TraceId is not null && trace.TraceId == Convert.ToHexStringLower(@case.TraceId));
}

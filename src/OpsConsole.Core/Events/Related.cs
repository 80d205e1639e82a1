using System.Text.Json.Serialization;

namespace OpsConsole.Events;

/// <summary>An exception as other pages name it: enough to say what is wrong and to lead there.</summary>
/// <param name="Id">Its address.</param>
/// <param name="Name">For people: EX-20418.</param>
/// <param name="About">What it is about.</param>
/// <param name="System">Who refused; for what did not come, the flow.</param>
/// <param name="Operation">What was tried; for what did not come, the milestone.</param>
/// <param name="Title">What happened, in business words.</param>
/// <param name="State">A state of the lifecycle, as programs read it: awaiting-proof.</param>
/// <param name="Holder">Who works on it.</param>
/// <param name="AtRisk">In its own currency.</param>
/// <param name="OpenedAt">Receipt of what opened it.</param>
/// <param name="DueAt">When it should be done.</param>
/// <param name="EndedAt">Nothing while it is open.</param>
public sealed record RelatedCase(
    Guid Id, string Name, [property: JsonPropertyName("object")] ObjectRef About, string System, string Operation, string Title, string State, string? Holder, Money? AtRisk,
    DateTimeOffset OpenedAt, DateTimeOffset? DueAt, DateTimeOffset? EndedAt);

/// <summary>A trace as other pages name it.</summary>
public sealed record RelatedTrace(string TraceId, string Service, string Name, DateTimeOffset StartedAt, DateTimeOffset EndedAt, int Spans, int Errors);

/// <summary>A transaction as other pages name it.</summary>
public sealed record RelatedTransaction(
    string Flow, ObjectRef Lead, string? Label, string Path, int Reached, int Milestones, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, DateTimeOffset? NextDueAt);

/// <summary>A list cut to what a page can show, with the number that there really are.</summary>
public sealed record Some<T>(IReadOnlyList<T> Items, long Total);

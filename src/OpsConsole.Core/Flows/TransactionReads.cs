using OpsConsole.Events;

namespace OpsConsole.Flows;

/// <summary>What one system says of an object.</summary>
internal sealed record WordRead(Guid ObjectKey, string System, string? State, SyncOutcome Outcome, DateTimeOffset Time)
{
    public SystemWord Word => new(System, State, Outcome, Time);
}

/// <summary>The columns of a <see cref="SharedObject"/>.</summary>
internal sealed record SharedRead(string Type, string Id, string? Label, long Others)
{
    public SharedObject Shared(bool joined) => new(Type, Id, Label, joined, Others);
}

/// <summary>The columns of a <see cref="PartLine"/>.</summary>
internal sealed record PartRead(
    Guid Key, string Type, string Id, string? Label, string Path, decimal? Amount, string? Currency, bool Disagrees, DateTimeOffset? FirstAt, DateTimeOffset? LastAt)
{
    public PartLine Line(IReadOnlyList<SystemWord> systems) => new()
    {
        Type = Type,
        Id = Id,
        Label = Label,
        Path = Path,
        Amount = Amount is { } amount && Currency is { } currency ? new Money(amount, currency) : null,
        Disagrees = Disagrees,
        FirstAt = FirstAt,
        LastAt = LastAt,
        Systems = systems,
    };
}

/// <summary>A milestone, and the object that reached it.</summary>
internal sealed record MilestoneRead(
    Guid TransactionKey, string Name, string Flow, int Ordinal, DateTimeOffset? ReachedAt, DateTimeOffset? ReceivedAt, DateTimeOffset? DueAt, string? System, string? Type, string? Id)
{
    public TransactionMilestone Milestone => new()
    {
        TransactionKey = TransactionKey, Name = Name, Flow = Flow, Ordinal = Ordinal, ReachedAt = ReachedAt, ReceivedAt = ReceivedAt, DueAt = DueAt, System = System,
    };

    public ObjectRef? ReachedBy => Type is { } type && Id is { } id ? new ObjectRef(type, id) : null;
}

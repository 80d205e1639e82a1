using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Flows;

/// <summary>One run of a flow, by the id of the object that leads it. Any of the lead's names leads to it.</summary>
public sealed record ShowTransaction(string Flow, string Id, Actor Actor) : IRequest<Outcome<TransactionDetails>>, IGuarded
{
    public Right Needs => Right.ReadFacts;
}

/// <summary>A transaction with its milestones, its objects in each system's words, and what stands around it.</summary>
public sealed record TransactionDetails
{
    public required string Flow { get; init; }
    public required string FlowLabel { get; init; }
    public int FlowVersion { get; init; }
    public required ObjectRef Lead { get; init; }
    public string? Label { get; init; }
    public required string Unit { get; init; }
    public string? LegalEntity { get; init; }
    public string? Region { get; init; }
    public Money? Amount { get; init; }
    public required TransactionStatus Status { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public DateTimeOffset? ReceivedAt { get; init; }
    public required Some<PartLine> Objects { get; init; }
    public required IReadOnlyList<string> Systems { get; init; }
    public required IReadOnlyList<MilestoneLine> Milestones { get; init; }
    public required IReadOnlyList<LagLine> Lags { get; init; }
    public required IReadOnlyList<RelatedCase> Exceptions { get; init; }
    public required Some<RelatedTrace> Traces { get; init; }

    /// <summary>Objects that stand beside it and are not part of it, or are part of others too.</summary>
    public required IReadOnlyList<SharedObject> Shared { get; init; }
}

/// <summary>An object's part in the transaction.</summary>
public sealed record PartLine
{
    public required string Type { get; init; }
    public required string Id { get; init; }
    public string? Label { get; init; }

    /// <summary>The chain of types from the lead to it: <c>order/invoice</c>.</summary>
    public required string Path { get; init; }
    public Money? Amount { get; init; }
    public bool Disagrees { get; init; }
    public DateTimeOffset? FirstAt { get; init; }
    public DateTimeOffset? LastAt { get; init; }
    public required IReadOnlyList<SystemWord> Systems { get; init; }
}

/// <summary>The distance between two milestones in the events' own time; nothing while the second has not come.</summary>
public sealed record LagLine(string From, string To, double? Seconds);

/// <param name="Type">Of the shared object.</param>
/// <param name="Id">Of the shared object.</param>
/// <param name="Label">Of the shared object.</param>
/// <param name="Joined">True: part of this transaction and of others. False: linked with it, but no path of the flow leads there.</param>
/// <param name="Others">How many other leads of this type it belongs with.</param>
public sealed record SharedObject(string Type, string Id, string? Label, bool Joined, long Others);

internal sealed class ShowTransactionHandler(OpsDb db, TimeProvider clock) : IRequestHandler<ShowTransaction, Outcome<TransactionDetails>>
{
    public async Task<Outcome<TransactionDetails>> Handle(ShowTransaction request, CancellationToken cancellationToken)
    {
        var (found, flow) = await TransactionLookup.Find(db, request.Flow, request.Id, cancellationToken);
        if (found is null || !request.Actor.Scope.Covers(found.Unit))
        {
            return Refusal.NotFound($"The transaction {request.Id} of the flow {request.Flow}");
        }

        var now = clock.GetUtcNow();
        var around = await TransactionAround.Read(db, found, request.Actor.Scope, cancellationToken);
        var book = FlowBook.Of(flow);
        var milestones = around.Milestones.ConvertAll(row => book.Line(row.Milestone, row.ReachedBy, now));
        return new TransactionDetails
        {
            Flow = found.Flow,
            FlowLabel = book.Find(found.Flow)?.Label ?? FlowBook.Words(found.Flow),
            FlowVersion = flow?.Version ?? 0,
            Lead = new ObjectRef(found.LeadType, found.LeadId),
            Label = found.Label,
            Unit = found.Unit,
            LegalEntity = found.LegalEntity,
            Region = found.Region,
            Amount = found.Money(),
            Status = found.StatusAt(around.Milestones.ConvertAll(row => row.Milestone), now),
            StartedAt = found.StartedAt,
            CompletedAt = found.CompletedAt,
            ReceivedAt = found.ReceivedAt,
            Objects = new Some<PartLine>(around.Parts, around.PartsInAll),
            Systems = [.. around.Parts.SelectMany(part => part.Systems).Select(word => word.System).Distinct().Order(StringComparer.Ordinal)],
            Milestones = milestones,
            Lags = Lags(book.Find(found.Flow), milestones),
            Exceptions = around.Exceptions,
            Traces = around.Traces,
            Shared = around.Shared,
        };
    }

    private static IReadOnlyList<LagLine> Lags(FlowDefinition? flow, IReadOnlyList<MilestoneLine> milestones)
    {
        DateTimeOffset? Time(string name) => milestones.FirstOrDefault(milestone => milestone.Name == name)?.Time;

        return flow is null ? [] :
        [
            .. from pair in flow.Lags
               where pair.Count == 2 && Time(pair[0]) is not null
               select new LagLine(pair[0], pair[1], (Time(pair[1]) - Time(pair[0]))?.TotalSeconds),
        ];
    }
}

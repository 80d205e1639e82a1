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
    public const int MostParts = 500;

    public async Task<Outcome<TransactionDetails>> Handle(ShowTransaction request, CancellationToken cancellationToken)
    {
        var found = await Find(request, cancellationToken);
        if (found is null || !request.Actor.Scope.Covers(found.Unit))
        {
            return Refusal.NotFound($"The transaction {request.Id} of the flow {request.Flow}");
        }

        var now = clock.GetUtcNow();
        var scope = request.Actor.Scope;
        var row = await db.Flows.AsNoTracking().SingleOrDefaultAsync(f => f.Name == found.Flow, cancellationToken);
        var book = FlowBook.Of(row);
        var parts = await Parts(found.Key, scope, cancellationToken);
        var milestones = await Milestones(found.Key, book, now, cancellationToken);
        var keys = parts.Rows.Select(part => part.Key).ToList();
        var names = await ObjectNames.Of(db, keys, cancellationToken);
        return new TransactionDetails
        {
            Flow = found.Flow,
            FlowLabel = book.Find(found.Flow)?.Label ?? FlowBook.Words(found.Flow),
            FlowVersion = row?.Version ?? 0,
            Lead = new ObjectRef(found.LeadType, found.LeadId),
            Label = found.Label,
            Unit = found.Unit,
            LegalEntity = found.LegalEntity,
            Region = found.Region,
            Amount = found.Money(),
            Status = found.StatusAt(milestones.Rows, now),
            StartedAt = found.StartedAt,
            CompletedAt = found.CompletedAt,
            ReceivedAt = found.ReceivedAt,
            Objects = new Some<PartLine>([.. parts.Rows.Select(part => part.Line)], parts.Total),
            Systems = [.. parts.Rows.SelectMany(part => part.Line.Systems).Select(word => word.System).Distinct().Order(StringComparer.Ordinal)],
            Milestones = milestones.Lines,
            Lags = Lags(book.Find(found.Flow), milestones.Lines),
            Exceptions = await db.RelatedCases(keys, null, scope, cancellationToken),
            Traces = await db.RelatedTraces([.. names.Select(name => name.SpokenKey).Distinct()], 100, cancellationToken),
            Shared = await Shared(found, keys, scope, cancellationToken),
        };
    }

    private async Task<Transaction?> Find(ShowTransaction request, CancellationToken cancellationToken)
    {
        var transactions = db.Transactions.AsNoTracking().Where(t => t.Flow == request.Flow);
        if (await transactions.FirstOrDefaultAsync(t => t.LeadId == request.Id, cancellationToken) is { } found)
        {
            return found;
        }

        var flow = await db.Flows.AsNoTracking().SingleOrDefaultAsync(f => f.Name == request.Flow, cancellationToken);
        if (flow is null)
        {
            return null;
        }

        var spoken = Ids.OfObject(FlowDefinition.FromJson(flow.Definition).Lead, request.Id);
        var lead = (await ObjectNames.Resolve(db, [spoken], cancellationToken)).GetValueOrDefault(spoken);
        return lead is null ? null : await transactions.FirstOrDefaultAsync(t => t.LeadKey == lead.Key, cancellationToken);
    }

    private async Task<(IReadOnlyList<(Guid Key, PartLine Line)> Rows, long Total)> Parts(Guid transaction, Scope scope, CancellationToken cancellationToken)
    {
        var members =
            from part in db.TransactionObjects.AsNoTracking()
            join o in db.Objects.AsNoTracking().Seen(scope) on part.ObjectKey equals o.Key
            where part.TransactionKey == transaction
            orderby part.Path, o.FirstAt, o.Id
            select new { part.Path, Object = o };
        var rows = await members.Take(MostParts + 1).ToListAsync(cancellationToken);
        var total = rows.Count <= MostParts ? rows.Count : await members.LongCountAsync(cancellationToken);
        rows = rows.Count <= MostParts ? rows : rows[..MostParts];
        var keys = rows.Select(row => row.Object.Key).ToList();
        var words = (await db.ObjectStates.AsNoTracking().Where(s => keys.Contains(s.ObjectKey))
                .Select(s => new { s.ObjectKey, Word = new SystemWord(s.System, s.State, s.Outcome, s.Time) }).ToListAsync(cancellationToken))
            .ToLookup(s => s.ObjectKey, s => s.Word);
        return (
            [
                .. rows.Select(row => (row.Object.Key, new PartLine
                {
                    Type = row.Object.Type,
                    Id = row.Object.Id,
                    Label = row.Object.Label,
                    Path = row.Path,
                    Amount = row.Object.Money(),
                    Disagrees = row.Object.Disagrees,
                    FirstAt = row.Object.FirstAt,
                    LastAt = row.Object.LastAt,
                    Systems = [.. words[row.Object.Key].OrderBy(word => word.System, StringComparer.Ordinal)],
                })),
            ],
            total);
    }

    private async Task<(IReadOnlyList<TransactionMilestone> Rows, IReadOnlyList<MilestoneLine> Lines)> Milestones(
        Guid transaction, FlowBook book, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await (
            from milestone in db.TransactionMilestones.AsNoTracking()
            join o in db.Objects on milestone.ObjectKey equals o.Key into reached
            from one in reached.DefaultIfEmpty()
            where milestone.TransactionKey == transaction
            orderby milestone.Ordinal
            select new { Milestone = milestone, By = one }).ToListAsync(cancellationToken);
        return (
            [.. rows.Select(row => row.Milestone)],
            [.. rows.Select(row => book.Line(row.Milestone, row.By is { } reaching ? new ObjectRef(reaching.Type, reaching.Id) : null, now))]);
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

    private async Task<IReadOnlyList<SharedObject>> Shared(Transaction found, IReadOnlyList<Guid> parts, Scope scope, CancellationToken cancellationToken)
    {
        var leads = db.Objects.AsNoTracking().Seen(scope).Where(o => o.Type == found.LeadType && o.Key != found.LeadKey);
        var beside = await (
            from o in db.Objects.AsNoTracking().Seen(scope)
            where o.Type != found.LeadType && !db.TransactionObjects.Any(part => part.TransactionKey == found.Key && part.ObjectKey == o.Key)
            where db.ObjectLinks.Any(l => l.ToKey == o.Key && parts.Contains(l.FromKey))
            orderby o.Type, o.Id
            select new SharedObject(o.Type, o.Id, o.Label, false, db.ObjectLinks.LongCount(l => l.FromKey == o.Key && leads.Any(lead => lead.Key == l.ToKey))))
            .Take(20).ToListAsync(cancellationToken);
        var joined = await (
            from o in db.Objects.AsNoTracking()
            where parts.Contains(o.Key) && o.Key != found.LeadKey
            let others = db.TransactionObjects.LongCount(part => part.ObjectKey == o.Key && part.LeadKey != found.LeadKey && leads.Any(lead => lead.Key == part.LeadKey))
            where others > 0
            orderby o.Type, o.Id
            select new SharedObject(o.Type, o.Id, o.Label, true, others))
            .Take(20).ToListAsync(cancellationToken);
        return [.. joined, .. beside];
    }
}

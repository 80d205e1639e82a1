using OpsConsole.Events;
using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Flows;

/// <summary>A transaction's objects and milestones, and what stands around it, as far as the reader's scope goes. Read in one round trip.</summary>
internal sealed record TransactionAround
{
    private const int MostShared = 20;

    public required IReadOnlyList<PartLine> Parts { get; init; }

    public required long PartsInAll { get; init; }

    /// <summary>In the flow's order, each with the object that reached it.</summary>
    public required List<(TransactionMilestone Milestone, ObjectRef? ReachedBy)> Milestones { get; init; }

    public required IReadOnlyList<RelatedCase> Exceptions { get; init; }

    public required Some<RelatedTrace> Traces { get; init; }

    public required IReadOnlyList<SharedObject> Shared { get; init; }

    /// <param name="db">Where it stands.</param>
    /// <param name="found">The transaction.</param>
    /// <param name="scope">Of who asks.</param>
    /// <param name="mostParts">How many objects are listed.</param>
    /// <param name="mostTraces">How many traces are listed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<TransactionAround> Read(OpsDb db, Transaction found, Scope scope, int mostParts, int mostTraces, CancellationToken cancellationToken)
    {
        var members = db.TransactionObjects.AsNoTracking().Where(part => part.TransactionKey == found.Key);
        var objects = db.Objects.AsNoTracking().Seen(scope);
        var keys = members.Join(objects, part => part.ObjectKey, o => o.Key, (part, o) => o.Key);
        var together = new Together(db);
        var parts = together.Ask(Parted(members, objects).Take(mostParts + 1));
        var words = together.Ask(Words(db, keys));
        var milestones = together.Ask(Reached(db, found.Key));
        var names = together.Ask(db.SaidNames.Where(n => keys.Contains(n.TargetSpokenKey)).Select(n => n.SpokenKey));
        var cases = together.Ask(db.CasesOf(keys, scope));
        var traces = together.Ask(Spoken(db, keys).OrderByDescending(t => t.StartedAt).Take(mostTraces));
        var joined = together.Ask(Joined(db, found, keys, objects));
        var beside = together.Ask(Beside(db, found, keys, objects));
        await together.Send(cancellationToken);

        var said = words.ToLookup(word => word.ObjectKey);
        return new TransactionAround
        {
            Parts = [.. parts.Take(mostParts).Select(part => part.Line([.. said[part.Key].Select(word => word.Word).OrderBy(word => word.System, StringComparer.Ordinal)]))],
            PartsInAll = parts.Count <= mostParts ? parts.Count : await keys.LongCountAsync(cancellationToken),
            Milestones = milestones.ConvertAll(row => (row.Milestone, row.ReachedBy)),
            Exceptions = cases.ConvertAll(row => row.Related),
            Traces = names.Count > 0
                ? await db.RelatedTraces([.. (await ObjectNames.Of(db, [.. parts.Select(part => part.Key)], cancellationToken)).Select(name => name.SpokenKey).Distinct()], mostTraces, cancellationToken)
                : new Some<RelatedTrace>(traces.ConvertAll(RelatedQueries.Related), traces.Count < mostTraces ? traces.Count : await Spoken(db, keys).LongCountAsync(cancellationToken)),
            Shared = [.. joined.Select(one => one.Shared(true)), .. beside.Select(one => one.Shared(false))],
        };
    }

    private static IQueryable<PartRead> Parted(IQueryable<TransactionObject> members, IQueryable<BusinessObject> objects) =>
        from part in members
        join o in objects on part.ObjectKey equals o.Key
        orderby part.Path, o.FirstAt, o.Id
        select new PartRead(o.Key, o.Type, o.Id, o.Label, part.Path, o.Amount, o.Currency, o.Disagrees, o.FirstAt, o.LastAt);

    private static IQueryable<WordRead> Words(OpsDb db, IQueryable<Guid> keys) =>
        from s in db.ObjectStates.AsNoTracking()
        where keys.Contains(s.ObjectKey)
        select new WordRead(s.ObjectKey, s.System, s.State, s.Outcome, s.Time);

    private static IQueryable<MilestoneRead> Reached(OpsDb db, Guid transaction) =>
        from milestone in db.TransactionMilestones.AsNoTracking()
        join o in db.Objects on milestone.ObjectKey equals o.Key into reached
        from one in reached.DefaultIfEmpty()
        where milestone.TransactionKey == transaction
        orderby milestone.Ordinal
        select new MilestoneRead(
            milestone.TransactionKey, milestone.Name, milestone.Flow, milestone.Ordinal, milestone.ReachedAt, milestone.ReceivedAt, milestone.DueAt, milestone.System, one.Type, one.Id);

    private static IQueryable<TraceSummary> Spoken(OpsDb db, IQueryable<Guid> keys)
    {
        var speaking = db.TraceKeys.Where(k => keys.Contains(k.SpokenKey)).Select(k => k.TraceId);
        return db.Traces.AsNoTracking().Where(t => speaking.Contains(t.TraceId));
    }

    private static IQueryable<SharedRead> Joined(OpsDb db, Transaction found, IQueryable<Guid> keys, IQueryable<BusinessObject> objects)
    {
        var leads = objects.Where(o => o.Type == found.LeadType && o.Key != found.LeadKey);
        return (
            from o in db.Objects.AsNoTracking()
            where keys.Contains(o.Key) && o.Key != found.LeadKey
            let others = db.TransactionObjects.LongCount(part => part.ObjectKey == o.Key && part.LeadKey != found.LeadKey && leads.Any(lead => lead.Key == part.LeadKey))
            where others > 0
            orderby o.Type, o.Id
            select new SharedRead(o.Type, o.Id, o.Label, others)).Take(MostShared);
    }

    private static IQueryable<SharedRead> Beside(OpsDb db, Transaction found, IQueryable<Guid> keys, IQueryable<BusinessObject> objects)
    {
        var leads = objects.Where(o => o.Type == found.LeadType && o.Key != found.LeadKey);
        var linked = db.ObjectLinks.Where(l => keys.Contains(l.FromKey)).Select(l => l.ToKey);
        return (
            from o in objects
            where o.Type != found.LeadType && linked.Contains(o.Key)
            where !db.TransactionObjects.Any(part => part.TransactionKey == found.Key && part.ObjectKey == o.Key)
            orderby o.Type, o.Id
            select new SharedRead(o.Type, o.Id, o.Label, db.ObjectLinks.LongCount(l => l.FromKey == o.Key && leads.Any(lead => lead.Key == l.ToKey)))).Take(MostShared);
    }

    private sealed record WordRead(Guid ObjectKey, string System, string? State, SyncOutcome Outcome, DateTimeOffset Time)
    {
        public SystemWord Word => new(System, State, Outcome, Time);
    }

    private sealed record SharedRead(string Type, string Id, string? Label, long Others)
    {
        public SharedObject Shared(bool joined) => new(Type, Id, Label, joined, Others);
    }

    private sealed record PartRead(
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

    private sealed record MilestoneRead(
        Guid TransactionKey, string Name, string Flow, int Ordinal, DateTimeOffset? ReachedAt, DateTimeOffset? ReceivedAt, DateTimeOffset? DueAt, string? System, string? Type, string? Id)
    {
        public TransactionMilestone Milestone => new()
        {
            TransactionKey = TransactionKey, Name = Name, Flow = Flow, Ordinal = Ordinal, ReachedAt = ReachedAt, ReceivedAt = ReceivedAt, DueAt = DueAt, System = System,
        };

        public ObjectRef? ReachedBy => Type is { } type && Id is { } id ? new ObjectRef(type, id) : null;
    }
}

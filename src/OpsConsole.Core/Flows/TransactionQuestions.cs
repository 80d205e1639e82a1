using OpsConsole.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Flows;

/// <summary>
/// What the page of a transaction asks. In each, <c>all</c> and <c>units</c> are the reader's scope (<see cref="Scope.AllUnits"/>, <see cref="Scope.Units"/>);
/// where a question begins with the transaction's parts, it goes on with those in the scope.
/// </summary>
internal sealed class TransactionQuestions
{
    public const int MostParts = 500;
    public const int MostTraces = 100;
    private const int MostShared = 20;

    /// <summary>By flow and the lead's id.</summary>
    public Func<OpsDb, string, string, IEnumerable<Transaction>> Found { get; } = EF.CompileQuery((OpsDb db, string flow, string id) =>
        db.Transactions.Where(t => t.Flow == flow && t.LeadId == id).OrderBy(t => t.Key).Take(1));

    public Func<OpsDb, string, IEnumerable<Flow>> Flow { get; } = EF.CompileQuery((OpsDb db, string name) => db.Flows.Where(f => f.Name == name));

    /// <summary>One more than are listed, when there are more.</summary>
    public Func<OpsDb, Guid, bool, string[], IEnumerable<PartRead>> Parts { get; } = EF.CompileQuery((OpsDb db, Guid key, bool all, string[] units) => (
        from part in db.TransactionObjects
        where part.TransactionKey == key
        join o in db.Objects on part.ObjectKey equals o.Key
        where all || units.Contains(o.Unit)
        orderby part.Path, o.FirstAt, o.Id
        select new PartRead(o.Key, o.Type, o.Id, o.Label, part.Path, o.Amount, o.Currency, o.Disagrees, o.FirstAt, o.LastAt)).Take(MostParts + 1));

    public Func<OpsDb, Guid, bool, string[], IEnumerable<WordRead>> Words { get; } = EF.CompileQuery((OpsDb db, Guid key, bool all, string[] units) =>
        from part in db.TransactionObjects
        where part.TransactionKey == key
        join o in db.Objects on part.ObjectKey equals o.Key
        where all || units.Contains(o.Unit)
        join s in db.ObjectStates on o.Key equals s.ObjectKey
        select new WordRead(s.ObjectKey, s.System, s.State, s.Outcome, s.Time));

    public Func<OpsDb, Guid, IEnumerable<MilestoneRead>> Milestones { get; } = EF.CompileQuery((OpsDb db, Guid key) =>
        from milestone in db.TransactionMilestones
        join o in db.Objects on milestone.ObjectKey equals o.Key into reached
        from one in reached.DefaultIfEmpty()
        where milestone.TransactionKey == key
        orderby milestone.Ordinal
        select new MilestoneRead(
            milestone.TransactionKey, milestone.Name, milestone.Flow, milestone.Ordinal, milestone.ReachedAt, milestone.ReceivedAt, milestone.DueAt, milestone.System, one.Type, one.Id));

    /// <summary>The first of the parts that have other names, when any has.</summary>
    public Func<OpsDb, Guid, bool, string[], IEnumerable<Guid>> Renamed { get; } = EF.CompileQuery((OpsDb db, Guid key, bool all, string[] units) => (
        from part in db.TransactionObjects
        where part.TransactionKey == key
        join o in db.Objects on part.ObjectKey equals o.Key
        where all || units.Contains(o.Unit)
        where db.SaidNames.Any(n => n.TargetSpokenKey == o.Key)
        orderby part.ObjectKey
        select part.ObjectKey).Take(1));

    public Func<OpsDb, Guid, bool, string[], IEnumerable<RelatedRead>> Exceptions { get; } = EF.CompileQuery((OpsDb db, Guid key, bool all, string[] units) => (
        from part in db.TransactionObjects
        where part.TransactionKey == key
        join o in db.Objects on part.ObjectKey equals o.Key
        where all || units.Contains(o.Unit)
        join c in db.Cases on o.Key equals c.ObjectKey
        where c.MovedTo == null && (all || units.Contains(c.Unit))
        orderby c.EndedAt != null, c.OpenedAt descending, c.Id
        select c).Take(RelatedQueries.MostCases).Select(RelatedRead.Of));

    public Func<OpsDb, Guid, bool, string[], IEnumerable<TraceSummary>> Traces { get; } = EF.CompileQuery((OpsDb db, Guid key, bool all, string[] units) =>
        db.Traces
            .Where(t => (
                from part in db.TransactionObjects
                where part.TransactionKey == key
                join o in db.Objects on part.ObjectKey equals o.Key
                where all || units.Contains(o.Unit)
                join said in db.TraceKeys on o.Key equals said.SpokenKey
                select said.TraceId).Contains(t.TraceId))
            .OrderByDescending(t => t.StartedAt)
            .Take(MostTraces));

    /// <summary>Parts of this transaction and of others.</summary>
    public Func<OpsDb, Guid, Guid, string, bool, string[], IEnumerable<SharedRead>> Joined { get; } = EF.CompileQuery((OpsDb db, Guid key, Guid lead, string leadType, bool all, string[] units) => (
        from part in db.TransactionObjects
        where part.TransactionKey == key && part.ObjectKey != lead
        join o in db.Objects on part.ObjectKey equals o.Key
        where all || units.Contains(o.Unit)
        join other in db.TransactionObjects on o.Key equals other.ObjectKey
        where other.LeadKey != lead
        join leading in db.Objects on other.LeadKey equals leading.Key
        where leading.Type == leadType && (all || units.Contains(leading.Unit))
        group other by new { o.Type, o.Id, o.Label } into shared
        orderby shared.Key.Type, shared.Key.Id
        select new SharedRead(shared.Key.Type, shared.Key.Id, shared.Key.Label, shared.LongCount())).Take(MostShared));

    /// <summary>Linked with a part, and no part itself.</summary>
    public Func<OpsDb, Guid, Guid, string, bool, string[], IEnumerable<SharedRead>> Beside { get; } = EF.CompileQuery((OpsDb db, Guid key, Guid lead, string leadType, bool all, string[] units) => (
        from o in db.Objects
        where o.Type != leadType && (all || units.Contains(o.Unit))
        where (
            from part in db.TransactionObjects
            where part.TransactionKey == key
            join seen in db.Objects on part.ObjectKey equals seen.Key
            where all || units.Contains(seen.Unit)
            join link in db.ObjectLinks on seen.Key equals link.FromKey
            select link.ToKey).Contains(o.Key)
        where !db.TransactionObjects.Any(part => part.TransactionKey == key && part.ObjectKey == o.Key)
        orderby o.Type, o.Id
        select new SharedRead(o.Type, o.Id, o.Label, (
            from link in db.ObjectLinks
            where link.FromKey == o.Key && link.ToKey != lead
            join leading in db.Objects on link.ToKey equals leading.Key
            where leading.Type == leadType && (all || units.Contains(leading.Unit))
            select link).LongCount())).Take(MostShared));
}

using System.Globalization;
using System.Text.Json.Serialization;
using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Flows;

/// <summary>Lists transactions within the caller's scope, the latest started first.</summary>
public sealed record ListTransactions(TransactionFilter Filter, Actor Actor, string? After = null, int Take = 50) : IRequest<Outcome<Page<TransactionLine>>>, IGuarded
{
    public Right Needs => Right.ReadFacts;
}

/// <summary>One run of a flow in a list.</summary>
public sealed record TransactionLine
{
    public required string Flow { get; init; }
    public required ObjectRef Lead { get; init; }
    public string? Label { get; init; }
    public required string Unit { get; init; }
    public string? LegalEntity { get; init; }
    public Money? Amount { get; init; }
    public required TransactionStatus Status { get; init; }
    public int Objects { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public DateTimeOffset? NextDueAt { get; init; }
    public required IReadOnlyList<MilestoneLine> Milestones { get; init; }

    /// <summary>How many exceptions of its lead have not ended.</summary>
    public int OpenExceptions { get; init; }
}

/// <summary>A milestone of one transaction, its status told by the clock of the answer.</summary>
public sealed record MilestoneLine
{
    public required string Name { get; init; }
    public required string Label { get; init; }

    /// <summary>The earliest time at which its state was said.</summary>
    public DateTimeOffset? Time { get; init; }
    public DateTimeOffset? ReceivedAt { get; init; }
    public DateTimeOffset? Due { get; init; }
    public required MilestoneStatus Status { get; init; }
    public string? System { get; init; }

    /// <summary>The object that reached it.</summary>
    [JsonPropertyName("object")]
    public ObjectRef? ReachedBy { get; init; }

    /// <summary>The milestone whose receipt starts its clock.</summary>
    public string? After { get; init; }
    public double? DueHours { get; init; }
}

internal sealed class ListTransactionsHandler(OpsDb db, TimeProvider clock) : IRequestHandler<ListTransactions, Outcome<Page<TransactionLine>>>
{
    public async Task<Outcome<Page<TransactionLine>>> Handle(ListTransactions request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = db.Transactions.AsNoTracking().Seen(request.Actor.Scope).Matching(db, request.Filter, now);
        var take = Cursor.Take(request.Take);
        var together = new Together(db);
        var totals = together.Ask(found.GroupBy(_ => 1).Select(all => all.LongCount()));
        var rows = together.Ask(found.After(request.After).OrderByDescending(t => t.StartOrder).ThenBy(t => t.Key).Take(take + 1));
        var defined = together.Ask(db.Flows.AsNoTracking());
        await together.Send(cancellationToken);
        var more = rows.Count > take;
        var shown = more ? rows[..take] : rows;
        var keys = shown.ConvertAll(row => row.Key);
        var leads = shown.Select(row => row.LeadKey).Distinct().ToList();
        var stages = together.Ask(db.TransactionMilestones.AsNoTracking().Where(m => keys.Contains(m.TransactionKey)).OrderBy(m => m.Ordinal));
        var failing = together.Ask(
            db.Cases.Where(c => leads.Contains(c.ObjectKey) && c.EndedAt == null && c.MovedTo == null).GroupBy(c => c.ObjectKey).Select(lead => new OpenOf(lead.Key, lead.Count())));
        await together.Send(cancellationToken);
        var milestones = stages.ToLookup(m => m.TransactionKey);
        var open = failing.ToDictionary(lead => lead.Key, lead => lead.Count);
        var flows = FlowBook.Of(defined.IntersectBy(shown.Select(row => row.Flow), flow => flow.Name));
        var last = shown.Count > 0 ? shown[^1] : null;
        return new Page<TransactionLine>(
            [.. shown.Select(row => Line(row, [.. milestones[row.Key]], flows, open.GetValueOrDefault(row.LeadKey), now))],
            totals.Count == 0 ? 0 : totals[0],
            more ? Cursor.Of(last!.StartOrder, last.Key) : null);
    }

    private static TransactionLine Line(Transaction found, IReadOnlyList<TransactionMilestone> milestones, FlowBook flows, int open, DateTimeOffset now) => new()
    {
        Flow = found.Flow,
        Lead = new ObjectRef(found.LeadType, found.LeadId),
        Label = found.Label,
        Unit = found.Unit,
        LegalEntity = found.LegalEntity,
        Amount = found.Money(),
        Status = found.StatusAt(milestones, now),
        Objects = found.Objects,
        StartedAt = found.StartedAt,
        CompletedAt = found.CompletedAt,
        NextDueAt = found.NextDueAt,
        Milestones = [.. milestones.Select(milestone => flows.Line(milestone, null, now))],
        OpenExceptions = open,
    };

    private sealed record OpenOf(Guid Key, int Count);
}

/// <summary>The definitions that a page's rows need, so that milestones can be called what people call them.</summary>
internal sealed class FlowBook(IReadOnlyDictionary<string, FlowDefinition> flows)
{
    public static FlowBook Of(IEnumerable<Flow> rows) => new(rows.ToDictionary(row => row.Name, row => FlowDefinition.FromJson(row.Definition), StringComparer.Ordinal));

    /// <param name="row">The one that is needed; nothing: it is no longer defined.</param>
    public static FlowBook Of(Flow? row) => new(row is null ? new Dictionary<string, FlowDefinition>() : new() { [row.Name] = FlowDefinition.FromJson(row.Definition) });

    public FlowDefinition? Find(string name) => flows.GetValueOrDefault(name);

    public MilestoneLine Line(TransactionMilestone milestone, ObjectRef? reachedBy, DateTimeOffset now)
    {
        var defined = Find(milestone.Flow)?.Milestones.FirstOrDefault(step => step.Name == milestone.Name);
        return new MilestoneLine
        {
            Name = milestone.Name,
            Label = defined?.Label ?? Words(milestone.Name),
            Time = milestone.ReachedAt,
            ReceivedAt = milestone.ReceivedAt,
            Due = milestone.DueAt,
            Status = milestone.StatusAt(now),
            System = milestone.System,
            ReachedBy = reachedBy,
            After = defined?.After,
            DueHours = defined?.DueHours,
        };
    }

    /// <summary><c>cash-applied</c> reads "Cash applied" where nobody gave it a label.</summary>
    public static string Words(string name) =>
        name.Length == 0 ? name : char.ToUpper(name[0], CultureInfo.InvariantCulture) + name[1..].Replace('-', ' ');
}

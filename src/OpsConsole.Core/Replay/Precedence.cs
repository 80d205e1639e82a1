using OpsConsole.Cases;
using OpsConsole.Flows;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>An exception that must end before another one's replay is sent.</summary>
/// <param name="Id">The exception.</param>
/// <param name="Number">For people: EX-20418.</param>
/// <param name="Object">What it is about: <c>customer ACC-17</c>.</param>
internal sealed record Parent(Guid Id, long Number, string Object)
{
    public string Say() => $"waits for {Object}, EX-{Number}";
}

/// <summary>
/// Parents before children: what must be there before something else can be taken. Master data go before documents; among documents the flows
/// decide: a type that stands before another on a path goes before it. Links tell which object is whose parent, and a creation goes before whatever else
/// happens to the same object. Only exceptions of one system hold each other back.
/// </summary>
internal sealed class Precedence(OpsDb db)
{
    // What failed so leaves nothing there that others could refer to. A failed change does: nothing waits for it.
    private static readonly string[] s_making = ["", "create", "insert", "issue", "post", "apply"];
    private static readonly string[] s_master = ["account", "customer", "vendor", "supplier", "contact", "product", "item-master", "price-list"];

    /// <summary>For each of the exceptions that must wait: the first one that it waits for. Two questions, however many there are.</summary>
    public async Task<Dictionary<Guid, Parent>> Parents(IReadOnlyCollection<ExceptionCase> cases, CancellationToken cancellationToken)
    {
        var before = await Before(cancellationToken);
        var keys = cases.Select(c => c.ObjectKey).Distinct().ToList();
        var types = cases.Select(c => c.ObjectType).Distinct().SelectMany(type => before(type)).Distinct().ToList();
        var linked = await (
            from link in db.ObjectLinks.AsNoTracking()
            where keys.Contains(link.FromKey) && types.Contains(link.ToType)
            join parent in db.Cases.AsNoTracking() on link.ToKey equals parent.ObjectKey
            where parent.EndedAt == null && parent.MovedTo == null && parent.Kind == SignalKind.Failure && s_making.Contains(parent.Operation)
            select new Held(link.FromKey, parent.Id, parent.Number, parent.ObjectType, parent.ObjectId, parent.System, parent.Operation)).ToListAsync(cancellationToken);
        var own = await (
            from parent in db.Cases.AsNoTracking()
            where keys.Contains(parent.ObjectKey) && parent.EndedAt == null && parent.MovedTo == null && parent.Kind == SignalKind.Failure && parent.Operation == "create"
            select new Held(parent.ObjectKey, parent.Id, parent.Number, parent.ObjectType, parent.ObjectId, parent.System, parent.Operation)).ToListAsync(cancellationToken);
        var linkedOf = linked.ToLookup(held => held.Child);
        var ownOf = own.ToLookup(held => held.Child);
        return cases
            .Select(child => (child.Id, Parent: Choose(child, linkedOf[child.ObjectKey].Where(held => before(child.ObjectType).Contains(held.Type)), ownOf[child.ObjectKey])))
            .Where(found => found.Parent is not null).ToDictionary(found => found.Id, found => found.Parent!);
    }

    private static Parent? Choose(ExceptionCase child, IEnumerable<Held> linked, IEnumerable<Held> own) =>
        linked.Concat(own.Where(_ => child.Operation != "create"))
            .Where(held => held.Id != child.Id && held.System == child.System)
            .OrderBy(held => held.Number).Select(held => new Parent(held.Id, held.Number, $"{held.Type} {held.ObjectId}")).FirstOrDefault();

    /// <summary>For each type, those that go before it. Two types of which each would go before the other do not wait for each other.</summary>
    private async Task<Func<string, IReadOnlySet<string>>> Before(CancellationToken cancellationToken)
    {
        var flows = (await db.Flows.AsNoTracking().Select(f => f.Definition).ToListAsync(cancellationToken)).ConvertAll(FlowDefinition.FromJson);
        var pairs = flows.SelectMany(flow => flow.Paths.Select(path => path.Split('/'))).SelectMany(Pairs).Concat(s_documents).ToHashSet();
        var master = s_master.ToHashSet(StringComparer.Ordinal);
        return type => master.Contains(type)
            ? new HashSet<string>()
            : master.Concat(pairs.Where(pair => pair.After == type && !pairs.Contains((type, pair.Before))).Select(pair => pair.Before)).Where(other => other != type).ToHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<(string Before, string After)> Pairs(string[] path) =>
        from first in Enumerable.Range(0, path.Length)
        from later in Enumerable.Range(first + 1, path.Length - first - 1)
        where path[first] != path[later]
        select (path[first], path[later]);

    // What every company's books ask for, also where no flow is defined.
    private static readonly (string Before, string After)[] s_documents =
        [("order", "invoice"), ("project", "invoice"), ("invoice", "payment"), ("invoice", "credit-note"), ("order", "payment"), ("payment", "refund")];

    private sealed record Held(Guid Child, Guid Id, long Number, string Type, string ObjectId, string System, string Operation);
}

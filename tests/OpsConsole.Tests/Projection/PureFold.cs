using OpsConsole.Events;
using OpsConsole.Flows;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Projection;

/// <summary>The pure folds put together without a database: what a rebuild of these events would come to.</summary>
internal static class PureFold
{
    public static async Task<FoldAnswer> Of(IEnumerable<SyncSample> samples, FlowDefinition? flow)
    {
        var events = samples.Select(sample => sample.Build()).DistinctBy(e => Convert.ToHexString(e.Key)).ToList();
        List<SaidName> saidNames = [];
        List<SaidLink> saidLinks = [];
        events.ForEach(e => SaidReader.Read(Fact.From(e), saidNames, saidLinks));
        var names = new Names(saidNames.GroupBy(name => name.Key).Select(same => same.MaxBy(Names.OrderOf)!));
        var objects = events.GroupBy(e => names.Resolve(e.EntityType, e.System, e.EntityId)).Select(said => ObjectFold.Fold(said.Key, said.Select(Fact.From))).ToList();
        var links = saidLinks.Select(link => (From: names.Resolve(link.FromType, link.System, link.FromId), To: names.Resolve(link.ToType, link.System, link.ToId))).ToList();
        var bare = links.SelectMany(link => new[] { link.From, link.To }).Distinct().Where(name => objects.TrueForAll(o => o.Row.Key != name.Key)).ToList();
        objects.AddRange(bare.Select(name => ObjectFold.Fold(name, [])));
        var transactions = flow is null ? [] : await Transactions(flow, objects, links);
        foreach (var child in objects)
        {
            UnitFold.Inherit(child.Row, [.. transactions.Where(t => t.Value.Contains(child.Row.Key) && t.Key.Key != child.Row.Key).Select(t => new LeadUnits(t.Key.OwnUnit, t.Key.OwnLegalEntity, t.Key.OwnRegion))]);
        }

        var byKey = objects.ToDictionary(o => o.Row.Key, o => $"{o.Row.Type}/{o.Row.Id}");
        return new FoldAnswer(
            byKey.Values,
            objects.SelectMany(o => o.States.Select(s => $"{byKey[o.Row.Key]}@{s.System}: {s.State} {s.Outcome.ToString().ToLowerInvariant()}")),
            objects.SelectMany(o => o.Failures.Select(f => $"{byKey[o.Row.Key]}@{f.System} {f.Operation}: {f.Spells} {(f.Open ? "open" : "ended")}")),
            objects.Select(o => $"{byKey[o.Row.Key]}: {o.Row.Unit}"),
            transactions.Select(t => $"{byKey[t.Key.Key]}: {string.Join(' ', t.Value.Select(key => byKey[key]).Order(StringComparer.Ordinal))}"));
    }

    private static async Task<Dictionary<BusinessObject, HashSet<Guid>>> Transactions(FlowDefinition flow, List<FoldedObject> objects, List<(ObjectRef From, ObjectRef To)> links)
    {
        var steps = links.Concat(links.Select(link => (link.To, link.From))).Where(link => link.Item1 != link.Item2).Distinct().ToLookup(link => link.Item1.Key, link => link.Item2);
        var walk = new FlowWalk(flow, (from, types, _) => Task.FromResult<IReadOnlyList<LinkStep>>(
            [.. from.SelectMany(key => steps[key].Where(to => types.Contains(to.Type)).Select(to => new LinkStep(key, to.Key, to.Type)))]));
        var leads = objects.Where(o => o.Row.Type == flow.Lead).ToDictionary(o => o.Row.Key, o => o.Row);
        return (await walk.Members(leads.Keys, CancellationToken.None)).ToDictionary(t => leads[t.Key], t => t.Value.Keys.ToHashSet());
    }
}

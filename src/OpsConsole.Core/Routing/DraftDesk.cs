using Microsoft.Extensions.Options;
using OpsConsole.Rates;
using OpsConsole.Storage;

namespace OpsConsole.Routing;

/// <summary>Reads books and drafts, and says in words how two of them differ.</summary>
internal sealed class DraftDesk(OpsDb db, IOptions<ReportingOptions> reporting)
{
    public async Task<DraftView> View(Actor actor, CancellationToken cancellationToken)
    {
        var (book, current) = await InForce(cancellationToken);
        var draft = await db.BookDrafts.AsNoTracking().SingleOrDefaultAsync(d => d.OwnerId == actor.Id, cancellationToken);
        var rules = draft is null ? book : BookRule.FromJson(draft.Rules);
        return new DraftView(rules, [.. rules.Select(Say)], draft?.BasedOn ?? current, current, draft is not null, draft?.UpdatedAt, Changes(book, rules));
    }

    /// <summary>The book that decides now, and its number.</summary>
    public async Task<(IReadOnlyList<BookRule> Rules, int Version)> InForce(CancellationToken cancellationToken)
    {
        var rules = await db.RoutingRules.AsNoTracking().OrderBy(r => r.Ordinal).ThenBy(r => r.Id).ToListAsync(cancellationToken);
        return (rules.ConvertAll(BookRule.Of), await db.BookVersions.MaxAsync(v => (int?)v.Version, cancellationToken) ?? 0);
    }

    /// <summary>What a reader must know to follow: added, deleted, moved and changed rules.</summary>
    public IReadOnlyList<string> Changes(IReadOnlyList<BookRule> from, IReadOnlyList<BookRule> to)
    {
        var before = from.Select((rule, i) => (rule, i)).ToDictionary(pair => pair.rule.Id, pair => pair);
        var after = to.Select(rule => rule.Id).ToHashSet();
        var said = new List<string>();
        var stayed = from.Where(rule => after.Contains(rule.Id)).Select(rule => rule.Id).ToList();
        var moved = Moved(stayed, [.. to.Where(rule => before.ContainsKey(rule.Id)).Select(rule => rule.Id)]);
        for (var i = 0; i < to.Count; i++)
        {
            if (!before.TryGetValue(to[i].Id, out var was))
            {
                said.Add($"New: {Say(to[i])}");
            }
            else if (Plain(was.rule) != Plain(to[i]))
            {
                said.Add($"Changed: {Say(to[i])}; was {Say(was.rule)}");
            }
            else if (moved.Contains(to[i].Id))
            {
                said.Add($"Moved: {to[i].Rule.Name} from place {was.i + 1} to {i + 1}");
            }
        }

        said.AddRange(from.Where(rule => !after.Contains(rule.Id)).Select(rule => $"Deleted: {Say(rule)}"));
        return said;
    }

    private static RuleBody Plain(BookRule rule) => rule.Rule with { QueueLabel = null };

    // Those outside a longest run that kept its order: the fewest that were moved.
    private static HashSet<Guid> Moved(List<Guid> from, List<Guid> to)
    {
        var place = from.Select((id, i) => (id, i)).ToDictionary(pair => pair.id, pair => pair.i);
        var best = new int[to.Count];
        var previous = new int[to.Count];
        for (var i = 0; i < to.Count; i++)
        {
            (best[i], previous[i]) = (1, -1);
            for (var j = 0; j < i; j++)
            {
                if (place[to[j]] < place[to[i]] && best[j] + 1 > best[i])
                {
                    (best[i], previous[i]) = (best[j] + 1, j);
                }
            }
        }

        var kept = new HashSet<Guid>();
        for (var at = best.Length == 0 ? -1 : Array.IndexOf(best, best.Max()); at >= 0; at = previous[at])
        {
            kept.Add(to[at]);
        }

        return [.. to.Where(id => !kept.Contains(id))];
    }

    private string Say(BookRule rule) => RuleReading.Say(BookRule.ToRules([rule])[0], rule.Rule.QueueLabel ?? rule.Rule.Queue, reporting.Value.Currency) + (rule.Rule.Disabled ? " (switched off)" : "");
}

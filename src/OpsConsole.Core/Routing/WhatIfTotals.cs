namespace OpsConsole.Routing;

/// <summary>The numbers of a what-if. Each is the count of the rows that its name selects, so that a number and its rows can never differ.</summary>
internal static class WhatIfTotals
{
    public static WhatIfReport Of(Decided decided)
    {
        var groups = new Groups(decided);
        var queues = decided.Rows.SelectMany(row => new[] { row.Now.Queue, row.Draft.Queue }).Distinct().OrderBy(queue => decided.Labels.GetValueOrDefault(queue, queue), StringComparer.Ordinal);
        var moves = decided.Rows.Where(row => row.Moved).Select(row => (row.Now.Queue, To: row.Draft.Queue)).Distinct();
        return new WhatIfReport(
            decided.Days, decided.Since, decided.Rows.Count, decided.Cut, groups["moved"],
            [.. moves.Select(move => new QueueMove(move.Queue, move.To, groups[$"moved/{move.Queue}/{move.To}"])).OrderByDescending(move => move.Group.Count).ThenBy(move => move.Group.Of, StringComparer.Ordinal)],
            [.. queues.Select(queue => new QueueLoad(queue, decided.Labels.GetValueOrDefault(queue, queue), groups[$"queue-now/{queue}"], groups[$"queue-draft/{queue}"]))],
            Stewards(decided, groups),
            [.. Rules(decided).Select(rule => new RuleLoad(rule.Id, rule.Name, groups[$"rule-now/{rule.Id}"], groups[$"rule-draft/{rule.Id}"]))],
            Due(groups, "now"), Due(groups, "draft"), groups["better"], groups["worse"], groups["orphans-now"], groups["orphans-draft"], decided.Version, decided.Currency, decided.Draft.Changes);
    }

    /// <summary>Which rows a number counts; nothing where the name is none.</summary>
    public static Func<DecidedCase, bool>? Which(string of, DateTimeOffset now)
    {
        bool Met(DecidedCase row, Decision by) => row.Case.EndedAt <= by.DueAt;
        bool Missed(DecidedCase row, Decision by) => (row.Case.EndedAt ?? now) > by.DueAt;
        bool Running(DecidedCase row, Decision by) => row.Case.EndedAt is null && now <= by.DueAt;
        return of.Split('/', 3) switch
        {
            ["moved"] => row => row.Moved,
            ["moved", var from, var to] => row => row.Now.Queue == from && row.Draft.Queue == to,
            ["queue-now", var queue] => row => row.Now.Queue == queue,
            ["queue-draft", var queue] => row => row.Draft.Queue == queue,
            ["rule-now", var id] when Guid.TryParse(id, out var rule) => row => row.Now.Rule?.Id == rule,
            ["rule-draft", var id] when Guid.TryParse(id, out var rule) => row => row.Draft.Rule?.Id == rule,
            ["steward", var name] => row => row.Worker == name,
            ["met", "now"] => row => Met(row, row.Now),
            ["met", "draft"] => row => Met(row, row.Draft),
            ["missed", "now"] => row => Missed(row, row.Now),
            ["missed", "draft"] => row => Missed(row, row.Draft),
            ["running", "now"] => row => Running(row, row.Now),
            ["running", "draft"] => row => Running(row, row.Draft),
            ["better"] => row => Missed(row, row.Now) && !Missed(row, row.Draft),
            ["worse"] => row => !Missed(row, row.Now) && Missed(row, row.Draft),
            ["orphans-now"] => row => row.Now.Rule is null,
            ["orphans-draft"] => row => row.Draft.Rule is null,
            _ => null,
        };
    }

    private static DueOutcome Due(Groups groups, string by) => new(groups[$"met/{by}"], groups[$"missed/{by}"], groups[$"running/{by}"]);

    private static IEnumerable<(Guid Id, string Name)> Rules(Decided decided) =>
        decided.Draft.Rules.Concat(decided.Book).DistinctBy(rule => rule.Id).Select(rule => (rule.Id, rule.Rule.Name));

    private static List<StewardLoad> Stewards(Decided decided, Groups groups)
    {
        var worked = decided.Rows.Where(row => row.Worker is not null).ToList();
        var shares = worked.GroupBy(row => row.Now.Queue).ToDictionary(queue => queue.Key, queue => queue.GroupBy(row => row.Worker!).ToDictionary(one => one.Key, one => (double)one.Count() / queue.Count()));
        var loads = worked.Select(row => row.Worker!).Distinct().ToDictionary(name => name, _ => 0.0);
        var nobody = 0.0;
        foreach (var row in worked)
        {
            if (!row.Moved)
            {
                loads[row.Worker!]++;
            }
            else if (shares.TryGetValue(row.Draft.Queue, out var there))
            {
                foreach (var (name, share) in there)
                {
                    loads[name] += share;
                }
            }
            else
            {
                nobody++;
            }
        }

        var stewards = loads.Select(load => new StewardLoad(load.Key, groups[$"steward/{load.Key}"], Math.Round(load.Value, 1))).OrderByDescending(load => load.Draft).ThenBy(load => load.Name, StringComparer.Ordinal).ToList();
        return nobody == 0 ? stewards : [.. stewards, new StewardLoad("Nobody has worked there yet", new WhatIfGroup("", 0, 0), nobody)];
    }

    private sealed class Groups(Decided decided)
    {
        public WhatIfGroup this[string of]
        {
            get
            {
                var rows = decided.Rows.Where(Which(of, decided.Now)!).ToList();
                return new WhatIfGroup(of, rows.Count, rows.GroupBy(row => row.Case.ObjectKey).Sum(one => one.Max(row => row.AtRisk ?? 0)));
            }
        }
    }
}

using OpsConsole.Kpis.Catalog;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>The exceptions that have not ended, as the amount at risk reads them, seen by unit and age and by cause.</summary>
internal sealed class OpenCases(IReadOnlyList<KpiRow> rows)
{
    private const int TopCauses = 6;
    private static readonly TimeSpan[] s_ages = [TimeSpan.FromHours(4), TimeSpan.FromDays(1), TimeSpan.FromDays(3)];

    public IReadOnlyList<UnitAges> Ages(DateTimeOffset now) =>
    [
        .. from row in rows
           group row by row.Unit into unit
           let counts = unit.CountBy(row => Array.FindIndex(s_ages, age => now - row.At < age) is var i and >= 0 ? i : s_ages.Length).ToDictionary()
           orderby unit.Key == Scope.Unassigned, unit.Key
           select new UnitAges(unit.Key, Worth(unit), [.. Enumerable.Range(0, s_ages.Length + 1).Select(i => counts.GetValueOrDefault(i))]),
    ];

    public async Task<CauseFigures> Causes(OpsDb db, KpiWindow window, CancellationToken cancellationToken)
    {
        var since = window.Now.AddDays(-1);
        var causes = rows.GroupBy(row => row.Group!, StringComparer.Ordinal)
            .Select(cause => (Rows: cause.ToList(), Worth: Worth(cause))).OrderByDescending(cause => cause.Worth).ThenByDescending(cause => cause.Rows.Count).ToList();
        var top = causes.Take(TopCauses).ToList();
        var prints = top.ConvertAll(cause => cause.Rows[0].Group!);
        var ended = await db.CasesIn(window).Where(c => prints.Contains(c.Fingerprint) && c.EndedAt >= since)
            .GroupBy(c => c.Fingerprint).Select(cause => new { cause.Key, Count = cause.Count() }).ToDictionaryAsync(cause => cause.Key, cause => cause.Count, cancellationToken);
        var said = await db.OpenIn(window).Where(c => prints.Contains(c.Fingerprint))
            .GroupBy(c => c.Fingerprint).Select(cause => new { cause.Key, Said = cause.Min(c => c.Cause)! }).ToDictionaryAsync(cause => cause.Key, cause => cause.Said, cancellationToken);
        var queues = await db.Queues.AsNoTracking().ToDictionaryAsync(queue => queue.Code, queue => queue.Label, cancellationToken);
        return new CauseFigures(
            top.ConvertAll(cause => Figure(cause.Rows, said.GetValueOrDefault(cause.Rows[0].Group!, ""), cause.Worth, since, ended.GetValueOrDefault(cause.Rows[0].Group!), queues)),
            causes.Count,
            causes.Skip(TopCauses).Sum(cause => cause.Rows.Count),
            causes.Skip(TopCauses).Sum(cause => cause.Worth),
            causes.Sum(cause => cause.Worth));
    }

    private static CauseFigure Figure(List<KpiRow> cases, string said, decimal worth, DateTimeOffset since, int ended, Dictionary<string, string> queues) => new(
        cases[0].Group!, said, [.. cases.Select(row => row.Unit).Distinct().Order(StringComparer.Ordinal)],
        cases.CountBy(row => row.Queue ?? "").MaxBy(queue => queue.Value).Key is { Length: > 0 } queue ? queues.GetValueOrDefault(queue, queue) : null,
        cases.Count, worth, cases.Count(row => row.At >= since), ended);

    private static decimal Worth(IEnumerable<KpiRow> cases) => AmountAtRisk.Sum(cases);
}

using OpsConsole.Events;
using OpsConsole.Storage;

namespace OpsConsole.Kpis;

/// <summary>What rows are called: one look for all of a page.</summary>
internal sealed class KpiNames
{
    private readonly Dictionary<Guid, Named> _names;

    private KpiNames(IEnumerable<Named> names) => _names = names.ToDictionary(name => name.Key);

    public static async Task<KpiNames> Read(OpsDb db, KpiSubject subject, IReadOnlyList<KpiRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(row => row.Subject).ToList();
        return new KpiNames(subject switch
        {
            KpiSubject.Exception => (await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id))
                .Select(c => new { c.Id, c.Number, c.Title, c.ObjectType, c.ObjectId, c.LegalEntity }).ToListAsync(cancellationToken))
                .Select(c => new Named(c.Id, $"EX-{c.Number}", c.Title, new ObjectRef(c.ObjectType, c.ObjectId), null, c.LegalEntity)),
            KpiSubject.Replay => (await (
                from replay in db.ReplayItems.AsNoTracking()
                where ids.Contains(replay.Id)
                join c in db.Cases on replay.CaseId equals c.Id
                select new { replay.Id, c.Number, c.Title, c.ObjectType, c.ObjectId, c.LegalEntity }).ToListAsync(cancellationToken))
                .Select(c => new Named(c.Id, $"EX-{c.Number}", c.Title, new ObjectRef(c.ObjectType, c.ObjectId), null, c.LegalEntity)),
            KpiSubject.Failure => (await db.Signals.AsNoTracking().Where(s => ids.Contains(s.Id))
                .Select(s => new { s.Id, s.System, s.Operation, s.ObjectType, s.ObjectId, s.LegalEntity }).ToListAsync(cancellationToken))
                .Select(s => new Named(s.Id, s.ObjectId, $"{s.System} {s.Operation}".Trim(), new ObjectRef(s.ObjectType, s.ObjectId), null, s.LegalEntity)),
            KpiSubject.Transaction => (await db.Transactions.AsNoTracking().Where(t => ids.Contains(t.Key))
                .Select(t => new { t.Key, t.Flow, t.LeadType, t.LeadId, t.Label, t.LegalEntity }).ToListAsync(cancellationToken))
                .Select(t => new Named(t.Key, t.LeadId, t.Label, new ObjectRef(t.LeadType, t.LeadId), t.Flow, t.LegalEntity)),
            KpiSubject.Source => (await db.Sources.AsNoTracking().Where(s => ids.Contains(s.Id)).Select(s => new { s.Id, s.Name }).ToListAsync(cancellationToken))
                .Select(s => new Named(s.Id, s.Name, null, null, null, null)),
            _ => (await db.Objects.AsNoTracking().Where(o => ids.Contains(o.Key)).Select(o => new { o.Key, o.Type, o.Id, o.Label, o.LegalEntity }).ToListAsync(cancellationToken))
                .Select(o => new Named(o.Key, o.Id, o.Label, new ObjectRef(o.Type, o.Id), null, o.LegalEntity)),
        });
    }

    public KpiLine Line(KpiRow row, decimal? value, decimal? counted, string said)
    {
        var name = _names.GetValueOrDefault(row.Subject);
        return new KpiLine
        {
            Name = name?.Name ?? row.Subject.ToString(), Title = name?.Title, Object = name?.Object, Flow = name?.Flow, Unit = row.Unit, LegalEntity = name?.LegalEntity,
            At = row.At, Began = row.Began, CameAt = row.CameAt, Said = said, Value = value, Counted = counted,
            Amount = row is { Amount: { } amount, Currency: { } currency } ? new Money(amount, currency) : null,
        };
    }

    private sealed record Named(Guid Key, string Name, string? Title, ObjectRef? Object, string? Flow, string? LegalEntity);
}

using OpsConsole.Approvals;
using OpsConsole.Cases;
using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

/// <summary>Whether a bulk needs a second person: its items by themselves, added up, and with what the rules' windows hold already.</summary>
internal sealed class BulkFourEyes(OpsDb db, FourEyes fourEyes)
{
    /// <summary>Which of them need a second person by themselves.</summary>
    public Task<IReadOnlySet<Guid>> ByThemselves(IReadOnlyList<FourEyesItem> items, Actor preparer, CancellationToken cancellationToken) =>
        fourEyes.ByThemselves(items, preparer, cancellationToken);

    /// <summary>Why a second person must approve what the bulk would send now; nothing: nobody need. Writes nothing.</summary>
    public async Task<string?> Foresee(Bulk bulk, Actor starter, CancellationToken cancellationToken) =>
        await Foresee(await Sent(bulk, cancellationToken), starter, cancellationToken);

    /// <summary>The same for items that are about to become a bulk.</summary>
    public async Task<string?> Foresee(IReadOnlyList<FourEyesItem> items, Actor starter, CancellationToken cancellationToken)
    {
        var verdict = await fourEyes.Foresee(items, starter, cancellationToken);
        return verdict.Needed ? verdict.Said : null;
    }

    /// <summary>The decision, inside the transaction that starts the bulk: what may go alone counts from then on in the rules' windows.</summary>
    public async Task<FourEyesVerdict> Judge(Bulk bulk, Actor starter, CancellationToken cancellationToken) =>
        await fourEyes.Judge(await Sent(bulk, cancellationToken), starter, cancellationToken);

    /// <summary>Why all that the bulk would send is more than somebody decides; nothing: it is not.</summary>
    public async Task<string?> Beyond(Bulk bulk, Actor actor, CancellationToken cancellationToken) =>
        actor.Mandate.UpTo is null ? null : fourEyes.Beyond(await Sent(bulk, cancellationToken), actor);

    private async Task<IReadOnlyList<FourEyesItem>> Sent(Bulk bulk, CancellationToken cancellationToken)
    {
        var large = bulk.WithLarge;
        var ids = await db.BulkItems.AsNoTracking()
            .Where(i => i.BulkId == bulk.Id && i.State == BulkItemState.Pending && (large || i.Verdict == BulkVerdict.Ready)).Select(i => i.CaseId).ToListAsync(cancellationToken);
        var cases = await db.Cases.AsNoTracking().Among(ids, cancellationToken);
        return await Items(cases, cancellationToken);
    }

    /// <summary>As the rules look at them, in the same order. Only what was repaired can have changed a field that a rule names.</summary>
    public async Task<IReadOnlyList<FourEyesItem>> Items(IReadOnlyList<ExceptionCase> cases, CancellationToken cancellationToken)
    {
        var repaired = new Dictionary<Guid, FourEyesItem>();
        foreach (var some in cases.Where(c => c.PayloadVersion > 0).Chunk(CaseLots.Lot))
        {
            var payloads = await Payload.Read(db, [.. some.Select(c => (c, c.PayloadVersion))], cancellationToken);
            foreach (var @case in some)
            {
                repaired[@case.Id] = payloads[@case.Id].Judged(@case);
            }
        }

        return [.. cases.Select(c => repaired.GetValueOrDefault(c.Id) ?? new FourEyesItem(c, []))];
    }
}

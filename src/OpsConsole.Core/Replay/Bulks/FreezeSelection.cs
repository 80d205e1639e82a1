using System.Globalization;
using OpsConsole.Audit;
using OpsConsole.Cases;
using OpsConsole.Live;
using OpsConsole.Storage;

namespace OpsConsole.Replay.Bulks;

/// <summary>
/// Makes a bulk of what was selected and freezes it: rows with the versions that were seen, everything that a filter finds at this moment (in one statement), or
/// what another bulk left over. Sends nothing.
/// </summary>
/// <param name="Selected">Which.</param>
/// <param name="Actor">Who asks.</param>
public sealed record FreezeSelection(Selection Selected, Actor Actor) : IRequest<Outcome<BulkView>>, IGuarded
{
    /// <summary>The most exceptions of one bulk.</summary>
    public const int Most = 20_000;

    public Right Needs => Right.WorkCases;
}

/// <summary>What is selected: exactly one of the three.</summary>
public sealed record Selection
{
    /// <summary>These, with the versions that were seen.</summary>
    public IReadOnlyList<SelectedCase>? Rows { get; init; }

    /// <summary>All that this finds now.</summary>
    public CaseFilter? Filter { get; init; }

    /// <summary>What this bulk left over.</summary>
    public Guid? LeftOf { get; init; }

    /// <summary>The selection in words, for whoever looks at the bulk later.</summary>
    public string? Said { get; init; }
}

/// <param name="Id">The exception.</param>
/// <param name="Version">As it was seen; nothing: as it is now.</param>
public sealed record SelectedCase(Guid Id, int? Version);

internal sealed class FreezeSelectionHandler(OpsDb db, BulkPreview preview, BulkFourEyes fourEyes, IMediator mediator, WorkSignals bells, TimeProvider clock)
    : IRequestHandler<FreezeSelection, Outcome<BulkView>>
{
    public async Task<Outcome<BulkView>> Handle(FreezeSelection request, CancellationToken cancellationToken)
    {
        var selected = request.Selected;
        if (new object?[] { selected.Rows, selected.Filter, selected.LeftOf }.Count(one => one is not null) != 1)
        {
            return Refusal.Invalid("selection", "must be rows, a filter, or the left-overs of a bulk: exactly one of them");
        }

        if (selected.LeftOf is { } left && (await mediator.Send(new ShowBulk(left, request.Actor), cancellationToken)).Refusal is { } unseen)
        {
            return unseen;
        }

        var found = await Find(selected, request.Actor, cancellationToken);
        if (found.Count is 0 or > FreezeSelection.Most)
        {
            return Refusal.Invalid("selection", found.Count == 0 ? "finds no exception that you may see" : $"finds more than {FreezeSelection.Most:N0} exceptions; narrow it down");
        }

        var bulk = await Save(selected, found, request.Actor, cancellationToken);
        return await mediator.Send(new ShowBulk(bulk.Id, request.Actor), cancellationToken);
    }

    private async Task<List<ExceptionCase>> Find(Selection selected, Actor actor, CancellationToken cancellationToken)
    {
        var seen = db.Cases.AsNoTracking().Seen(actor.Scope);
        if (selected.Rows is not null)
        {
            return [.. (await seen.Among(selected.Rows.Select(row => row.Id), cancellationToken)).OrderBy(c => c.Number)];
        }

        var all = selected.LeftOf is { } bulk
            ? seen.Where(c => db.BulkItems.Any(i => i.BulkId == bulk && i.CaseId == c.Id
                && (i.State == BulkItemState.Skipped || i.State == BulkItemState.Left
                    || db.ReplayItems.Any(r => r.Id == i.ReplayId && (r.State == ReplayState.Failed || r.State == ReplayState.Disproven || r.State == ReplayState.Cancelled))))
                && c.EndedAt == null)
            : seen.Matching(selected.Filter!, clock.GetUtcNow());
        return await all.OrderBy(c => c.Number).Take(FreezeSelection.Most + 1).ToListAsync(cancellationToken);
    }

    private async Task<Bulk> Save(Selection selected, List<ExceptionCase> found, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var seen = selected.Rows?.GroupBy(row => row.Id).ToDictionary(row => row.Key, row => row.First().Version) ?? [];
        var judged = await fourEyes.Items(found, cancellationToken);
        var items = await preview.Judge(id, judged, seen, actor, cancellationToken);
        var bulk = new Bulk
        {
            Id = id, Said = Said(selected, found.Count), CreatedBy = actor.Id, CreatedByName = actor.Name, ByKey = actor.Kind is ActorKind.Key, CreatedAt = now,
            Total = items.Count, Worth = items.Sum(item => item.Worth ?? 0), LeftOf = selected.LeftOf,
            Units = string.Join('\n', found.Select(c => c.Unit).Distinct().Order(StringComparer.Ordinal)),
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Bulks.Add(bulk);
        await db.SaveChangesAsync(cancellationToken);
        await db.Dialect.Insert(db, items, cancellationToken);
        bulk.NeedsApproval = await fourEyes.Foresee([.. items.Zip(judged).Where(one => one.First.Verdict is BulkVerdict.Ready).Select(one => one.Second)], actor, cancellationToken);
        db.Audit.Add(AuditEntry.Of(actor, "bulk.freeze", bulk.Name, $"{bulk.Said}: {bulk.Total.ToString("N0", CultureInfo.InvariantCulture)} exceptions", now));
        db.Changes.Add(bulk.ToChange(now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        bells.Changes.Ring();
        return bulk;
    }

    private static string Said(Selection selected, int count)
    {
        var said = selected.Said is { Length: > 0 } words ? words
            : selected.Rows is not null ? string.Create(CultureInfo.InvariantCulture, $"{count:N0} ticked rows")
            : selected.LeftOf is not null ? "what another bulk left over"
            : "everything that a filter found";
        return said.Length > 500 ? said[..500] : said;
    }
}

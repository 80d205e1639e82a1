using System.Text.Json;
using OpsConsole.Live;
using OpsConsole.Queries;
using OpsConsole.Storage;

namespace OpsConsole.Cases;

/// <summary>
/// For a list that stays as it is until its reader asks: the rows on screen as they are now, and how much has come and gone since it was
/// read. The list itself is not read anew.
/// </summary>
/// <param name="Filter">What the list was read with.</param>
/// <param name="Shown">The rows on screen.</param>
/// <param name="Latest">The <see cref="ListNews.Latest"/> of when it was read; nothing: it is about to be read, and nothing else is looked for.</param>
/// <param name="Actor">Who asks.</param>
public sealed record LookAgain(CaseFilter Filter, IReadOnlyCollection<Guid> Shown, long? Latest, Actor Actor) : IRequest<Outcome<ListNews>>, IGuarded, IFollowing
{
    public Right Needs => Right.ReadCases;

    public long? Heard { get; init; }

    /// <summary>The only exceptions that the news was about; nothing: it may be any.</summary>
    public IReadOnlySet<Guid>? Changed { get; init; }
}

/// <param name="Rows">Those on screen that may have changed and that the caller may still see, in no order.</param>
/// <param name="Gone">Which on screen that may have changed no longer pass the filter.</param>
/// <param name="New">How many pass the filter, are not on screen and did not exist when the list was read; nothing: as many as before, for nothing changed but what is on screen.</param>
/// <param name="Latest">The highest number that any exception had when the list was read.</param>
public sealed record ListNews(IReadOnlyList<CaseRow> Rows, IReadOnlyCollection<Guid> Gone, int? New, long Latest);

internal sealed class LookAgainHandler(Reach own, SharedReads reads, TimeProvider clock) : IRequestHandler<LookAgain, Outcome<ListNews>>
{
    public async Task<Outcome<ListNews>> Handle(LookAgain request, CancellationToken cancellationToken)
    {
        if (QueryParser.Read(request.Filter.Query, CaseVocabulary.All, clock.GetUtcNow()).Fault is { } fault)
        {
            return fault.ToRefusal();
        }

        if (request.Latest is not { } latest)
        {
            return new ListNews([], [], null, await own.Db.Cases.MaxAsync(c => (long?)c.Number, cancellationToken) ?? 0);
        }

        var changed = request.Changed;
        List<Guid> shown = [.. request.Shown.Order()];
        List<Guid> looked = [.. shown.Where(id => changed?.Contains(id) is not false)];
        var rows = looked.Count == 0 ? new Looked([], []) : await Share("rows", looked, (db, reading) => Look(db, request, looked, reading));
        var opened = looked.Count == changed?.Count ? (int?)null : await Share($"new {latest}", shown, (db, reading) => Count(db, request, shown, latest, reading));
        return new ListNews(rows.Rows, rows.Gone, opened, latest);

        Task<T> Share<T>(string what, List<Guid> ids, Func<OpsDb, CancellationToken, Task<T>> read) =>
            reads.Read(request.Heard, Key(request, what, ids), own, (reach, reading) => read(reach.Db, reading), cancellationToken);
    }

    // All that the answers depend on. The caller counts where "mine" and "my team" may be meant.
    private static string Key(LookAgain request, string what, List<Guid> ids)
    {
        var filter = request.Filter;
        var reader = filter.Team || filter.MyQueues || filter.Query is not null ? request.Actor.Id : "";
        return string.Join('|', what, request.Actor.Scope.Key, reader, JsonSerializer.Serialize(filter), string.Join(',', ids));
    }

    private async Task<Looked> Look(OpsDb db, LookAgain request, List<Guid> looked, CancellationToken cancellationToken)
    {
        var matching = await Matching(db, request, cancellationToken);
        var together = new Together(db);
        var rows = together.Ask(db.Cases.AsNoTracking().Seen(request.Actor.Scope).Where(c => looked.Contains(c.Id)));
        var still = together.Ask(matching.Where(c => looked.Contains(c.Id)).Select(c => c.Id));
        await together.Send(cancellationToken);
        return new Looked([.. rows.Select(CaseRow.Of)], [.. looked.Except(still)]);
    }

    private async Task<int> Count(OpsDb db, LookAgain request, List<Guid> shown, long latest, CancellationToken cancellationToken) =>
        await (await Matching(db, request, cancellationToken)).Where(c => c.Number > latest && !shown.Contains(c.Id)).CountAsync(cancellationToken);

    private async Task<IQueryable<ExceptionCase>> Matching(OpsDb db, LookAgain request, CancellationToken cancellationToken) =>
        (await db.AskedCases(request.Filter, request.Actor, clock.GetUtcNow(), cancellationToken)).Value!;

    private sealed record Looked(IReadOnlyList<CaseRow> Rows, IReadOnlyCollection<Guid> Gone);
}

using System.Globalization;
using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Sources;
using OpsConsole.Storage;

namespace OpsConsole.Intake.Bulk;

/// <summary>
/// Takes the next few hundred refused facts of a kind in again, as they are or each with the same patch. Asked again with the answer's
/// <c>next</c> until there is none, by a page or a program; stopped at any point and begun anew it does nothing twice.
/// </summary>
/// <param name="Kind">Which.</param>
/// <param name="Patch">A JSON merge patch over the whole event; nothing: as they are.</param>
/// <param name="After">The last answer's <c>next</c>; nothing: from the beginning.</param>
/// <param name="Actor">Who.</param>
public sealed record MendKind(RefusedKind Kind, string? Patch, string? After, Actor Actor) : IRequest<Outcome<MendedChunk>>, IGuarded
{
    public Right Needs => Right.MendQuarantine;
}

/// <summary>What became of some of a kind.</summary>
/// <param name="TakenIn">New facts that are stored now.</param>
/// <param name="Known">Facts that had been stored meanwhile.</param>
/// <param name="Refused">Those that stay, each with its reason.</param>
/// <param name="Next">Where to go on; nothing: all were tried.</param>
/// <param name="Left">How many of the kind have not been tried.</param>
public sealed record MendedChunk(int TakenIn, int Known, IReadOnlyList<StillRefused> Refused, string? Next, int Left);

/// <summary>One that could not be taken in.</summary>
public sealed record StillRefused(Guid Id, string? EventId, string Reason, string Message);

internal sealed class MendKindHandler(OpsDb db, RefusedReader reader, IntakeQueue queue, TimeProvider clock, WorkSignals signals) : IRequestHandler<MendKind, Outcome<MendedChunk>>
{
    private const int ChunkRows = 250;
    private const long ChunkBytes = 16L << 20;

    public async Task<Outcome<MendedChunk>> Handle(MendKind request, CancellationToken cancellationToken)
    {
        if (await db.SourceOf(request.Kind, request.Actor, cancellationToken) is not { } source)
        {
            return Refusal.NotFound("The source");
        }

        var patch = request.Patch is { } text ? MergePatch.Read(text) : null;
        if (patch?.Refusal is { } wrong)
        {
            return wrong;
        }

        var open = db.OpenOf(source.Id, request.Kind);
        if (request.After is { } after)
        {
            if (!Guid.TryParseExact(after, "n", out var place))
            {
                return Refusal.Invalid("after", "must be the last answer's next");
            }

            open = open.Where(q => q.Id.CompareTo(place) > 0);
        }

        var waiting = await open.CountAsync(cancellationToken);
        var rows = await Chunk(open, cancellationToken);
        var (read, refused) = Read(rows, patch?.Value, Sender.Of(source));
        if ((await Task.WhenAll(read.Select(one => queue.Settle(one.Delivery)))).Contains(false))
        {
            return Refusal.Unavailable("intake.away", "The database does not take anything now. What was taken in stays; go on shortly.");
        }

        refused.AddRange(from one in read where one.Verdict is Verdict.Conflict select new StillRefused(
            one.Row.Id, one.Row.EventId, "conflict", "An event of the same identity is stored with other content, and the first stored wins."));
        await Close([.. read.Where(one => one.Verdict is not Verdict.Conflict).Select(one => one.Row.Id)], request, waiting, cancellationToken);
        var left = waiting - rows.Count;
        return new MendedChunk(
            read.Count(one => one.Verdict is Verdict.Stored), read.Count(one => one.Verdict is Verdict.Duplicate), refused,
            left > 0 ? rows[^1].Id.ToString("n", CultureInfo.InvariantCulture) : null, left);
    }

    /// <summary>As many as a write takes, and no more bytes than memory should hold.</summary>
    private static async Task<List<Quarantined>> Chunk(IQueryable<Quarantined> open, CancellationToken cancellationToken)
    {
        var sizes = await open.OrderBy(q => q.Id).Take(ChunkRows).Select(q => new { q.Id, Size = q.Bytes.Length }).ToListAsync(cancellationToken);
        var bytes = 0L;
        var ids = sizes.TakeWhile((row, i) => (bytes += row.Size) <= ChunkBytes || i == 0).Select(row => row.Id).ToArray();
        return await open.AsNoTracking().Where(q => ids.Contains(q.Id)).OrderBy(q => q.Id).ToListAsync(cancellationToken);
    }

    private (List<ReadAgain> Read, List<StillRefused> Refused) Read(List<Quarantined> rows, MergePatch? patch, Sender sender)
    {
        var (read, refused) = (new List<ReadAgain>(), new List<StillRefused>());
        foreach (var row in rows)
        {
            var one = reader.Read(row, patch, sender);
            if (one.Value is { } delivery)
            {
                read.Add(new ReadAgain(row, delivery));
            }
            else
            {
                refused.Add(new StillRefused(row.Id, row.EventId, one.Refusal!.Code, one.Refusal.Message));
            }
        }

        return (read, refused);
    }

    /// <summary>The rows say who settled them; the audit says once what was done to all.</summary>
    private async Task Close(Guid[] ids, MendKind request, int waiting, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var by = request.Actor.Name;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Quarantine.Where(q => ids.Contains(q.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(q => q.State, QuarantineState.TakenIn).SetProperty(q => q.SettledAt, now).SetProperty(q => q.SettledBy, by), cancellationToken);
        if (request.After is null && waiting > 0)
        {
            db.Audit.Add(AuditEntry.Of(
                request.Actor, "quarantine.retry-all", $"{waiting} facts of {request.Kind.Source}",
                $"{request.Kind.Say()}; {(request.Patch is null ? "as they were received" : $"each mended by {request.Patch}")}", now));
        }

        db.Changes.Add(new Change { Topic = LiveTopic.Intake, At = now });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signals.Changes.Ring();
    }

    private sealed record ReadAgain(Quarantined Row, Delivery Delivery)
    {
        public Verdict Verdict => Delivery.Readings[0].Verdict;
    }
}

using System.Threading.Channels;
using OpsConsole.Contracts;
using OpsConsole.Live;
using OpsConsole.Replay.Targets;
using OpsConsole.Storage;

namespace OpsConsole.Replay;

/// <summary>What lanes are made of.</summary>
internal sealed record LaneParts(
    IDbContextFactory<OpsDb> Databases, TargetCatalog Targets, ContractShelf Shelf, FieldSeal Seal, ISecretBox Box, ReplayRecord Record, SendOutcome Outcome, WorkSignals Bells, TimeProvider Clock, ILogger<ReplayLane> Log);

/// <summary>
/// The way to one target on this node: takes what is due in its order, a lot at a time, sends it side by side within the target's rate, and writes what came of it
/// as it comes, many at once. A killed node's replays are taken up again when its hold ends, with the same key.
/// </summary>
internal sealed class ReplayLane(LaneParts parts, ReplayTarget target)
{
    private static readonly TimeSpan s_hold = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_renew = TimeSpan.FromSeconds(5);

    private readonly Breaker _breaker = new(target, parts.Clock);
    private readonly IReplayTarget _way = parts.Targets.Of(target);

    /// <summary>Sends one lot.</summary>
    /// <returns>True when there may be more to send now.</returns>
    public async Task<bool> Run(CancellationToken cancellationToken)
    {
        var (lot, slot) = await Take(cancellationToken);
        if (lot.Count == 0)
        {
            return false;
        }

        using var held = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewing = Renew([.. lot.Select(one => one.Id)], held.Token);
        var notes = Channel.CreateUnbounded<SendNote>(new UnboundedChannelOptions { SingleReader = true });
        var writing = Write(notes.Reader);
        try
        {
            await SendAll(lot, slot, notes.Writer, cancellationToken);
        }
        finally
        {
            notes.Writer.Complete();
            await writing;
            await held.CancelAsync();
            await renewing;
        }

        return !_breaker.IsOpen && !_breaker.IsQuiet;
    }

    private async Task<(IReadOnlyList<Prepared> Lot, Slot Slot)> Take(CancellationToken cancellationToken)
    {
        await using var db = await parts.Databases.CreateDbContextAsync(cancellationToken);
        var now = parts.Clock.GetUtcNow();
        IReadOnlyList<Guid> ids;
        Slot slot;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            ids = await db.Dialect.ClaimDueReplays(db, target.Name, TargetPace.Most(target, now), now, now + s_hold, cancellationToken);
            if (ids.Count == 0 || await TargetPace.Take(db, target, ids.Count, now, cancellationToken) is not { } taken)
            {
                return ([], default);
            }

            slot = taken;
            await transaction.CommitAsync(cancellationToken);
        }

        return (await new ReplayLot(db, parts.Shelf, parts.Seal, parts.Box, parts.Clock).Read(ids, target, cancellationToken), slot);
    }

    private async Task SendAll(IReadOnlyList<Prepared> lot, Slot slot, ChannelWriter<SendNote> notes, CancellationToken cancellationToken)
    {
        var side = new ParallelOptions { MaxDegreeOfParallelism = target.Parallel, CancellationToken = cancellationToken };
        var places = lot.Select((one, place) => (one, place));
        try
        {
            await Parallel.ForEachAsync(places, side, async (next, token) =>
            {
                if (slot.Of(next.place) - parts.Clock.GetUtcNow() is var wait && wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, parts.Clock, token);
                }

                if (await SendOne(next.one, token) is { } note)
                {
                    notes.TryWrite(note);
                }
            });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The console stops. What was under way is unknown and is sent again under the same key once its hold has ended.
        }
    }

    private async Task<SendNote?> SendOne(Prepared one, CancellationToken cancellationToken)
    {
        try
        {
            return one switch
            {
                { Refused: { } why } => new NotSent(one, why),
                { Parent: { } parent } => new Blocked(one, parent),
                _ when _breaker.IsOpen || _breaker.IsQuiet => new Held(one),
                { What: { } what, Asked: { } asked } => await Look(one, asked, what, cancellationToken) ?? await Send(one, what, cancellationToken),
                _ => null,
            };
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            // One that fails must not hold up the others; its hold ends and it is taken up again.
            parts.Log.ReplayFailed(failure, one.Id);
            return null;
        }
    }

    // What the target has already is not sent: also not where it keeps no keys, or where an answer was lost.
    private async Task<SendNote?> Look(Prepared one, Asked asked, Sending what, CancellationToken cancellationToken)
    {
        if (!_way.CanBeAsked(target))
        {
            return null;
        }

        var holding = await _way.Read(target, Probe.Of(asked.Case, what.Body), cancellationToken);
        var found = DryRunJudge.Judge(asked, target, holding, what.Body, parts.Clock.GetUtcNow());
        return found.Refused ? new Found(one, found) : null;
    }

    private async Task<SendNote> Send(Prepared one, Sending what, CancellationToken cancellationToken)
    {
        var at = parts.Clock.GetUtcNow();
        var result = await _way.Send(target, what, cancellationToken);
        _breaker.Hear(result);
        parts.Log.Sent(one.Id, what.CaseId, what.Attempt, target.Name, result.Status);
        return new Sent(one, one.Veil is null ? result : result with { Answer = Scrub(one.Veil, what.Body, result.Answer) }, at);
    }

    private static string? Scrub(FieldVeil veil, string sent, string? answer)
    {
        veil.Over(sent);
        return veil.Scrub(answer);
    }

    // What came while the last write was under way is the next one. It was sent: it is written even while the console is stopping.
    private async Task Write(ChannelReader<SendNote> notes)
    {
        while (await notes.WaitToReadAsync(CancellationToken.None))
        {
            var some = new Dictionary<Guid, SendNote>();
            while (some.Count < ReplayRecord.Most && notes.TryRead(out var note))
            {
                some[note.Id] = note;
            }

            try
            {
                await using var db = await parts.Databases.CreateDbContextAsync(CancellationToken.None);
                var down = await _breaker.Tell(db, CancellationToken.None);
                await parts.Record.Write(
                    some.Keys, (item, @case, write) => parts.Outcome.Take(some[item.Id], target, down, item, @case, write), CancellationToken.None);
                parts.Bells.Proofs.Ring();
                parts.Bells.Bulks.Ring();
                parts.Bells.Changes.Ring();
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                parts.Log.ReplayTurnFailed(failure);
            }
        }
    }

    private async Task Renew(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(s_renew, parts.Clock, cancellationToken);
                await using var db = await parts.Databases.CreateDbContextAsync(cancellationToken);
                var until = parts.Clock.GetUtcNow() + s_hold;
                await db.ReplayItems.Where(r => ids.Contains(r.Id) && r.State == ReplayState.Sending).ExecuteUpdateAsync(set => set.SetProperty(r => r.HeldUntil, until), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The lot is done.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            parts.Log.ReplayTurnFailed(failure);
        }
    }
}

using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Bench.Peers;

/// <summary>Counts what is stored, and says when it was all.</summary>
public sealed class Tally(int wanted)
{
    private readonly TaskCompletionSource _all = new();
    private int _stored;

    public Task All => _all.Task;

    public void Add(int count)
    {
        if (Interlocked.Add(ref _stored, count) >= wanted)
        {
            _all.TrySetResult();
        }
    }
}

/// <summary>A consumer in batches, as the documentation shows one: insert what is absent in one transaction; the broker is told after it.</summary>
public sealed class StoreEvents(PeerDb db, Tally tally) : IConsumer<Batch<EventSent>>
{
    public async Task Consume(ConsumeContext<Batch<EventSent>> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var events = context.Message.Select(message => StoredEvent.Of(message.Message)).DistinctBy(e => (e.Source, e.Id)).ToList();
        var ids = events.ConvertAll(e => e.Id);
        var known = await db.Events.Where(e => ids.Contains(e.Id)).Select(e => new { e.Source, e.Id }).ToListAsync(context.CancellationToken);
        db.Events.AddRange(events.Where(e => !known.Any(one => one.Id == e.Id && one.Source == e.Source)));
        await db.SaveChangesAsync(context.CancellationToken);
        tally.Add(context.Message.Length);
    }
}

using Microsoft.EntityFrameworkCore;
using OpsConsole.Projection;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Tests.Traces;

/// <summary>A trace is told from all of its spans, whatever body, write and day they came by.</summary>
public abstract class TraceFolderTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    [StorageFact]
    public async Task A_trace_is_named_by_its_earliest_span_until_its_root_comes()
    {
        await using var world = await World.Start<TBrand>();
        await Write(world, [Span(2, s_noon.AddSeconds(2), root: false, "map"), Span(3, s_noon.AddSeconds(3), root: false, "post", failed: true)]);
        var before = await Folded(world);

        await Write(world, [Span(1, s_noon.AddDays(-1), root: true, "order"), Span(4, s_noon.AddDays(2), root: false, "confirm")]);
        var after = await Folded(world);

        Assert.Equal(("map", false, 2, 1, s_noon.AddSeconds(2)), (before.Name, before.HasRoot, before.Spans, before.Errors, before.StartedAt));
        Assert.Equal(("order", true, 4, 1, s_noon.AddDays(-1), s_noon.AddDays(2).AddSeconds(1)), (after.Name, after.HasRoot, after.Spans, after.Errors, after.StartedAt, after.EndedAt));
        Assert.Equal(4, after.Services);
    }

    [StorageFact]
    public async Task What_waits_in_a_later_write_is_folded_with_it_and_counted_once()
    {
        await using var world = await World.Start<TBrand>();
        await Write(world, [Span(1, s_noon, root: true, "order")]);
        await Write(world, [Span(2, s_noon.AddSeconds(1), root: false, "map")]);

        var folded = await Folded(world);

        Assert.Equal((2, "order"), (folded.Spans, folded.Name));
    }

    private static async Task Write(World world, IReadOnlyList<Span> spans)
    {
        await using var db = world.Open();
        var batch = new Batch { Id = Guid.NewGuid(), Kind = FactKind.Spans, Facts = spans.Count, ReceivedAt = world.Clock.GetUtcNow() };
        foreach (var span in spans)
        {
            span.BatchId = batch.Id;
        }

        await db.Dialect.Insert(db, spans, CancellationToken.None);
        await db.Dialect.Insert(db, [batch], CancellationToken.None);
    }

    private static async Task<TraceSummary> Folded(World world)
    {
        await world.Run<TraceProjector>(projector => projector.Look(default));
        await using var db = world.Open();
        return await db.Traces.AsNoTracking().SingleAsync();
    }

    private static Span Span(byte id, DateTimeOffset start, bool root, string name, bool failed = false) => new()
    {
        TraceId = [9, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
        SpanId = [1, 2, 3, 4, 5, 6, 7, id],
        ParentSpanId = root ? null : [1, 2, 3, 4, 5, 6, 7, 1],
        StartNanos = (start - DateTimeOffset.UnixEpoch).Ticks * 100,
        Day = DateOnly.FromDateTime(start.UtcDateTime),
        EndNanos = ((start - DateTimeOffset.UnixEpoch).Ticks * 100) + 1_000_000_000,
        Name = name,
        Service = $"service-{id}",
        Failed = failed,
        ReceivedAt = s_noon,
        SenderId = Guid.Empty,
    };
}

public static class TraceFolderTests
{
    public sealed class On_postgres : TraceFolderTests<OnPostgres>;

    public sealed class On_sqlserver : TraceFolderTests<OnSqlServer>;
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Tests.Traces;

/// <summary>Days of spans come and go whole; what has an odd date goes by its receipt.</summary>
public abstract class SpanDaysTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task Old_days_go_with_their_traces_and_keys_and_young_ones_stay()
    {
        await using var world = await World.Start<TBrand>(("Retention:SpanDays", "10"));
        var now = world.Clock.GetUtcNow();
        await Keep(world, Span(1, now.AddDays(-20), now.AddDays(-20)), Span(2, now.AddDays(-1), now.AddDays(-1)));
        await world.Run<SpanDaysWorker>(worker => worker.Look(default));
        world.Clock.Pass(TimeSpan.FromDays(5));

        await world.Run<SpanDaysWorker>(worker => worker.Look(default));

        await using var db = world.Open();
        Assert.Equal([2], await Ids(db));
        Assert.Equal((1, 1), (await db.Traces.CountAsync(), await db.TraceKeys.CountAsync()));
    }

    [StorageFact]
    public async Task Days_that_were_prepared_are_dropped_when_they_are_old()
    {
        await using var world = await World.Start<TBrand>(("Retention:SpanDays", "10"));
        var now = world.Clock.GetUtcNow();
        await world.Run<SpanDaysWorker>(worker => worker.Look(default));
        await Keep(world, Span(1, now, now), Span(2, now.AddDays(2), now));
        world.Clock.Pass(TimeSpan.FromDays(12));

        await world.Run<SpanDaysWorker>(worker => worker.Look(default));

        await using var db = world.Open();
        Assert.Equal([2], await Ids(db));
    }

    [StorageFact]
    public async Task Odd_dates_are_kept_as_long_as_others_counted_from_their_receipt()
    {
        await using var world = await World.Start<TBrand>(("Retention:SpanDays", "10"));
        var now = world.Clock.GetUtcNow();
        await Keep(world, Span(1, DateTimeOffset.UnixEpoch, now), Span(2, new DateTimeOffset(2262, 1, 1, 0, 0, 0, TimeSpan.Zero), now), Span(3, DateTimeOffset.UnixEpoch, now.AddDays(-11)));

        await world.Run<SpanDaysWorker>(worker => worker.Look(default));

        await using var db = world.Open();
        Assert.Equal([1, 2], await Ids(db));
    }

    [StorageFact]
    public async Task Logs_go_with_the_days_of_spans_and_those_with_odd_dates_by_their_receipt()
    {
        await using var world = await World.Start<TBrand>(("Retention:SpanDays", "10"));
        var now = world.Clock.GetUtcNow();
        await world.Run<SpanDaysWorker>(worker => worker.Look(default));
        await using (var db = world.Open())
        {
            await db.Dialect.Insert(db, [Log("old", now, now), Log("young", now.AddDays(2), now), Log("odd", DateTimeOffset.UnixEpoch, now.AddDays(2)), Log("long ago", DateTimeOffset.UnixEpoch, now)], CancellationToken.None);
        }

        world.Clock.Pass(TimeSpan.FromDays(12));
        await world.Run<SpanDaysWorker>(worker => worker.Look(default));

        await using var left = world.Open();
        Assert.Equal(["odd", "young"], (await left.Logs.Select(log => log.Body).ToListAsync()).Order(StringComparer.Ordinal));
    }

    [StorageFact]
    public async Task A_span_of_a_day_that_got_its_partition_later_is_still_known()
    {
        await using var world = await World.Start<TBrand>();
        var now = world.Clock.GetUtcNow();
        await Keep(world, Span(1, now.AddDays(-3), now));
        await world.Run<SpanDaysWorker>(worker => worker.Look(default));
        await using var db = world.Open();

        var known = await db.Dialect.Known(db, [Span(2, now, now), Span(1, now.AddDays(-3), now)], CancellationToken.None);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => db.Dialect.Insert(db, [Span(1, now.AddDays(-3), now)], CancellationToken.None));

        Assert.Equal([1], known);
        Assert.True(db.Dialect.IsDuplicateKey(failure));
    }

    [StorageFact]
    public async Task The_migration_to_days_and_back_loses_no_span()
    {
        await using var world = await World.Start<TBrand>();
        var now = DateTimeOffset.UtcNow;
        await Keep(world, Span(1, now, now), Span(2, now.AddDays(-3), now), Span(3, DateTimeOffset.UnixEpoch, now));
        await using var db = world.Open();
        var migrator = db.GetService<IMigrator>();
        var before = db.Database.GetMigrations().TakeWhile(name => !name.EndsWith("_SpanDays", StringComparison.Ordinal)).Last();

        await migrator.MigrateAsync(before);
        var whole = await Ids(db);
        await migrator.MigrateAsync();

        Assert.Equal([1, 2, 3], whole);
        Assert.Equal([1, 2, 3], await Ids(db));
    }

    private static async Task Keep(World world, params IReadOnlyList<Span> spans)
    {
        await using var db = world.Open();
        await db.Dialect.Insert(db, spans, CancellationToken.None);
        db.Traces.AddRange(spans.Select(span => new TraceSummary
        {
            TraceId = span.TraceId, StartedAt = At(span.StartNanos), EndedAt = At(span.EndNanos), Spans = 1, Errors = 0, Service = span.Service, Name = span.Name,
            HasRoot = true, Services = 1, ReceivedAt = span.ReceivedAt,
        }));
        db.TraceKeys.AddRange(spans.Select(span => new TraceKey { SpokenKey = Guid.NewGuid(), TraceId = span.TraceId, Type = "invoice", Id = "INV-1" }));
        await db.SaveChangesAsync();
    }

    private static async Task<List<int>> Ids(OpsConsole.Storage.OpsDb db) =>
        [.. (await db.Spans.Select(span => span.SpanId).ToListAsync()).Select(id => (int)id[7]).Order()];

    private static LogRecord Log(string body, DateTimeOffset at, DateTimeOffset received) => new()
    {
        Key = Guid.NewGuid(), Day = DateOnly.FromDateTime(at.UtcDateTime), TimeNanos = (at - DateTimeOffset.UnixEpoch).Ticks * 100, Body = body, Service = "erp", ReceivedAt = received, SenderId = Guid.Empty,
    };

    private static DateTimeOffset At(long nanos) => DateTimeOffset.UnixEpoch.AddTicks(nanos / 100);

    private static Span Span(byte id, DateTimeOffset start, DateTimeOffset received) => new()
    {
        TraceId = [id, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
        SpanId = [1, 2, 3, 4, 5, 6, 7, id],
        StartNanos = (start - DateTimeOffset.UnixEpoch).Ticks * 100,
        Day = DateOnly.FromDateTime(start.UtcDateTime),
        EndNanos = ((start - DateTimeOffset.UnixEpoch).Ticks * 100) + 5,
        Name = "x",
        Service = "erp",
        ReceivedAt = received,
        SenderId = Guid.Empty,
    };
}

public static class SpanDaysTests
{
    public sealed class On_postgres : SpanDaysTests<OnPostgres>;

    public sealed class On_sqlserver : SpanDaysTests<OnSqlServer>;
}

using Microsoft.EntityFrameworkCore;
using OpsConsole.Events;
using OpsConsole.Sources;

namespace OpsConsole.Tests.Storage;

/// <summary>The bulk writes do what their one-sentence promises say, on every database.</summary>
public abstract class BulkTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    [StorageFact]
    public async Task An_upsert_writes_what_is_new_and_replaces_what_is_known()
    {
        await using var database = await TBrand.Start();
        await using var db = database.CreateDbContext();
        await db.Dialect.Upsert(db, [Object("A", 1), Object("B", 1)], CancellationToken.None);

        await db.Dialect.Upsert(db, [Object("B", 2), Object("C", 2)], CancellationToken.None);

        var facts = await db.Objects.OrderBy(o => o.Id).Select(o => o.Facts).ToListAsync();
        Assert.Equal([1, 2, 2], facts);
    }

    [StorageFact]
    public async Task Inserting_what_is_missing_leaves_what_is_there()
    {
        await using var database = await TBrand.Start();
        await using var db = database.CreateDbContext();
        await db.Dialect.Insert(db, [Object("A", 1)], CancellationToken.None);

        await db.Dialect.InsertMissing(db, [Object("A", 2), Object("B", 2)], CancellationToken.None);

        var facts = await db.Objects.OrderBy(o => o.Id).Select(o => o.Facts).ToListAsync();
        Assert.Equal([1, 2], facts);
    }

    [StorageFact]
    public async Task Inserting_a_known_key_is_told_as_a_duplicate_key()
    {
        await using var database = await TBrand.Start();
        await using var db = database.CreateDbContext();
        await db.Dialect.Insert(db, [Object("A", 1)], CancellationToken.None);

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => db.Dialect.Insert(db, [Object("A", 2)], CancellationToken.None));

        Assert.True(db.Dialect.IsDuplicateKey(failure));
    }

    [StorageFact]
    public async Task What_is_written_in_bulk_comes_back_as_it_was()
    {
        await using var database = await TBrand.Start();
        await using var db = database.CreateDbContext();
        decimal?[] amounts = [null, 0m, 0.0001m, -0.5m, 5200.00m, 10_000m, 123_456_789_012_345.6789m, -999_999_999_999_999.9999m, 1.5000m, 20_000.0003m];
        var written = amounts.Select((amount, i) => Money($"{i}: \u00e4\u20ac\ud83d\ude00", amount)).ToList();

        await db.Dialect.Insert(db, written, CancellationToken.None);
        await db.Dialect.Upsert(db, written, CancellationToken.None);

        var read = await db.Objects.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        Assert.Equal(
            written.Select(o => (o.Id, o.Amount, o.Currency, o.ReceivedAt, o.Disagrees, o.Key)),
            read.Select(o => (o.Id, o.Amount, o.Currency, o.ReceivedAt, o.Disagrees, o.Key)));
    }

    [StorageFact]
    public async Task Counters_add_and_the_latest_moment_widens()
    {
        await using var database = await TBrand.Start();
        await using var db = database.CreateDbContext();
        var source = Guid.NewGuid();
        await db.Dialect.Add(db, [Hour(source, 3, s_noon.AddMinutes(5))], CancellationToken.None);

        await db.Dialect.Add(db, [Hour(source, 4, s_noon.AddMinutes(2))], CancellationToken.None);

        var hour = await db.SourceHours.SingleAsync();
        Assert.Equal((7, s_noon.AddMinutes(5)), (hour.Events, hour.LastAt));
    }

    [StorageFact]
    public async Task Ids_are_bytes_so_case_and_blanks_tell_them_apart()
    {
        await using var database = await TBrand.Start();
        await using var db = database.CreateDbContext();

        await db.Dialect.Insert(db, [Object("A1", 1), Object("a1", 1), Object("A1 ", 1)], CancellationToken.None);

        Assert.Equal(1, await db.Objects.CountAsync(o => o.Id == "a1"));
    }

    [StorageFact]
    public async Task A_lease_is_held_by_one_and_its_epoch_grows_when_it_changes_hands()
    {
        await using var database = await TBrand.Start();
        await using var db = database.CreateDbContext();

        var first = await db.Dialect.TakeLease(db, "job", "ana", TimeSpan.FromMinutes(1), CancellationToken.None);
        var renewed = await db.Dialect.TakeLease(db, "job", "ana", TimeSpan.FromMilliseconds(-1), CancellationToken.None);
        var second = await db.Dialect.TakeLease(db, "job", "ben", TimeSpan.FromMinutes(1), CancellationToken.None);
        var refused = await db.Dialect.TakeLease(db, "job", "ana", TimeSpan.FromMinutes(1), CancellationToken.None);

        Assert.Equal(first, renewed);
        Assert.True(second > first);
        Assert.Null(refused);
    }

    private static BusinessObject Money(string id, decimal? amount) => new()
    {
        Key = Ids.OfObject("invoice", id), Type = "invoice", Id = id, Amount = amount, Currency = amount is null ? null : "EUR", ReceivedAt = s_noon.AddTicks(10), Disagrees = amount > 0,
    };

    private static BusinessObject Object(string id, int facts) => new() { Key = Ids.OfObject("invoice", id), Type = "invoice", Id = id, Facts = facts };

    private static SourceHour Hour(Guid source, long events, DateTimeOffset last) => new() { SourceId = source, Hour = s_noon, Events = events, LastAt = last };
}

public static class BulkTests
{
    public sealed class On_postgres : BulkTests<OnPostgres>;

    public sealed class On_sqlserver : BulkTests<OnSqlServer>;
}

using Microsoft.EntityFrameworkCore;
using OpsConsole.Audit;
using OpsConsole.Storage;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Audit;

/// <summary>R13: whoever owns the database and switches its guards off can change what it says, and is seen to have done so.</summary>
public abstract class TamperTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task What_was_written_and_sealed_is_whole()
    {
        await using var world = await Written(12);

        var verdict = await Verify(world);

        Assert.True(verdict.Holds, Say(verdict));
        Assert.Equal((12, 0), (verdict.Sealed, verdict.Unsealed));
    }

    [StorageFact]
    public async Task Without_owning_the_tables_nothing_is_changed_or_deleted()
    {
        await using var world = await Written(3);
        await using var db = world.Open();

        foreach (var table in (string[])["audit", "audit_seals"])
        {
            await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync(table == "audit" ? "UPDATE audit SET \"Detail\" = 'x'" : "UPDATE audit_seals SET \"Number\" = 9 WHERE \"Number\" = 3"));
            await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync(table == "audit" ? "DELETE FROM audit" : "DELETE FROM audit_seals"));
        }

        Assert.True((await Verify(world)).Holds);
    }

    [StorageFact]
    public async Task A_changed_entry_is_named()
    {
        await using var world = await Written(12);

        await AsOwner(world, $"UPDATE audit SET \"Detail\" = 'nothing to see' WHERE \"Id\" = {await Entry(world, 5)}");

        Expect(await Verify(world), ChainFaultKind.Changed, 5);
    }

    [StorageFact]
    public async Task A_changed_entry_with_a_hash_that_fits_is_named()
    {
        await using var world = await Written(12);
        var changed = await Read(world, 5);

        await AsOwner(world, $"UPDATE audit SET \"Detail\" = 'nothing to see', \"Hash\" = {AuditBytes.HashOf(With(changed, "nothing to see"))} WHERE \"Id\" = {changed.Id}");

        Expect(await Verify(world), ChainFaultKind.Changed, 5);
    }

    [StorageFact]
    public async Task A_deleted_entry_is_named()
    {
        await using var world = await Written(12);

        await AsOwner(world, $"DELETE FROM audit WHERE \"Id\" = {await Entry(world, 7)}");

        Expect(await Verify(world), ChainFaultKind.Missing, 7);
    }

    [StorageFact]
    public async Task An_entry_deleted_with_its_seal_is_named()
    {
        await using var world = await Written(12);
        var entry = await Entry(world, 7);

        await AsOwner(world, $"DELETE FROM audit WHERE \"Id\" = {entry}");
        await AsOwner(world, $"DELETE FROM audit_seals WHERE \"Number\" = 7");

        Expect(await Verify(world), ChainFaultKind.Removed, 7);
    }

    [StorageFact]
    public async Task A_gap_that_was_closed_by_new_numbers_is_named()
    {
        await using var world = await Written(12);
        var entry = await Entry(world, 7);

        await AsOwner(world, $"DELETE FROM audit WHERE \"Id\" = {entry}");
        await AsOwner(world, $"DELETE FROM audit_seals WHERE \"Number\" = 7");
        for (var number = 8L; number <= 12; number++)
        {
            await AsOwner(world, $"UPDATE audit_seals SET \"Number\" = {number - 1} WHERE \"Number\" = {number}");
        }

        Expect(await Verify(world), ChainFaultKind.OutOfOrder, 7);
    }

    [StorageFact]
    public async Task An_entry_put_in_for_an_earlier_time_is_named_before_and_after_it_is_sealed()
    {
        await using var world = await Written(12);
        await Insert(world, AuditEntry.Of(Staff.Root, "case.dismiss", "EX-1", "was always so", world.Clock.GetUtcNow().AddMinutes(-30)));

        Expect(await Verify(world), ChainFaultKind.Unsealed, null);

        await Seal(world);

        Expect(await Verify(world), ChainFaultKind.Inserted, 13);
    }

    [StorageFact]
    public async Task Two_entries_that_changed_places_are_named()
    {
        await using var world = await Written(12);
        var (third, fourth) = (await Entry(world, 3), await Entry(world, 4));

        await AsOwner(world, $"UPDATE audit_seals SET \"Number\" = 1000 WHERE \"EntryId\" = {third}");
        await AsOwner(world, $"UPDATE audit_seals SET \"Number\" = 3 WHERE \"EntryId\" = {fourth}");
        await AsOwner(world, $"UPDATE audit_seals SET \"Number\" = 4 WHERE \"EntryId\" = {third}");

        Expect(await Verify(world), ChainFaultKind.OutOfOrder, 3);
    }

    [StorageFact]
    public async Task A_late_commit_is_late_in_the_chain_and_not_missed()
    {
        await using var world = await Written(5);
        await Insert(world, AuditEntry.Of(Staff.Ines, "case.claim", "EX-2", "", world.Clock.GetUtcNow().AddMinutes(-4)));

        await Seal(world);

        var verdict = await Verify(world);
        Assert.True(verdict.Holds, Say(verdict));
        Assert.Equal(6, verdict.Sealed);
    }

    [StorageFact]
    public async Task What_was_written_before_there_was_a_chain_is_sealed_as_found()
    {
        await using var world = await World.Start<TBrand>();
        var now = world.Clock.GetUtcNow();
        for (var day = 9; day > 0; day--)
        {
            var old = AuditEntry.Of(Staff.Root, "rule.save", $"rule {day}", "", now.AddDays(-day));
            await Insert(world, old);
            await AsOwner(world, $"UPDATE audit SET \"Hash\" = NULL WHERE \"Id\" = {old.Id}");
        }

        await Seal(world);

        var verdict = await Verify(world);
        Assert.True(verdict.Holds, Say(verdict));
        Assert.Equal(9, verdict.AsFound);
    }

    private static async Task<World> Written(int entries)
    {
        var world = await World.Start<TBrand>();
        for (var i = 1; i <= entries; i++)
        {
            await Insert(world, AuditEntry.Of(i % 2 == 0 ? Staff.Ines : Staff.Ben, "case.comment", $"EX-{i}", $"Zahlung über {i} € geprüft", world.Clock.GetUtcNow(), i % 3 == 0 ? "EMEA" : null));
            world.Clock.Pass(TimeSpan.FromMinutes(1));
            await Seal(world);
        }

        return world;
    }

    private static async Task Insert(World world, AuditEntry entry)
    {
        await using var db = world.Open();
        db.Audit.Add(entry);
        await db.SaveChangesAsync();
    }

    private static Task Seal(World world) => world.Run<AuditSealer>(sealer => sealer.Look(default));

    private static async Task<ChainVerdict> Verify(World world) => (await world.Send(new VerifyAudit(Staff.Root))).Value!;

    private static void Expect(ChainVerdict verdict, ChainFaultKind kind, long? number)
    {
        Assert.False(verdict.Holds);
        var first = verdict.Faults[0];
        Assert.True((kind, number) == (first.Kind, first.Number), Say(verdict));
    }

    private static string Say(ChainVerdict verdict) => string.Join('\n', verdict.Faults.Select(fault => $"{fault.Kind} {fault.Number}: {fault.Says}"));

    private static async Task<Guid> Entry(World world, long number) => (await Read(world, number)).Id;

    private static async Task<AuditEntry> Read(World world, long number)
    {
        await using var db = world.Open();
        return await db.AuditSeals.AsNoTracking().Where(s => s.Number == number).Join(db.Audit, s => s.EntryId, a => a.Id, (s, a) => a).SingleAsync();
    }

    private static AuditEntry With(AuditEntry entry, string detail) => new()
    {
        Id = entry.Id, At = entry.At, ActorId = entry.ActorId, ActorName = entry.ActorName, Action = entry.Action, Subject = entry.Subject, Detail = detail, Unit = entry.Unit,
    };

    /// <summary>With the guards off, as who owns the tables can.</summary>
    private static async Task AsOwner(World world, FormattableString sql)
    {
        await using var db = world.Open();
        foreach (var table in (string[])["audit", "audit_seals"])
        {
            await db.Database.ExecuteSqlRawAsync(Switch(db, table, on: false));
        }

        Assert.True(await db.Database.ExecuteSqlInterpolatedAsync(sql) > 0, "Nothing was tampered with.");
        foreach (var table in (string[])["audit", "audit_seals"])
        {
            await db.Database.ExecuteSqlRawAsync(Switch(db, table, on: true));
        }
    }

    private static string Switch(OpsDb db, string table, bool on) =>
        db.Dialect.Name == "Postgres" ? $"ALTER TABLE {table} {(on ? "ENABLE" : "DISABLE")} TRIGGER ALL" : $"{(on ? "ENABLE" : "DISABLE")} TRIGGER ALL ON {table}";
}

public static class TamperTests
{
    public sealed class On_postgres : TamperTests<OnPostgres>;

    public sealed class On_sqlserver : TamperTests<OnSqlServer>;
}

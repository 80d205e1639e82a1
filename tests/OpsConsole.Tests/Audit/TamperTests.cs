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
    private static readonly string[] s_guarded = ["audit", "audit_seals", "audit_anchors"];

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

    [StorageFact]
    public async Task Whoever_computes_every_hash_anew_is_caught_by_an_anchor_kept_outside()
    {
        using var outside = new Outside();
        await using var world = await Written(8, outside.Settings);
        await Anchor(world);
        await More(world, 9, 4);
        await Anchor(world);

        await AsOwner(world, $"UPDATE audit SET \"Detail\" = 'nothing to see' WHERE \"Id\" = {await Entry(world, 10)}");
        await Recompute(world);
        await AsOwner(world, $"DELETE FROM audit_anchors WHERE \"Number\" > 8");

        Expect(await Verify(world), ChainFaultKind.Rewritten, 9);
        Assert.Equal(2, outside.Anchors.Count);
    }

    [StorageFact]
    public async Task A_cut_tail_shows_against_the_anchor()
    {
        using var outside = new Outside();
        await using var world = await Written(12, outside.Settings);
        await Anchor(world);

        for (var number = 12L; number > 9; number--)
        {
            var entry = await Entry(world, number);
            await AsOwner(world, $"DELETE FROM audit_seals WHERE \"Number\" = {number}");
            await AsOwner(world, $"DELETE FROM audit WHERE \"Id\" = {entry}");
        }

        await AsOwner(world, $"DELETE FROM audit_anchors");

        Expect(await Verify(world), ChainFaultKind.TailCut, 10);
        Assert.True(Offline(await Export(world), [], []).Holds);
        Expect(Offline(await Export(world), outside.Anchors, []), ChainFaultKind.TailCut, 10);
    }

    [StorageFact]
    public async Task An_old_copy_that_was_put_back_and_grew_on_shows_against_the_anchor()
    {
        using var outside = new Outside();
        await using var world = await Written(8, outside.Settings);
        await More(world, 9, 4);
        await Anchor(world);

        for (var number = 12L; number > 8; number--)
        {
            var entry = await Entry(world, number);
            await AsOwner(world, $"DELETE FROM audit_seals WHERE \"Number\" = {number}");
            await AsOwner(world, $"DELETE FROM audit WHERE \"Id\" = {entry}");
        }

        await AsOwner(world, $"DELETE FROM audit_anchors");
        await More(world, 100, 6);

        Expect(await Verify(world), ChainFaultKind.Rewritten, 1);
    }

    [StorageFact]
    public async Task An_anchor_that_somebody_else_signed_is_named()
    {
        using var outside = new Outside();
        await using var world = await Written(4, outside.Settings);
        await Anchor(world);
        var forged = outside.Anchors[0] with { Number = 2, Chain = (await Read(world, 2)).Hash! };

        Expect(Offline(await Export(world), [forged], []), ChainFaultKind.Forged, 2);
    }

    [StorageFact]
    public async Task An_export_is_verified_without_a_database_and_names_the_line_that_was_changed()
    {
        using var outside = new Outside();
        await using var world = await Written(12, outside.Settings);
        await Anchor(world);
        var lines = await Export(world);
        var key = await PublicKey(world);

        var whole = Offline(lines, outside.Anchors, [key]);
        Assert.True(whole.Holds, Say(whole));
        Assert.Equal((12, 12, 1), (whole.Sealed, whole.AnchoredTo, whole.Anchors));

        Expect(Offline([.. lines.Select(line => line.Replace("über 6 €", "über 9 €", StringComparison.Ordinal))], outside.Anchors, [key]), ChainFaultKind.Changed, 6);
        Expect(Offline([.. lines.Where(line => !line.StartsWith("{\"n\":5,", StringComparison.Ordinal))], outside.Anchors, [key]), ChainFaultKind.Removed, 5);
        Expect(Offline([.. lines.SkipLast(1)], outside.Anchors, [key]), ChainFaultKind.Unreadable, null);
        Expect(Offline(["hello", .. lines], [], []), ChainFaultKind.Unreadable, null);
    }

    [StorageFact]
    public async Task Who_sees_one_unit_exports_the_others_as_hashes_and_it_still_verifies()
    {
        await using var world = await Written(12);
        var lines = await Export(world, Staff.Person("Ada", Scope.Of("APAC"), OpsConsole.Access.Role.Administrator));

        var verdict = Offline(lines, [], []);

        Assert.True(verdict.Holds, Say(verdict));
        Assert.Equal((12, 4), (verdict.Sealed, verdict.Withheld));
        Assert.DoesNotContain(lines, line => line.Contains("EX-3\"", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("EMEA", StringComparison.Ordinal));
    }

    [StorageFact]
    public async Task A_period_is_verified_from_its_beginning_and_its_export_is_an_entry()
    {
        await using var world = await Written(12);
        var from = world.Clock.GetUtcNow().AddMinutes(-5);

        var lines = await Lines(world, new ExportAudit(from, null, Staff.Root));

        var verdict = Offline(lines, [], []);
        Assert.True(verdict.Holds, Say(verdict));
        Assert.Equal(6, verdict.Sealed);
        await using var db = world.Open();
        Assert.Contains("7 to 12", (await db.Audit.SingleAsync(a => a.Action == "audit.export")).Detail, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task An_anchor_that_could_not_be_delivered_is_tried_again_and_says_why()
    {
        using var outside = new Outside();
        await using var world = await Written(2, ("Audit:AnchorFile", Path.Combine(outside.Folder, "gone", "anchors.ndjson")));
        await Anchor(world);

        var failed = Assert.Single((await Shown(world)).Anchors[0].Deliveries);
        Assert.NotNull(failed.Fault);
        Assert.Null(failed.DeliveredAt);

        Directory.CreateDirectory(Path.Combine(outside.Folder, "gone"));
        world.Clock.Pass(TimeSpan.FromMinutes(1));
        await Anchor(world);

        Assert.NotNull(Assert.Single((await Shown(world)).Anchors[0].Deliveries).DeliveredAt);
    }

    private static Task Anchor(World world)
    {
        world.Clock.Pass(TimeSpan.FromHours(1));
        return world.Run<AnchorWorker>(worker => worker.Look(default));
    }

    private static async Task<ChainView> Shown(World world) => (await world.Send(new ShowChain(Staff.Root))).Value!;

    private static async Task<byte[]> PublicKey(World world)
    {
        await using var db = world.Open();
        return await db.AuditKeys.Select(k => k.PublicKey).SingleAsync();
    }

    private static ChainVerdict Offline(IReadOnlyList<string> lines, IReadOnlyList<AnchorLine> anchors, IReadOnlyList<byte[]> keys) => ChainFile.Verify(() => lines, anchors, keys);

    private static Task<List<string>> Export(World world, Actor? actor = null) => Lines(world, new ExportAudit(null, null, actor ?? Staff.Root));

    private static async Task<List<string>> Lines(World world, ExportAudit asked)
    {
        var lines = new List<string>();
        await world.Within(asked, async answer =>
        {
            await foreach (var line in answer.Value!.Lines)
            {
                lines.Add(line);
            }
        });
        return lines;
    }

    /// <summary>What an owner would do who knows how it is done.</summary>
    private static async Task Recompute(World world)
    {
        var chain = AuditBytes.Nothing;
        List<AuditSeal> seals;
        await using (var db = world.Open())
        {
            seals = await db.AuditSeals.AsNoTracking().OrderBy(s => s.Number).ToListAsync();
        }

        foreach (var seal in seals)
        {
            var hash = AuditBytes.HashOf(await Read(world, seal.Number));
            chain = AuditBytes.Link(chain, seal.Number, hash, seal.SealedAt);
            await AsOwner(world, $"UPDATE audit_seals SET \"EntryHash\" = {hash}, \"Chain\" = {chain} WHERE \"Number\" = {seal.Number}");
            await AsOwner(world, $"UPDATE audit SET \"Hash\" = {hash} WHERE \"Id\" = {seal.EntryId}");
        }
    }

    private static async Task<World> Written(int entries, params (string Key, string Value)[] settings)
    {
        var world = await World.Start<TBrand>(settings);
        await More(world, 1, entries);
        return world;
    }

    private static async Task More(World world, int first, int entries)
    {
        for (var i = first; i < first + entries; i++)
        {
            await Insert(world, AuditEntry.Of(i % 2 == 0 ? Staff.Ines : Staff.Ben, "case.comment", $"EX-{i}", $"Zahlung über {i} € geprüft", world.Clock.GetUtcNow(), i % 3 == 0 ? "EMEA" : null));
            world.Clock.Pass(TimeSpan.FromMinutes(1));
            await Seal(world);
        }
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
        foreach (var table in s_guarded)
        {
            await db.Database.ExecuteSqlRawAsync(Switch(db, table, on: false));
        }

        Assert.True(await db.Database.ExecuteSqlInterpolatedAsync(sql) > 0, "Nothing was tampered with.");
        foreach (var table in s_guarded)
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

/// <summary>A folder that the database's owner cannot reach.</summary>
internal sealed class Outside : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("ops-anchors").FullName;

    public (string Key, string Value) Settings => ("Audit:AnchorFile", Path.Combine(Folder, "anchors.ndjson"));

    public IReadOnlyList<AnchorLine> Anchors => [.. File.ReadLines(Settings.Value).Select(line => AnchorText.Read(line)!)];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

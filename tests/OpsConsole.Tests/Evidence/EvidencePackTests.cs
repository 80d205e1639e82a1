using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OpsConsole.Access;
using OpsConsole.Audit;
using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Evidence;
using OpsConsole.Replay;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Evidence;

/// <summary>One file with all that is known, which an auditor verifies without the console.</summary>
public abstract class EvidencePackTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private const string Secret = "4711-PIN";
    private const string Schema = """{"type":"object","properties":{"tranId":{"type":"string"},"taxProfile":{"type":["string","null"],"x-oc-changeable":true},"amount":{"type":"number"},"pin":{"type":"string","x-oc-secret":true}}}""";

    [StorageFact]
    public async Task It_tells_the_whole_story_and_verifies_offline()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        var found = await Told(world, target);

        var pack = await Pack(world, found.Name);

        var verdict = Verify(pack, await Key(world));
        Assert.True(verdict.Holds, string.Join('\n', verdict.Faults.Select(fault => fault.Says)));
        Assert.True(verdict.Sealed > 0 && verdict.AnchoredTo >= verdict.Head);
        var (story, item) = (Read(pack, "story.html"), Assert.Single(await world.Replays(found.Id)));
        foreach (var part in new[] { found.Name, "Hanna Berg", "Ines Moreau", item.Hash, item.IdempotencyKey, "201", "case.approve", "case.dry-run", "TAX_PROFILE_MISSING" })
        {
            Assert.Contains(part, story, StringComparison.Ordinal);
        }

        foreach (var file in new[] { "README.txt", "chain.ndjson", "key.pem", "SHA256SUMS", "SHA256SUMS.sig", "steps.json", "facts.json", "replays.json", "payloads/original.txt", "payloads/v1.txt", "who-started-it.json" })
        {
            Assert.Contains(file, Names(pack));
        }
    }

    [StorageFact]
    public async Task What_the_page_hides_it_hides_too()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        var found = await Told(world, target);

        var pack = await Pack(world, found.Name);

        Assert.All(Names(pack), name => Assert.DoesNotContain(Secret, Read(pack, name), StringComparison.Ordinal));
        Assert.Contains("••••••", Read(pack, "payloads/original.txt"), StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task Of_other_units_it_holds_hashes_only()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        var other = await world.Fails(new FailureSample { Id = "INV-FOREIGN", Unit = "APAC" });
        var found = await Told(world, target, between: () => world.Claim(other.Id, Staff.Ben));

        var pack = await Pack(world, found.Name, Staff.Steward("Ada", "EMEA"));

        var verdict = Verify(pack, await Key(world));
        Assert.True(verdict is { Holds: true, Withheld: > 0 });
        Assert.All(Names(pack), name => Assert.DoesNotContain("FOREIGN", Read(pack, name), StringComparison.Ordinal));
        Assert.DoesNotContain(other.Name, Read(pack, "chain.ndjson"), StringComparison.Ordinal);
        Assert.False((await world.Send(new PackCase(other.Name, Staff.Steward("Ada", "EMEA")))).Accepted);
    }

    [StorageFact]
    public async Task A_changed_file_a_file_put_in_and_a_changed_list_are_named()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        var pack = await Pack(world, (await Told(world, target)).Name);
        var key = await Key(world);

        Assert.Contains("story.html was changed", Verify(Changed(pack, "story.html", "Hanna Berg", "Ines Moreau"), key).Faults[0].Says, StringComparison.Ordinal);
        Assert.Contains(Verify(Changed(pack, "chain.ndjson", "case.approve", "case.comment"), key).Faults, fault => fault is { Kind: ChainFaultKind.Changed, Number: > 0 });
        Assert.Contains("not signed", Verify(Changed(pack, "SHA256SUMS", "  story.html", "  story.htm"), key).Faults[0].Says, StringComparison.Ordinal);
        Assert.Contains("not signed", Verify(pack, OtherKey()).Faults[0].Says, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task The_list_of_files_is_what_sha256sum_reads_and_the_audit_names_it()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        var found = await Told(world, target);
        var pack = await Pack(world, found.Name);

        foreach (var line in Read(pack, "SHA256SUMS").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (sum, name) = (line[..64], line[66..]);
            Assert.Equal(sum, Convert.ToHexStringLower(SHA256.HashData(Bytes(pack, name))));
        }

        await using var db = world.Open();
        var noted = await db.Audit.SingleAsync(a => a.Action == "evidence.pack");
        Assert.Equal((found.Name, Staff.Root.Name, found.Unit), (noted.Subject, noted.ActorName, noted.Unit));
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(Bytes(pack, "SHA256SUMS"))), noted.Detail, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task A_close_is_packed_with_its_exceptions_and_what_was_done_in_its_unit()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        var found = await Told(world, target);
        await world.Fails(new FailureSample { Id = "INV-FOREIGN", Unit = "APAC" });
        await Seal(world);

        var packed = (await world.Send(new PackClose("2026-03", "EMEA", null, Staff.Root))).Value!;
        var pack = await Whole(packed.Content);

        var verdict = Verify(pack, await Key(world));
        Assert.True(verdict.Holds, string.Join('\n', verdict.Faults.Select(fault => fault.Says)));
        Assert.Contains(found.Name, Read(pack, "exceptions.json"), StringComparison.Ordinal);
        Assert.Contains("case.approve", Read(pack, "story.html"), StringComparison.Ordinal);
        Assert.All(Names(pack), name => Assert.DoesNotContain("FOREIGN", Read(pack, name), StringComparison.Ordinal));
        Assert.False((await world.Send(new PackClose("2026-03", "EMEA", null, Staff.Person("Ada", Scope.Of("APAC"), Role.Executive)))).Accepted);
    }

    /// <summary>Found, repaired by Ines, tried dry, approved by Hanna, sent and proven; sealed.</summary>
    private static async Task<ExceptionCase> Told(World world, TestTarget target, Func<Task>? between = null)
    {
        await world.Register(target);
        Accepted(await world.Send(new SetContract("invoice", new ContractBody("ERP invoice", new("erp-invoices", null, null, null), Schema, null), null, Staff.Root)));
        var found = await world.Fails(new FailureSample { Amount = 250_000m, Payload = $$"""{"tranId":"INV-1001","taxProfile":null,"pin":"{{Secret}}","amount":250000.00}""" });
        await world.Claim(found.Id, Staff.Ines);
        world.Clock.Pass(TimeSpan.FromSeconds(1));
        await (between?.Invoke() ?? Task.CompletedTask);
        world.Clock.Pass(TimeSpan.FromSeconds(1));
        Accepted(await world.Send(new RepairPayload(found.Id, null, "", "", Staff.Ines) { Edits = new Dictionary<string, string?> { ["/taxProfile"] = "\"DE\"" } }));
        Accepted(await world.Send(new DryRun(found.Id, null, Staff.Ines)));
        Accepted(await world.Send(new SubmitCase(found.Id, null, "", Staff.Ines)));
        Accepted(await world.Send(new ApproveCase(found.Id, null, "", Staff.Hanna)));
        await world.LookForReplays();
        await Seal(world);
        return await world.Case(found.Id);
    }

    private static Task Seal(World world) => world.Run<AuditSealer>(sealer => sealer.Look(default));

    private static async Task<byte[]> Pack(World world, string name, Actor? actor = null) =>
        await Whole(Accepted(await world.Send(new PackCase(name, actor ?? Staff.Root))).Content);

    private static async Task<byte[]> Whole(Stream content)
    {
        using var bytes = new MemoryStream();
        await using (content)
        {
            await content.CopyToAsync(bytes);
        }

        return bytes.ToArray();
    }

    private static async Task<byte[]> Key(World world)
    {
        await using var db = world.Open();
        return await db.AuditKeys.Select(k => k.PublicKey).SingleAsync();
    }

    private static byte[] OtherKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportSubjectPublicKeyInfo();
    }

    private static ChainVerdict Verify(byte[] pack, byte[] key)
    {
        using var content = new MemoryStream(pack);
        return PackCheck.Verify(content, [], [key]);
    }

    private static List<string> Names(byte[] pack)
    {
        using var zip = new ZipArchive(new MemoryStream(pack));
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }

    private static byte[] Bytes(byte[] pack, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(pack));
        using var bytes = new MemoryStream();
        zip.GetEntry(name)!.Open().CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string Read(byte[] pack, string name) => Encoding.UTF8.GetString(Bytes(pack, name));

    private static byte[] Changed(byte[] pack, string name, string from, string to)
    {
        var text = Read(pack, name);
        Assert.Contains(from, text, StringComparison.Ordinal);
        using var bytes = new MemoryStream();
        bytes.Write(pack);
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry(name)!.Delete();
            using var file = zip.CreateEntry(name).Open();
            file.Write(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)));
        }

        return bytes.ToArray();
    }

    private static T Accepted<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.Accepted, outcome.Refusal?.Message);
        return outcome.Value!;
    }
}

public static class EvidencePackTests
{
    public sealed class On_postgres : EvidencePackTests<OnPostgres>;

    public sealed class On_sqlserver : EvidencePackTests<OnSqlServer>;
}

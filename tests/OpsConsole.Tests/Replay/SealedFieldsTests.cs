using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsConsole.Access;
using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Privacy;
using OpsConsole.Replay;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Replay;

/// <summary>What a contract wants encrypted lies sealed in the database, is dots to everybody, and reaches its target as it came.</summary>
public abstract class SealedFieldsTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private const string Iban = "DE89 3704 0044 0532 0130 00";
    private const string Original = $$"""{"tranId":"INV-1001","iban":"{{Iban}}","pin":4711,"memo":"a"}""";

    private const string Schema = """
        {"type":"object","properties":{"tranId":{"type":"string"},"memo":{"type":"string","x-oc-changeable":true},
          "iban":{"type":"string","maxLength":34,"x-oc-intake":"encrypt","x-oc-personal":true,"x-oc-changeable":true},"pin":{"type":"integer","x-oc-intake":"encrypt"}}}
        """;

    [StorageFact]
    public async Task It_is_sent_as_it_came_and_shown_to_nobody()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await Failed(world);

        Accepted(await world.Send(Edit(found, "/memo", "\"b\"")));
        Accepted(await world.Send(new ReplayCase(found.Id, null, "", Staff.Ines)));
        await world.LookForReplays();

        Assert.Equal(Original.Replace("\"a\"", "\"b\"", StringComparison.Ordinal), Assert.Single(target.Sent).Body);
        foreach (var actor in new[] { Staff.Ines, Staff.Hanna, Staff.Root, Staff.Key })
        {
            var said = JsonSerializer.Serialize(await world.Send(new ShowRepair(found.Id, actor))) + JsonSerializer.Serialize(await world.Send(new ShowRepairForm(found.Id, actor)));
            Assert.DoesNotContain("sealed:", said, StringComparison.Ordinal);
            Assert.DoesNotContain("3704", said, StringComparison.Ordinal);
            Assert.DoesNotContain("4711", said, StringComparison.Ordinal);
        }
    }

    [StorageFact]
    public async Task What_is_written_anew_is_sealed_too_and_compared_as_it_is()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await Failed(world);
        target.Holds = """{"tranId":"INV-1001","iban":"GB33BUKB20201555555555","pin":4711,"memo":"a"}""";

        var before = Accepted(await world.Send(new DryRun(found.Id, null, Staff.Ines)));
        Accepted(await world.Send(Edit(found, "/iban", "\"GB33BUKB20201555555555\"")));
        var after = Accepted(await world.Send(new DryRun(found.Id, null, Staff.Ines)));

        Assert.Equal((DryRunVerdict.Conflict, DryRunVerdict.NoOp), (before.Verdict, after.Verdict));
        Assert.Equal(["iban"], before.Differences.Select(field => field.Name));
        await using var db = world.Open();
        var body = (await db.PayloadVersions.SingleAsync()).Body;
        Assert.DoesNotContain("GB33", body, StringComparison.Ordinal);
        Assert.True(FieldSeal.IsSealed(JsonEdit.Read(body, "/iban")));
    }

    [StorageFact]
    public async Task A_person_is_found_and_erased_inside_of_it()
    {
        await using var world = await World.Start<TBrand>();
        await Failed(world);
        var officer = Staff.Person("Olga Ivers", Scope.All, Role.DataProtection);

        var found = Accepted(await world.Send(new FindSubject([Iban], officer)));
        Accepted(await world.Send(new EraseSubject([Iban], "they asked us to forget them", officer)));

        Assert.Equal((1, 0), (found.Events, Accepted(await world.Send(new FindSubject([Iban], officer))).Events));
    }

    [StorageFact]
    public async Task A_seal_of_another_key_or_a_changed_one_stays_shut()
    {
        await using var world = await World.Start<TBrand>();
        var seal = world.Part<FieldSeal>();
        var foreign = $$"""{"a":{{FieldSeal.Seal(new byte[32], "\"x\"")}},"b":"sealed:AAAA"}""";
        var own = $$"""{"a":{{FieldSeal.Seal(await seal.Key(default), "{\"n\":1}")}}}""";

        Assert.Equal(foreign, await seal.Open(foreign, default));
        Assert.Equal("""{"a":{"n":1}}""", await seal.Open(own, default));
        Assert.Equal(own, $$"""{"a":{{FieldSeal.Seal(await seal.Key(default), "{\"n\":1}")}}}""");
    }

    private static async Task<ExceptionCase> Failed(World world)
    {
        await using (var db = world.Open())
        {
            db.Contracts.Add(new Contract { Name = "invoice", Label = "ERP invoice", Target = "erp-invoices", ObjectType = "invoice", InForce = 1, Latest = 1, UpdatedAt = world.Clock.Now, UpdatedBy = "Root" });
            db.ContractVersions.Add(new ContractVersion { Contract = "invoice", Number = 1, Schema = Schema, Note = "", PublishedAt = world.Clock.Now, PublishedBy = "Root" });
            await db.SaveChangesAsync();
        }

        var stored = await world.Part<FieldSeal>().Over(Original, PayloadSchema.Read(Schema).Value, default);
        Assert.True(FieldSeal.IsSealed(JsonEdit.Read(stored, "/iban")) && FieldSeal.IsSealed(JsonEdit.Read(stored, "/pin")));
        var found = await world.Fails(new FailureSample { Payload = stored });
        Accepted(await world.Claim(found.Id, Staff.Ines));
        return await world.Case(found.Id);
    }

    private static RepairPayload Edit(ExceptionCase @case, string pointer, string value) =>
        new(@case.Id, null, "", "", Staff.Ines) { Edits = new Dictionary<string, string?> { [pointer] = value } };

    private static T Accepted<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.Accepted, outcome.Refusal?.Message);
        return outcome.Value!;
    }
}

public static class SealedFieldsTests
{
    public sealed class On_postgres : SealedFieldsTests<OnPostgres>;

    public sealed class On_sqlserver : SealedFieldsTests<OnSqlServer>;
}

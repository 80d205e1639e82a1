using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Replay;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Replay;

public abstract class ApplyRepairsTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private const string Schema = """
        {"type":"object","required":["taxProfile"],"properties":{
          "taxProfile":{"type":"string","x-oc-changeable":true,"x-oc-lookup":{"by":"/sub","values":{"DE01":["DE-VAT19"],"FR01":["FR-VAT20"]}}},
          "sub":{"type":"string"},"amount":{"type":"number","x-oc-changeable":false}}}
        """;

    private static readonly RepairChange s_change = new("/taxProfile", "\"DE-VAT19\"", OnlyMissing: true);

    [StorageFact]
    public async Task Each_gets_a_verdict_and_nothing_is_changed()
    {
        await using var world = await World.Start<TBrand>();
        var cases = await Six(world);

        var preview = (await world.Send(new PreviewRepairs(new RepairSelection(Cause: cases[0].Fingerprint), s_change, Staff.Ines))).Value!;

        Assert.Equal(
            [
                ("INV-1", RepairVerdictKind.Valid, null), ("INV-2", RepairVerdictKind.StillInvalid, "/taxProfile: must be FR-VAT20"), ("INV-3", RepairVerdictKind.NotYours, "Ben Adeyemi holds it"),
                ("INV-4", RepairVerdictKind.Unchanged, "It is not missing there"), ("INV-5", RepairVerdictKind.NotPossible, "Its payload is not JSON"), ("INV-6", RepairVerdictKind.NotPossible, "It is snoozed"),
            ],
            preview.Items.Select(item => (item.ObjectId, item.Verdict!.Value, item.Why)));
        Assert.All(cases, before => Assert.Equal(0, before.PayloadVersion));
        await using var db = world.Open();
        Assert.Empty(db.PayloadVersions);
    }

    [StorageFact]
    public async Task What_may_be_set_is_offered_with_the_values_that_there_are()
    {
        await using var world = await World.Start<TBrand>();
        var cases = await Six(world);

        var preview = (await world.Send(new PreviewRepairs(new RepairSelection(Cause: cases[0].Fingerprint), null, Staff.Ines))).Value!;

        var shared = Assert.Single(preview.Fields);
        Assert.Equal(("/taxProfile", FieldKind.Choice), (shared.Field.Pointer, shared.Field.Kind));
        Assert.Equal(["\"DE-VAT19\"", "\"FR-VAT20\""], shared.Field.Choices.Select(choice => choice.Value).Order());
        Assert.Equal(("null", 4), (shared.Values[0].Value, shared.Values[0].Count));
    }

    [StorageFact]
    public async Task The_right_ones_are_claimed_and_repaired_and_each_of_the_others_says_why_not()
    {
        await using var world = await World.Start<TBrand>();
        var cases = await Six(world);

        var applied = (await world.Send(new ApplyRepairs([.. cases.Select(c => new SeenCase(c.Id, c.Version))], s_change, "missing-value", "the usual profile", Staff.Ines))).Value!;

        Assert.Equal([true, false, false, false, false, false], applied.Items.Select(item => item.Done));
        var first = await world.Case(cases[0].Id);
        Assert.Equal((CaseState.Claimed, Staff.Ines.Id, 1, first.Version), (first.State, first.Holder, first.PayloadVersion, applied.Items[0].Version));
        var repair = (await world.Send(new ShowRepair(first.Id, Staff.Ines))).Value!;
        Assert.Equal("""{"sub":"DE01","amount":5200.00,"taxProfile":"DE-VAT19"}""", repair.Current);
        Assert.Equal(("missing-value", "the usual profile"), (repair.Versions[0].Reason, repair.Versions[0].Note));
        Assert.Equal(CaseState.Open, (await world.Case(cases[1].Id)).State);
        Assert.Equal(Staff.Ben.Id, (await world.Case(cases[2].Id)).Holder);
    }

    [StorageFact]
    public async Task What_has_changed_since_it_was_selected_is_left_alone()
    {
        await using var world = await World.Start<TBrand>();
        var cases = await Six(world);
        await world.Send(new CommentCase(cases[0].Id, "wait", Staff.Ben));

        var applied = (await world.Send(new ApplyRepairs([new SeenCase(cases[0].Id, cases[0].Version)], s_change, null, "", Staff.Ines))).Value!;

        Assert.Equal((false, $"It was changed since you selected it: comment, {Staff.Ben.Name}"), (applied.Items[0].Done, applied.Items[0].Why));
        Assert.Equal(0, (await world.Case(cases[0].Id)).PayloadVersion);
    }

    [StorageFact]
    public async Task Outside_the_scope_nothing_is_seen_and_nothing_is_repaired()
    {
        await using var world = await World.Start<TBrand>();
        var cases = await Six(world);
        var stranger = Staff.Steward("Far Away", "APAC");

        var preview = (await world.Send(new PreviewRepairs(new RepairSelection(Cause: cases[0].Fingerprint), s_change, stranger))).Value!;
        var applied = (await world.Send(new ApplyRepairs([new SeenCase(cases[0].Id, cases[0].Version)], s_change, null, "", stranger))).Value!;

        Assert.Empty(preview.Items);
        Assert.Equal((false, cases[0].Id.ToString()), (applied.Items[0].Done, applied.Items[0].Name));
    }

    [StorageFact]
    public async Task Who_may_not_work_on_exceptions_may_not_even_ask()
    {
        await using var world = await World.Start<TBrand>();

        var preview = await world.Send(new PreviewRepairs(new RepairSelection(Cause: "x"), s_change, Staff.Hanna));
        var applied = await world.Send(new ApplyRepairs([new SeenCase(Guid.Empty, 1)], s_change, null, "", Staff.Hanna));

        Assert.Equal((RefusalKind.Forbidden, RefusalKind.Forbidden), (preview.Refusal!.Kind, applied.Refusal!.Kind));
    }

    private static async Task<List<ExceptionCase>> Six(World world)
    {
        await world.Send(new SetContract("invoice", new ContractBody("ERP invoice", new("erp-invoices", null, null, null), Schema, null), null, Staff.Root));
        string[] payloads =
        [
            """{"sub":"DE01","amount":5200.00,"taxProfile":null}""", """{"sub":"FR01","amount":1,"taxProfile":null}""", """{"sub":"DE01","amount":1,"taxProfile":null}""",
            """{"sub":"DE01","amount":1,"taxProfile":"DE-VAT7"}""", "\"plain text\"", """{"sub":"DE01","amount":1,"taxProfile":null}""",
        ];
        var samples = payloads.Select((payload, i) => new FailureSample { Id = $"INV-{i + 1}", Payload = payload, Key = null }).ToList();
        foreach (var sample in samples)
        {
            await world.Fails(sample);
        }

        await world.Claim(samples[2].CaseId, Staff.Ben);
        await world.Send(new SnoozeCase(samples[5].CaseId, null, world.Clock.Now.AddDays(1), "later", Staff.Ines));
        var cases = new List<ExceptionCase>();
        foreach (var sample in samples)
        {
            cases.Add(await world.Case(sample.CaseId));
        }

        return cases;
    }
}

public static class ApplyRepairsTests
{
    public sealed class On_postgres : ApplyRepairsTests<OnPostgres>;

    public sealed class On_sqlserver : ApplyRepairsTests<OnSqlServer>;
}

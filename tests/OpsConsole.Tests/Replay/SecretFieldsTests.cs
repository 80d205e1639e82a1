using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpsConsole.Audit;
using OpsConsole.Cases;
using OpsConsole.Cases.Differences;
using OpsConsole.Contracts;
using OpsConsole.Replay;
using OpsConsole.Search;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Replay;

/// <summary>What a contract calls secret goes to its target and nowhere else, and can be repaired around all the same.</summary>
public abstract class SecretFieldsTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private const string Original =
        """{"tranId":"INV-1001","taxProfile":null, "pin":"4711-PIN", "bank":{"iban":"DE89-HIDDEN","bic":"COBADE"}, "lines":[{"token":"tok-one","qty":1},{"qty":2}], "amount":5200.00}""";

    private const string Schema = """
        {"type":"object","properties":{
          "tranId":{"type":"string"}, "taxProfile":{"type":["string","null"],"x-oc-changeable":true}, "amount":{"type":"number"},
          "pin":{"type":"string","x-oc-secret":true,"x-oc-changeable":true},
          "bank":{"type":"object","x-oc-secret":true,"properties":{"iban":{"type":"string"},"bic":{"type":"string"}}},
          "lines":{"type":"array","items":{"type":"object","properties":{"token":{"type":"string","x-oc-secret":true},"qty":{"type":"integer"}}}}}}
        """;

    private static readonly string[] s_secrets = ["4711-PIN", "0815-PIN", "DE89-HIDDEN", "DE11-THEIRS", "tok-one", "9999-PIN"];
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [StorageFact]
    public async Task No_answer_about_an_exception_holds_it_whoever_asks()
    {
        await using var target = await TestTarget.Start();
        target.Answer = _ => (422, "the pin 0815-PIN of DE89-HIDDEN is wrong");
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await Claimed(world);
        Accepted(await world.Send(Edit(found, "/pin", "\"0815-PIN\"")));
        Accepted(await world.Send(Edit(found, "/taxProfile", "\"DE\"")));
        Accepted(await world.Send(new ReplayCase(found.Id, null, "", Staff.Ines)));
        await world.LookForReplays();
        target.Holds = """{"tranId":"INV-1001","pin":"9999-PIN","amount":5200.00}""";

        var all = new List<string>();
        foreach (var actor in new[] { Staff.Ines, Staff.Hanna, Staff.Root, Staff.Key })
        {
            all.Add(Said(await world.Send(new ShowRepair(found.Id, actor))));
            all.Add(Said(await world.Send(new ShowRepairForm(found.Id, actor))));
            all.Add(Said(await world.Send(new ShowCase(found.Name, actor))));
            all.Add(Said(await world.Send(new UnderstandCase(found.Id, actor))));
        }

        all.Add(Said(await world.Send(new DryRun(found.Id, null, Staff.Ines))));
        all.Add(Said(await world.Send(new PreviewRepairs(new RepairSelection(Numbers: [found.Number]), null, Staff.Ines))));
        all.Add(Said(await world.Send(new PreviewRepairs(new RepairSelection(Numbers: [found.Number]), new RepairChange("/pin", "\"1\""), Staff.Ines))));
        all.Add(Said(await world.Send(new PreviewRepairs(new RepairSelection(Numbers: [found.Number]), new RepairChange("/bank", "{}"), Staff.Ines))));
        all.Add(Said(await world.Send(new ExplainCause(found.Fingerprint, Staff.Ines))));
        all.Add(Said(await world.Send(new SearchEverything("4711-PIN", Staff.Ines))).Replace("\"Query\":\"4711-PIN\"", "", StringComparison.Ordinal));
        all.Add(Said(await world.Send(new ListAudit(new AuditFilter(), null, 50, Staff.Root))));

        Assert.All(all, answer => Assert.DoesNotContain(s_secrets, secret => answer.Contains(secret, StringComparison.Ordinal)));
        Assert.Contains(all, answer => answer.Contains("•••••• v1", StringComparison.Ordinal));
        Assert.Contains(all, answer => answer.Contains("the pin •••••• of •••••• is wrong", StringComparison.Ordinal));
    }

    [StorageFact]
    public async Task What_the_target_holds_instead_is_not_told_of_it_when_the_proof_fails()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await Claimed(world);
        Accepted(await world.Send(new ReplayCase(found.Id, null, "", Staff.Ines)));
        await world.LookForReplays();
        target.Holds = """{"tranId":"INV-1001","pin":"9999-PIN","amount":17.00}""";
        world.Clock.Pass(TimeSpan.FromMinutes(2));
        await world.LookForReplays();

        var steps = await world.Steps(found.Id);

        Assert.Contains("another amount (17.00), pin", steps[^1].Reason, StringComparison.Ordinal);
        Assert.Contains("4711-PIN", Assert.Single(target.Sent).Body, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task Around_it_everything_can_be_edited_and_a_new_value_shows_as_a_change()
    {
        await using var world = await World.Start<TBrand>();
        var found = await Claimed(world);
        var shown = (await world.Send(new ShowRepair(found.Id, Staff.Ines))).Value!.Current!;

        Accepted(await world.Send(new RepairPayload(found.Id, null, shown.Replace("null", "\"DE\"", StringComparison.Ordinal), "", Staff.Ines)));
        var around = await Stored(world, found);
        Accepted(await world.Send(Edit(found, "/pin", "\"0815-PIN\"")));
        var repaired = (await world.Send(new ShowRepair(found.Id, Staff.Ines))).Value!;

        Assert.Equal(Original.Replace("null", "\"DE\"", StringComparison.Ordinal), around);
        Assert.Equal(around.Replace("4711", "0815", StringComparison.Ordinal), await Stored(world, found));
        Assert.Equal(
            [new JsonChange("/pin", "\"••••••\"", "\"•••••• v2\"")],
            JsonDiff.Of(repaired.Versions[0].Body, repaired.Versions[1].Body));
    }

    [StorageFact]
    public async Task What_its_author_typed_anew_is_kept_though_the_form_shows_dots()
    {
        await using var world = await World.Start<TBrand>();
        var found = await Claimed(world);
        var raw = (await world.Send(new ShowRepair(found.Id, Staff.Ines))).Value!.Current!.Replace("\"pin\":\"••••••\"", "\"pin\":\"0815-PIN\"", StringComparison.Ordinal);

        var form = (await world.Send(new SaveRepairDraft(found.Id, new DraftContent(new Dictionary<string, string?>(), raw, "", ""), Staff.Ines))).Value!;
        Accepted(await world.Send(new RepairPayload(found.Id, null, form.Body!, "", Staff.Ines)));

        Assert.Contains("\"pin\":\"•••••• new\"", form.Body, StringComparison.Ordinal);
        Assert.Equal(Original.Replace("4711", "0815", StringComparison.Ordinal), await Stored(world, found));
    }

    [Fact]
    public void The_difference_analysis_compares_whether_it_is_there_and_not_what_it_says()
    {
        var secret = new VeiledFields([PayloadSchema.Read(Schema).Value!], FieldClasses.Secret);

        var one = new Specimen { Secret = secret }.WithData(Encoding.UTF8.GetBytes("""{"payload":""" + Original + ""","attributes":{"pin":"open"}}"""));

        Assert.Null(one.Fields[("payload", "pin")]);
        Assert.Null(one.Fields[("payload", "bank")]);
        Assert.Null(one.Fields[("attributes", "pin")]);
        Assert.DoesNotContain(one.Fields.Values, value => value is not null && s_secrets.Contains(value));
    }

    private static async Task<ExceptionCase> Claimed(World world)
    {
        Accepted(await world.Send(new SetContract("invoice", new ContractBody("ERP invoice", new("erp-invoices", null, null, null), Schema, null), null, Staff.Root)));
        var found = await world.Fails(new FailureSample { Payload = Original });
        Accepted(await world.Claim(found.Id, Staff.Ines));
        return found;
    }

    private static RepairPayload Edit(ExceptionCase found, string pointer, string value) =>
        new(found.Id, null, "", "", Staff.Ines) { Edits = new Dictionary<string, string?> { [pointer] = value } };

    private static async Task<string> Stored(World world, ExceptionCase found)
    {
        await using var db = world.Open();
        return db.PayloadVersions.Where(p => p.CaseId == found.Id).OrderByDescending(p => p.Version).Select(p => p.Body).First();
    }

    private static string Said<T>(Outcome<T> answer) => JsonSerializer.Serialize(Accepted(answer), s_plain);

    private static T Accepted<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.Accepted, outcome.Refusal?.Message);
        return outcome.Value!;
    }
}

public static class SecretFieldsTests
{
    public sealed class On_postgres : SecretFieldsTests<OnPostgres>;

    public sealed class On_sqlserver : SecretFieldsTests<OnSqlServer>;
}

using OpsConsole.Access;
using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Ownership;
using OpsConsole.Replay;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Replay;

/// <summary>What a repair may change, and what it must be: decided in the handler, whatever page or program asks.</summary>
public abstract class RepairRulesTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private const string Original = "{ \"tranId\":\"INV-1001\",\n  \"taxProfile\":null, \"amount\":5200.00, \"memo\":\"a\", \"extra\":{\"x\":1.50} }";

    private const string Schema = """
        {"type":"object","required":["tranId","taxProfile","amount"],"properties":{
          "tranId":{"type":"string","x-oc-changeable":false,"x-oc-why":"The number is the key."},
          "taxProfile":{"type":"string","x-oc-changeable":true,"x-oc-lookup":["DE-VAT19","DE-VAT7"]},
          "amount":{"type":"number","minimum":0.01},
          "memo":{"type":["string","null"],"maxLength":20},
          "terms":{"type":"string"}}}
        """;

    private static readonly Actor s_integrator = Staff.Person("Iris Raw", Scope.All, Role.Steward, Role.Support);

    [StorageFact]
    public async Task A_right_repair_is_kept_with_its_reason_its_contract_and_every_other_byte()
    {
        await using var world = await World.Start<TBrand>();
        var found = await Claimed(world);

        var saved = await world.Send(Edit(found, "/taxProfile", "\"DE-VAT19\"") with { Reason = "missing-value" });

        Assert.True(saved.Accepted, saved.Refusal?.Message);
        var shown = (await world.Send(new ShowRepair(found.Id, Staff.Ines))).Value!;
        Assert.Equal(Original, shown.Original);
        Assert.Equal(Original.Replace("null", "\"DE-VAT19\"", StringComparison.Ordinal), shown.Current);
        Assert.Equal(("missing-value", "invoice", 1, false), (shown.Versions[0].Reason, shown.Versions[0].Contract, shown.Versions[0].ContractVersion, shown.Versions[0].Raw));
    }

    [StorageFact]
    public async Task Locked_fields_are_refused_by_place_with_the_reason()
    {
        await using var world = await World.Start<TBrand>();
        await Own(world, ("invoice", "amount", "stripe"), ("invoice", "memo", "netsuite"));
        var found = await Claimed(world);

        var refused = await world.Send(new RepairPayload(
            found.Id, null, """{"tranId":"INV-2","taxProfile":"DE-VAT19","amount":1,"memo":"b","extra":{"x":2}}""", "", Staff.Ines));

        Assert.Equal("repair.fields", refused.Refusal?.Code);
        Assert.Equal(
            ["/tranId: may not be changed: The number is the key.", "/amount: may not be changed: Stripe owns it", "/extra/x: may not be changed: ERP invoice does not name it"],
            refused.Refusal!.Fields.Select(fault => $"{fault.Pointer}: {fault.Message}"));
        Assert.Equal(0, (await world.Case(found.Id)).PayloadVersion);
    }

    [StorageFact]
    public async Task What_the_contract_leaves_open_the_owner_decides()
    {
        await using var world = await World.Start<TBrand>();
        var found = await Claimed(world);

        var nobodys = await world.Send(Edit(found, "/memo", "\"b\"", ("/taxProfile", "\"DE-VAT7\"")));
        await Own(world, ("invoice", "memo", "netsuite"));
        var theReceivers = await world.Send(Edit(found, "/memo", "\"b\"", ("/taxProfile", "\"DE-VAT7\"")));

        Assert.Contains("/memo: may not be changed", nobodys.Refusal?.Message, StringComparison.Ordinal);
        Assert.True(theReceivers.Accepted, theReceivers.Refusal?.Message);
    }

    [StorageFact]
    public async Task What_breaks_the_contract_is_refused_with_what_would_be_right()
    {
        await using var world = await World.Start<TBrand>();
        var found = await Claimed(world);

        var refused = await world.Send(Edit(found, "/taxProfile", "\"FR-VAT20\""));

        Assert.Equal("/taxProfile: must be one of DE-VAT19, DE-VAT7", refused.Refusal?.Message);
    }

    [StorageFact]
    public async Task Only_with_a_right_of_its_own_a_locked_field_is_changed_and_never_past_the_schema()
    {
        await using var world = await World.Start<TBrand>();
        var found = await Claimed(world, s_integrator);
        var body = Original.Replace("null", "\"DE-VAT19\"", StringComparison.Ordinal).Replace("5200.00", "5300.00", StringComparison.Ordinal);

        var steward = await world.Send(new RepairPayload(found.Id, null, body, "", Staff.Ines) { Raw = true });
        var withoutAsking = await world.Send(new RepairPayload(found.Id, null, body, "", s_integrator));
        var broken = await world.Send(new RepairPayload(found.Id, null, body.Replace("5300.00", "-1", StringComparison.Ordinal), "", s_integrator) { Raw = true });
        var right = await world.Send(new RepairPayload(found.Id, null, body, "", s_integrator) { Raw = true });

        Assert.Equal(RefusalKind.Forbidden, steward.Refusal?.Kind);
        Assert.Contains("/amount: may not be changed", withoutAsking.Refusal?.Message, StringComparison.Ordinal);
        Assert.Equal("/amount: must be at least 0.01", broken.Refusal?.Message);
        Assert.True(right.Accepted, right.Refusal?.Message);
        Assert.True(Assert.Single((await world.Send(new ShowRepair(found.Id, s_integrator))).Value!.Versions).Raw);
    }

    [StorageFact]
    public async Task A_repair_outlives_the_same_message_failing_again_and_no_other_message()
    {
        await using var world = await World.Start<TBrand>();
        var found = await Claimed(world);
        await world.Send(Edit(found, "/taxProfile", "\"DE-VAT19\""));

        await world.Fails(new FailureSample { Payload = Original.Replace("5200.00", "5.2e3", StringComparison.Ordinal), Event = "failure-2" });
        var same = await world.Case(found.Id);
        await world.Fails(new FailureSample { Payload = Original.Replace("5200.00", "9000.00", StringComparison.Ordinal), Event = "failure-3" });
        var shown = (await world.Send(new ShowRepair(found.Id, Staff.Ines))).Value!;
        var steps = await world.Steps(found.Id);
        var again = await world.Send(Edit(found, "/taxProfile", "\"DE-VAT7\""));

        Assert.Equal(1, same.PayloadVersion);
        Assert.Equal((0, shown.Original), (shown.CurrentVersion, shown.Current));
        Assert.Contains("9000.00", shown.Current, StringComparison.Ordinal);
        Assert.Contains("version 1 of the repair was of the one before and no longer counts", steps[^1].Reason, StringComparison.Ordinal);
        Assert.True(again.Accepted, again.Refusal?.Message);
        Assert.Equal(2, (await world.Case(found.Id)).PayloadVersion);
    }

    [StorageFact]
    public async Task What_waits_for_its_target_is_not_sent_when_another_message_has_failed_meanwhile()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await Claimed(world);
        await world.Send(Edit(found, "/taxProfile", "\"DE-VAT19\""));
        Assert.True((await world.Send(new ReplayCase(found.Id, null, "", Staff.Ines))).Accepted);

        await world.Fails(new FailureSample { Payload = Original.Replace("5200.00", "9000.00", StringComparison.Ordinal), Event = "failure-2" });
        await world.LookForReplays();

        Assert.Empty(target.Sent);
        var back = await world.Case(found.Id);
        Assert.Equal((CaseState.Claimed, Staff.Ines.Id), (back.State, back.Holder));
        Assert.Contains("another than the one that was repaired", (await world.Steps(found.Id))[^1].Reason, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task Numbers_written_otherwise_are_no_change()
    {
        await using var world = await World.Start<TBrand>();
        var found = await Claimed(world);

        var saved = await world.Send(new RepairPayload(found.Id, null, """{"tranId":"INV-1001","taxProfile":"DE-VAT19","amount":5.2e3,"memo":"a","extra":{"x":1.5}}""", "", Staff.Ines));

        Assert.True(saved.Accepted, saved.Refusal?.Message);
    }

    [StorageFact]
    public async Task The_form_shows_the_failing_field_first_and_says_why_others_are_locked()
    {
        await using var world = await World.Start<TBrand>();
        await Own(world, ("*", "*", "salesforce"), ("invoice", "memo", "netsuite"));
        var found = await Claimed(world);

        var form = (await world.Send(new ShowRepairForm(found.Id, Staff.Ines))).Value!;

        Assert.Equal(("invoice", 1), (form.Contract!.Name, form.Contract.Version));
        var first = form.Fields[0];
        Assert.Equal(("taxProfile", true, FieldKind.Choice, "salesforce", null), (first.Name, first.Complained, first.Kind, first.Owner, first.Locked));
        Assert.Equal(["DE-VAT19", "DE-VAT7"], first.Choices.Select(choice => choice.Label));
        Assert.Contains("must be a text", first.Faults);
        Assert.Equal(
            [("tranId", "The number is the key."), ("amount", "Salesforce owns it"), ("memo", null), ("terms", "Salesforce owns it"), ("extra", "ERP invoice does not name it")],
            form.Fields.Skip(1).Select(field => (field.Name, field.Locked)));
        Assert.Equal(("taxProfile", "salesforce", "*"), (form.Failing!.Attribute, form.Failing.Owner!.System, form.Failing.Owner.Attribute));
    }

    [StorageFact]
    public async Task A_draft_is_kept_for_its_author_alone_shown_in_the_form_and_gone_once_saved()
    {
        await using var world = await World.Start<TBrand>();
        var found = await Claimed(world);
        var typed = new DraftContent(new Dictionary<string, string?> { ["/taxProfile"] = "\"DE-VAT7\"" }, null, "mapping", "half a senten");

        var kept = await world.Send(new SaveRepairDraft(found.Id, typed, Staff.Ines));
        var mine = (await world.Send(new ShowRepairForm(found.Id, Staff.Ines))).Value!;
        var theirs = (await world.Send(new ShowRepairForm(found.Id, Staff.Ben))).Value!;

        Assert.Empty(kept.Value!.Faults);
        Assert.Equal(("\"DE-VAT7\"", "null", "half a senten"), (mine.Fields[0].Value, mine.Fields[0].Saved, mine.Draft!.Content.Note));
        Assert.Equal(("null", null), (theirs.Fields[0].Value, theirs.Draft));
        Assert.Equal(0, (await world.Case(found.Id)).PayloadVersion);

        var saved = await world.Send(new RepairPayload(found.Id, null, mine.Body!, mine.Draft.Content.Note, Staff.Ines) { Reason = mine.Draft.Content.Reason });

        Assert.True(saved.Accepted, saved.Refusal?.Message);
        Assert.Null((await world.Send(new ShowRepairForm(found.Id, Staff.Ines))).Value!.Draft);
    }

    [StorageFact]
    public async Task A_draft_that_arrives_after_it_was_saved_leaves_nothing_behind()
    {
        await using var world = await World.Start<TBrand>();
        var found = await Claimed(world);
        var typed = new DraftContent(new Dictionary<string, string?> { ["/taxProfile"] = "\"DE-VAT7\"" }, null, "mapping", "the last words");
        await world.Send(Edit(found, "/taxProfile", "\"DE-VAT7\""));

        var late = await world.Send(new SaveRepairDraft(found.Id, typed, Staff.Ines));

        Assert.Null(late.Value!.Draft);
        await using var db = world.Open();
        Assert.Empty(db.RepairDrafts);
    }

    [StorageFact]
    public async Task A_draft_outside_the_scope_is_not_kept_and_an_emptied_one_is_dropped()
    {
        await using var world = await World.Start<TBrand>();
        var found = await Claimed(world);
        var typed = new DraftContent(new Dictionary<string, string?>(), null, "", "note");

        var stranger = await world.Send(new SaveRepairDraft(found.Id, typed, Staff.Steward("Far Away", "APAC")));
        await world.Send(new SaveRepairDraft(found.Id, typed, Staff.Ines));
        var dropped = await world.Send(new SaveRepairDraft(found.Id, DraftContent.Empty, Staff.Ines));

        Assert.Equal(RefusalKind.NotFound, stranger.Refusal?.Kind);
        Assert.Null(dropped.Value!.Draft);
        await using var db = world.Open();
        Assert.Empty(db.RepairDrafts);
    }

    private static async Task<ExceptionCase> Claimed(World world, Actor? holder = null)
    {
        var set = await world.Send(new SetContract("invoice", new ContractBody("ERP invoice", new("erp-invoices", null, null, null), Schema, null), null, Staff.Root));
        Assert.True(set.Accepted, set.Refusal?.Message);
        var found = await world.Fails(new FailureSample { Payload = Original });
        await world.Claim(found.Id, holder ?? Staff.Ines);
        return found;
    }

    private static RepairPayload Edit(ExceptionCase found, string pointer, string value, params (string Pointer, string Value)[] more) =>
        new(found.Id, null, "", "", Staff.Ines) { Edits = more.Append((pointer, value)).ToDictionary(one => one.Item1, string? (one) => one.Item2) };

    private static async Task Own(World world, params (string Entity, string Attribute, string Owner)[] cells) =>
        Assert.True((await world.Send(new SetOwnership([.. cells.Select(cell => new OwnershipSet(cell.Entity, cell.Attribute, "*", cell.Owner))], Staff.Root))).Accepted);
}

public static class RepairRulesTests
{
    public sealed class On_postgres : RepairRulesTests<OnPostgres>;

    public sealed class On_sqlserver : RepairRulesTests<OnSqlServer>;
}

using OpsConsole.Access;
using OpsConsole.Approvals;
using OpsConsole.Audit;
using OpsConsole.Cases;
using OpsConsole.Rates;
using OpsConsole.Replay;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Approvals;

/// <summary>When a second person is needed, and that nobody gets round it by splitting, by two windows at once or by changing the rule (promise R12).</summary>
public abstract class FourEyesRulesTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task What_one_person_sends_alone_is_added_up_while_the_window_rolls()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        await Send(world, Staff.Ines, "INV-1", 4_000m);
        await Send(world, Staff.Ines, "INV-2", 4_000m);

        var third = await Send(world, Staff.Ines, "INV-3", 4_000m);
        world.Clock.Pass(TimeSpan.FromHours(24));
        var nextDay = await Replay(world, Staff.Ines, "INV-3");

        Assert.Equal("replay.needs-approval", third.Refusal?.Code);
        Assert.Contains("EUR 8,000", third.Refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("EUR 12,000", third.Refusal!.Message, StringComparison.Ordinal);
        Assert.True(nextDay.Accepted, nextDay.Refusal?.Message);
    }

    [StorageFact]
    public async Task Of_many_small_ones_ordered_at_once_only_those_go_that_fit_together()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        string[] ids = [.. Enumerable.Range(1, 8).Select(i => $"INV-{i}")];
        foreach (var id in ids)
        {
            await Claimed(world, Staff.Ines, id, 4_000m);
        }

        var answers = await Task.WhenAll(ids.Select(id => Replay(world, Staff.Ines, id)));

        Assert.Equal(2, answers.Count(answer => answer.Accepted));
        Assert.All(answers.Where(answer => !answer.Accepted), answer => Assert.Equal("replay.needs-approval", answer.Refusal!.Code));
        await using var db = world.Open();
        Assert.Equal((2, 2), (db.ReplayItems.Count(), db.LoneReplays.Count()));
    }

    [StorageFact]
    public async Task Two_people_cannot_share_out_one_customer_between_them()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        await Send(world, Staff.Ines, "INV-1", 6_000m, "Maple Ridge Dairy Inc.");

        var same = await Send(world, Staff.Ben, "INV-2", 6_000m, "Maple Ridge Dairy Inc.");
        var other = await Send(world, Staff.Ben, "INV-3", 6_000m, "Fundy Cold Storage");

        Assert.Contains("for Maple Ridge Dairy Inc.", same.Refusal?.Message, StringComparison.Ordinal);
        Assert.True(other.Accepted, other.Refusal?.Message);
    }

    [StorageFact]
    public async Task The_same_object_sent_again_counts_once()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        target.Answer = _ => (422, "no");
        await Send(world, Staff.Ines, "INV-1", 7_000m);
        await world.LookForReplays();

        var again = await Replay(world, Staff.Ines, "INV-1");

        Assert.True(again.Accepted, again.Refusal?.Message);
    }

    [StorageFact]
    public async Task A_changed_bank_account_needs_two_however_small_the_amount()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await Claimed(world, Staff.Ines, "INV-1", 12m);
        await world.Send(new RepairPayload(found.Id, null, """{"tranId":"INV-1001","taxProfile":null,"amount":5200.00,"supplier":{"bank_account":"DE02"}}""", "", Staff.Ines));

        var alone = await world.Send(new ReplayCase(found.Id, null, "", Staff.Ines));

        Assert.Equal("A change of bankAccount needs a second person. Submit it instead.", alone.Refusal?.Message);
    }

    [StorageFact]
    public async Task A_rule_of_one_unit_holds_there_only_and_from_the_next_replay_on()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var saved = await world.Send(new SaveFourEyesRule(null, null, new FourEyesBody("APAC from 100", Unit: "APAC", AmountAbove: 100m), Staff.Root));

        var there = await Send(world, Staff.Ines, "INV-1", 500m, unit: "APAC");
        var elsewhere = await Send(world, Staff.Ines, "INV-2", 500m, unit: "EMEA");

        Assert.True(saved.Accepted, saved.Refusal?.Message);
        Assert.Contains("Above EUR 100", there.Refusal?.Message, StringComparison.Ordinal);
        Assert.True(elsewhere.Accepted, elsewhere.Refusal?.Message);
    }

    [StorageFact]
    public async Task Who_loosens_a_rule_stays_bound_by_the_old_one_and_the_others_do_not()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var mighty = Staff.Person("Mighty", Scope.All, Role.Steward, Role.Administrator, Role.Approver);
        foreach (var rule in (await world.Send(new ListFourEyesRules(mighty))).Value!.Items)
        {
            await world.Send(new RetireFourEyesRule(rule.Id, mighty));
        }

        var own = await Send(world, mighty, "INV-1", 50_000m);
        var others = await Send(world, Staff.Ines, "INV-2", 50_000m);
        world.Clock.Pass(TimeSpan.FromHours(25));
        var later = await Replay(world, mighty, "INV-1");

        Assert.Equal("replay.needs-approval", own.Refusal?.Code);
        Assert.True(others.Accepted, others.Refusal?.Message);
        Assert.True(later.Accepted, later.Refusal?.Message);
    }

    [StorageFact]
    public async Task Every_change_is_a_version_with_its_author_and_an_audit_entry_and_an_old_view_is_stale()
    {
        await using var world = await World.Start<TBrand>();
        var rule = (await world.Send(new ListFourEyesRules(Staff.Root))).Value!.Items.Single(rule => rule.Name == "Amounts");

        var saved = await world.Send(new SaveFourEyesRule(rule.Id, rule.Version, new FourEyesBody("Amounts", AmountAbove: 7_500m), Staff.Root));
        var stale = await world.Send(new SaveFourEyesRule(rule.Id, rule.Version, new FourEyesBody("Amounts", AmountAbove: 9_000m), Staff.Root));

        var now = (await world.Send(new ListFourEyesRules(Staff.Root))).Value!.Items.Single(one => one.Id == rule.Id);
        await using var db = world.Open();
        Assert.Equal((2, 7_500m, 2), (saved.Value!.Version, now.AmountAbove, now.Versions.Count));
        Assert.Equal(RefusalKind.Stale, stale.Refusal?.Kind);
        Assert.Contains(db.Audit.AsEnumerable(), entry => entry is { Action: "four-eyes.save", ActorName: "Root" } && entry.Detail.Contains("was everything: above EUR 10,000", StringComparison.Ordinal));
    }

    [StorageFact]
    public async Task A_bulk_is_judged_as_a_whole_and_writes_nothing_down_when_it_is_too_much()
    {
        await using var world = await World.Start<TBrand>();
        var items = new List<FourEyesItem>();
        for (var i = 1; i <= 4; i++)
        {
            items.Add(new FourEyesItem(await world.Fails(new FailureSample { Id = $"INV-{i}", Label = $"Customer {i}", Amount = 4_000m }), []));
        }

        var (whole, part) = (await Judge(world, items), await Judge(world, items[..2]));

        await using var db = world.Open();
        Assert.Contains("EUR 16,000", whole.Said, StringComparison.Ordinal);
        Assert.False(part.Needed, part.Said);
        Assert.Equal(2, db.LoneReplays.Count());
    }

    [StorageFact]
    public async Task Who_made_the_key_that_prepared_it_does_not_approve_it()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await Claimed(world, Staff.Key, "INV-1", 50_000m);
        await world.Send(new SubmitCase(found.Id, null, "", Staff.Key));
        await using (var db = world.Open())
        {
            db.Audit.Add(AuditEntry.Of(Staff.Hanna, "key.create", "source robot", "key ending abcd", world.Clock.GetUtcNow()));
            await db.SaveChangesAsync();
        }

        var maker = await world.Send(new ApproveCase(found.Id, null, "", Staff.Hanna));
        var another = await world.Send(new ApproveCase(found.Id, null, "", Staff.Both));

        Assert.Equal(RefusalKind.Forbidden, maker.Refusal?.Kind);
        Assert.True(another.Accepted, another.Refusal?.Message);
    }

    [StorageFact]
    public async Task The_worklist_of_approvals_marks_what_the_reader_prepared()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var own = await Claimed(world, Staff.Both, "INV-1", 50_000m);
        await world.Send(new SubmitCase(own.Id, null, "please", Staff.Both));
        var others = await Claimed(world, Staff.Ines, "INV-2", 60_000m);
        await world.Send(new SubmitCase(others.Id, null, "", Staff.Ines));

        var list = (await world.Send(new ListApprovals(50, Staff.Both))).Value!;
        var reader = (await world.Send(new ListApprovals(50, Staff.Ines))).Value!;

        Assert.Equal((2, 1, 110_000m), (list.Total, list.Mine, list.AtRisk));
        Assert.Equal((false, "please"), list.Items.Where(row => row.Case.Id == own.Id).Select(row => (row.WhyNot is null, row.Asked)).Single());
        Assert.Null(list.Items.Single(row => row.Case.Id == others.Id).WhyNot);
        Assert.All(reader.Items, row => Assert.NotNull(row.WhyNot));
    }

    private static async Task<FourEyesVerdict> Judge(World world, IReadOnlyList<FourEyesItem> items)
    {
        await using var db = world.Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var verdict = await new FourEyes(db, world.Clock, Microsoft.Extensions.Options.Options.Create(new ReportingOptions())).Judge(items, Staff.Ines, default);
        await transaction.CommitAsync();
        return verdict;
    }

    private static async Task<Outcome<CaseStep>> Send(World world, Actor actor, string id, decimal amount, string? label = null, string unit = "EMEA")
    {
        await Claimed(world, actor, id, amount, label, unit);
        return await Replay(world, actor, id);
    }

    private static async Task<ExceptionCase> Claimed(World world, Actor actor, string id, decimal amount, string? label = null, string unit = "EMEA")
    {
        var found = await world.Fails(new FailureSample { Id = id, Amount = amount, Label = label ?? $"Customer of {id}", Unit = unit, Key = $"{id}-create" });
        await world.Claim(found.Id, actor);
        return found;
    }

    private static Task<Outcome<CaseStep>> Replay(World world, Actor actor, string id) =>
        world.Send(new ReplayCase(new FailureSample { Id = id }.CaseId, null, "", actor));
}

public static class FourEyesRulesTests
{
    public sealed class On_postgres : FourEyesRulesTests<OnPostgres>;

    public sealed class On_sqlserver : FourEyesRulesTests<OnSqlServer>;
}

public class ChangedFieldsTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"c":2}}""", """{"a":1,"b":{"c":3}}""", "b.c")]
    [InlineData("""{"a":1}""", """{"a":1,"iban":"X"}""", "iban")]
    [InlineData("""{"lines":[{"amount":1},{"amount":2}]}""", """{"lines":[{"amount":1},{"amount":3}]}""", "lines.amount")]
    [InlineData("""{"a": 1, "b": 2}""", """{"b":2,"a":1}""", "")]
    [InlineData("plain", "other", "*")]
    public void Says_which_paths_a_repair_changed(string before, string after, string changed) =>
        Assert.Equal(changed, string.Join(", ", ChangedFields.Of(before, after)));

    [Theory]
    [InlineData("supplier.bank_account.iban", "bankAccount", true)]
    [InlineData("supplier.bankAccountNote", "bankAccount", false)]
    [InlineData("*", "anything", true)]
    public void A_field_is_found_at_any_depth_and_in_any_spelling(string path, string field, bool found) => Assert.Equal(found, ChangedFields.Names(path, field));
}

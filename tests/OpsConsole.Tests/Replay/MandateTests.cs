using OpsConsole.Access;
using OpsConsole.Cases;
using OpsConsole.Replay;
using OpsConsole.Replay.Bulks;
using OpsConsole.Tests.Access;
using OpsConsole.Tests.Replay.Bulks;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Replay;

/// <summary>How much somebody decides within their rights: up to which amount, and which attributes their repairs change. On every database.</summary>
public abstract class MandateTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly Actor s_small = Staff.Ines with { Mandate = new Mandate(1_000m, []) };
    private static readonly Actor s_narrow = Staff.Ines with { Mandate = new Mandate(null, ["tax_profile"]) };
    private static readonly Actor s_junior = Staff.Hanna with { Mandate = new Mandate(5_000m, []) };

    [StorageFact]
    public async Task Alone_nobody_replays_or_dismisses_above_their_mandate()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        (decimal? Amount, string? Currency, bool May)[] all = [(1_000m, "EUR", true), (1_000.01m, "EUR", false), (1m, "XAG", false), (null, null, true)];
        foreach (var (known, i) in all.Select((known, i) => (known, i)))
        {
            var (one, other) = (await Failed(world, $"INV-{i}", known), await Failed(world, $"INV-{i}-B", known));

            var replayed = await world.Send(new ReplayCase(one, null, "", s_small));
            var dismissed = await world.Send(new DismissCase(other, null, "accepted", "as it is", s_small));

            Assert.Equal((known, known.May, known.May), (known, replayed.Accepted, dismissed.Accepted));
            if (!known.May)
            {
                Assert.Equal(("replay.needs-approval", RefusalKind.Forbidden), (replayed.Refusal!.Code, dismissed.Refusal!.Kind));
                Assert.True((await world.Send(new SubmitCase(one, null, "", s_small))).Accepted);
                Assert.Contains((await world.Send(new ShowCase(other.ToString(), s_small))).Value!.Choices, choice => choice is { Action: CaseAction.Dismiss, Possible: false });
            }
        }
    }

    private static async Task<Guid> Failed(World world, string id, (decimal? Amount, string? Currency, bool May) known)
    {
        var found = await world.Fails(new FailureSample { Id = id, Key = $"key-{id}", Amount = known.Amount, Currency = known.Currency });
        await world.Claim(found.Id, s_small);
        return found.Id;
    }

    [StorageFact]
    public async Task A_second_person_approves_only_what_they_decide()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await world.Fails(new FailureSample { Amount = 50_000m });
        await world.Claim(found.Id, Staff.Ines);
        await world.Send(new SubmitCase(found.Id, null, "", Staff.Ines));

        var junior = await world.Send(new ApproveCase(found.Id, null, "", s_junior));
        var refused = await world.Send(new RejectCase(found.Id, null, "look again", s_junior));
        await world.Send(new SubmitCase(found.Id, null, "", Staff.Ines));
        var senior = await world.Send(new ApproveCase(found.Id, null, "", Staff.Hanna));

        Assert.Contains("worth more than the 5,000", junior.Refusal?.Message, StringComparison.Ordinal);
        Assert.True(refused.Accepted && senior.Accepted);
    }

    [StorageFact]
    public async Task Of_a_bulk_all_together_counts()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        await BulkVerbs.Failures(world, 60);
        var bulk = await BulkVerbs.Freeze(world, s_small);

        var alone = await world.Send(new StartBulk(bulk, null, new BulkSettings(), Ask: false, s_small));
        BulkVerbs.Accepted(await world.Send(new StartBulk(bulk, null, new BulkSettings(), Ask: true, s_small)));
        var junior = await world.Send(new ApproveBulk(bulk, null, "", s_junior));
        var senior = await world.Send(new ApproveBulk(bulk, null, "", Staff.Hanna));

        Assert.Contains("You decide up to EUR 1,000; together this makes EUR 6,000.", alone.Refusal?.Message, StringComparison.Ordinal);
        Assert.Contains("You decide up to EUR 5,000; together this makes EUR 6,000.", junior.Refusal?.Message, StringComparison.Ordinal);
        Assert.True(senior.Accepted, senior.Refusal?.Message);
    }

    [StorageFact]
    public async Task A_repair_changes_only_what_the_mandate_names_and_the_form_says_so()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails(new FailureSample { Payload = """{"tranId":"INV-1","taxProfile":null,"memo":"a"}""" });
        await world.Claim(found.Id, s_narrow);

        var memo = await world.Send(new RepairPayload(found.Id, null, """{"tranId":"INV-1","taxProfile":"X","memo":"b"}""", "", s_narrow));
        var whole = await world.Send(new RepairPayload(found.Id, null, "[]", "", s_narrow));
        var form = (await world.Send(new ShowRepairForm(found.Id, s_narrow))).Value!;
        var together = (await world.Send(new PreviewRepairs(new RepairSelection([new SeenCase(found.Id, (await world.Case(found.Id)).Version)]), new RepairChange("/memo", "\"c\""), s_narrow))).Value!;
        var tax = await world.Send(new RepairPayload(found.Id, null, """{"tranId":"INV-1","taxProfile":"X","memo":"a"}""", "", s_narrow));

        Assert.Equal("/memo: may not be changed: you change only tax_profile", memo.Refusal?.Message);
        Assert.False(whole.Accepted);
        Assert.Equal([("tranId", true), ("taxProfile", false), ("memo", true)], form.Fields.OrderBy(field => field.Name != "tranId").ThenByDescending(field => field.Name).Select(field => (field.Name, field.Locked is not null)));
        Assert.Equal(RepairVerdictKind.StillInvalid, together.Items.Single().Verdict);
        Assert.True(tax.Accepted, tax.Refusal?.Message);
    }

    [StorageFact]
    public async Task A_mandate_is_given_with_the_account_counts_at_once_and_stands_in_the_review()
    {
        await using var world = await World.Start<TBrand>();
        var mandate = new Mandate(2_500m, ["taxProfile", " memo ", "MEMO"]);
        await world.Send(new AddPerson("ines@example.com", "Ines", new Grant([Role.Steward], true, []) { Mandate = mandate }, Staff.Root));
        var row = (await world.Send(new ListPeople(Staff.Root))).Value!.People.Single();
        var session = await world.SignsIn(row.Id);

        var before = (await world.Send(new FindActor(session))).Value!.Mandate;
        world.Clock.Pass(TimeSpan.FromMinutes(1));
        var wrong = await world.Send(new ChangePerson(row.Id, row.Seen, "Ines", new Grant([Role.Steward], true, []) { Mandate = new Mandate(-1m, []) }, Staff.Root));
        var changed = await world.Send(new ChangePerson(row.Id, row.Seen, "Ines", new Grant([Role.Steward], true, []), Staff.Root));
        var after = (await world.Send(new FindActor(session) { Acted = true })).Value!.Mandate;

        Assert.Equal((2_500m, "memo,taxProfile"), (before.UpTo, string.Join(',', before.Attributes)));
        Assert.Equal("Steward in all units, deciding up to 2,500, changing only memo and taxProfile", row.Grant.ToString());
        Assert.Equal(("upTo", true, false), (wrong.Refusal?.Message.Split(':')[0], changed.Accepted, after.Binds));
        await using var db = world.Open();
        Assert.Equal([2_500m, null], db.AccessStates.OrderBy(state => state.At).ThenBy(state => state.Id).Select(state => state.UpTo).ToList());
    }
}

public static class MandateTests
{
    public sealed class On_postgres : MandateTests<OnPostgres>;

    public sealed class On_sqlserver : MandateTests<OnSqlServer>;
}

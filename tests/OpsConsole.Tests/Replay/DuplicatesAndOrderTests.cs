using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Replay;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Replay;

/// <summary>What the target has already is not sent again, and what others stand on goes first.</summary>
public abstract class DuplicatesAndOrderTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private const string Same = """{"state":"posted","version":3,"changedAt":"2030-01-01T00:00:00Z","tranId":"INV-1001","amount":5200,"currency":"EUR"}""";

    [StorageFact]
    public async Task A_replay_of_what_the_target_has_is_refused_with_the_reason_whoever_asks_in_whatever_way()
    {
        await using var target = await TestTarget.Start();
        target.Holds = Same;
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await world.Fails();
        await world.Claim(found.Id, Staff.Ines);

        var replay = await world.Send(new ReplayCase(found.Id, null, "", Staff.Ines));
        var submit = await world.Send(new SubmitCase(found.Id, null, "", Staff.Ines));
        target.Holds = """{"state":"posted","amount":4100}""";
        var other = await world.Send(new ReplayCase(found.Id, null, "", Staff.Ines));
        await world.LookForReplays();

        Assert.Equal(("replay.duplicate", "replay.duplicate", "replay.duplicate"), (replay.Refusal?.Code, submit.Refusal?.Code, other.Refusal?.Code));
        Assert.Contains("holds invoice INV-1001 just so", replay.Refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("another amount", other.Refusal!.Message, StringComparison.Ordinal);
        Assert.Empty(target.Sent);
    }

    [StorageFact]
    public async Task The_dry_run_tells_the_money_and_that_the_target_has_moved_since()
    {
        await using var target = await TestTarget.Start();
        target.Holds = """{"state":"posted","changedAt":"2030-01-01T00:00:00Z","tranId":"INV-1001","amount":4100,"currency":"EUR"}""";
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await world.Fails(new FailureSample { Operation = "update", Payload = """{"tranId":"INV-1001","amount":5200.00,"currency":"EUR","terms":"NET30"}""" });

        var seen = (await world.Send(new DryRun(found.Id, null, Staff.Ines))).Value!;

        Assert.Equal((DryRunVerdict.Update, false, new Money(1_100m, "EUR")), (seen.Verdict, seen.Refused, seen.Money!.Change));
        Assert.Contains("2030-01-01", seen.Moved, StringComparison.Ordinal);
        Assert.Equal(
            [("amount", DryRunVerdict.Update), ("currency", DryRunVerdict.NoOp), ("terms", DryRunVerdict.Create), ("tranId", DryRunVerdict.NoOp)],
            seen.Effects.Select(effect => (effect.Name, effect.Effect)));
    }

    [StorageFact]
    public async Task What_the_target_took_though_its_answer_was_lost_is_proven_and_not_sent_again()
    {
        await using var target = await TestTarget.Start();
        target.Answer = _ => (504, "no answer from behind");
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await world.Replayed();
        await world.LookForReplays();

        target.Holds = Same;
        world.Clock.Pass(TimeSpan.FromSeconds(10));
        await world.LookForReplays();

        var proven = await world.Case(found.Id);
        Assert.Equal((CaseState.Resolved, 1), (proven.State, target.Sent.Count));
        Assert.Contains("not sent again", proven.Ending, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task It_can_be_closed_with_what_the_target_shows_and_only_then()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await world.Fails();

        var early = await world.Send(new ProveCase(found.Id, null, Staff.Ines));
        target.Holds = Same;
        var proven = await world.Send(new ProveCase(found.Id, null, Staff.Ines));

        Assert.Equal(("prove.not-so", true), (early.Refusal?.Code, proven.Accepted));
        Assert.Contains("Read back by Ines Moreau", (await world.Case(found.Id)).Ending, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task An_invoice_waits_for_its_customer_and_goes_by_itself_when_the_customer_is_proven()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target, readBack: false);
        var customer = await world.Fails(new FailureSample { Type = "customer", Id = "ACC-17", Key = "acc-17", Payload = """{"entityId":"ACC-17"}""" });
        await Link(world, ("invoice", "INV-1001"), ("customer", "ACC-17"));
        var invoice = await world.Replayed();

        await world.LookForReplays();
        var (waits, sentBefore) = (Assert.Single(await world.Replays(invoice.Id)), target.Sent.Count);
        await world.Fails(new FailureSample { Type = "customer", Id = "ACC-17", Key = "acc-17", Open = false });
        await world.LookForReplays();
        await world.LookForReplays();

        Assert.Equal((ReplayState.Waiting, customer.Id, 0, 0), (waits.State, waits.WaitsFor, waits.Attempts, sentBefore));
        Assert.Contains("customer ACC-17", waits.Finding, StringComparison.Ordinal);
        Assert.Equal(CaseState.AwaitingProof, (await world.Case(invoice.Id)).State);
        Assert.Single(target.Sent);
    }

    [StorageFact]
    public async Task A_customer_does_not_wait_for_its_invoices_nor_anybody_for_another_systems_trouble()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target, readBack: false);
        await world.Fails();
        await world.Fails(new FailureSample { Type = "customer", Id = "ACC-17", System = "stripe", Key = "elsewhere" });
        await Link(world, ("invoice", "INV-1001"), ("customer", "ACC-17"));
        await world.Replayed(new FailureSample { Type = "customer", Id = "ACC-17", Key = "acc-17", Payload = """{"entityId":"ACC-17"}""" });

        await world.LookForReplays();

        Assert.Single(target.Sent);
    }

    [StorageFact]
    public async Task What_waits_can_be_taken_back()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target, readBack: false);
        await world.Fails(new FailureSample { Type = "customer", Id = "ACC-17", Key = "acc-17" });
        await Link(world, ("invoice", "INV-1001"), ("customer", "ACC-17"));
        var invoice = await world.Replayed();
        await world.LookForReplays();

        var taken = await world.Send(new CancelReplay(invoice.Id, null, "", Staff.Ines));

        Assert.True(taken.Accepted, taken.Refusal?.Message);
        Assert.Equal((CaseState.Claimed, ReplayState.Cancelled), ((await world.Case(invoice.Id)).State, Assert.Single(await world.Replays(invoice.Id)).State));
    }

    private static async Task Link(World world, (string Type, string Id) one, (string Type, string Id) other)
    {
        await using var db = world.Open();
        db.ObjectLinks.Add(new ObjectLink { FromKey = Ids.OfObject(one.Type, one.Id), ToKey = Ids.OfObject(other.Type, other.Id), FromType = one.Type, ToType = other.Type });
        db.ObjectLinks.Add(new ObjectLink { FromKey = Ids.OfObject(other.Type, other.Id), ToKey = Ids.OfObject(one.Type, one.Id), FromType = other.Type, ToType = one.Type });
        await db.SaveChangesAsync();
    }
}

public static class DuplicatesAndOrderTests
{
    public sealed class On_postgres : DuplicatesAndOrderTests<OnPostgres>;

    public sealed class On_sqlserver : DuplicatesAndOrderTests<OnSqlServer>;
}

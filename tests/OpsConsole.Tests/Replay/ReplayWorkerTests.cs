using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OpsConsole.Cases;
using OpsConsole.Replay;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Replay;

/// <summary>Replays against a real HTTP server (wire contract §5): sent once by key, proven or brought back.</summary>
public abstract class ReplayWorkerTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [StorageFact]
    public async Task It_sends_the_payload_with_the_key_a_new_trace_and_a_signature()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target, secret: Secret);
        var found = await world.Replayed();

        await world.LookForReplays();

        var sent = Assert.Single(target.Sent);
        var signed = $"{sent.Headers["webhook-id"]}.{sent.Headers["webhook-timestamp"]}.{sent.Body}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret[6..]), Encoding.UTF8.GetBytes(signed)));
        Assert.Equal(new FailureSample().Payload, sent.Body);
        Assert.Equal(("\"inv-1001-create\"", found.Id.ToString(), "1"), (sent.Headers["Idempotency-Key"], sent.Headers["X-OpsConsole-Exception"], sent.Headers["X-OpsConsole-Attempt"]));
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-01$", sent.Headers["traceparent"]);
        Assert.Equal($"v1,{signature}", sent.Headers["webhook-signature"]);
    }

    [StorageFact]
    public async Task Delivered_is_not_resolved_until_a_read_back_shows_it_as_sent()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await world.Replayed();
        await world.LookForReplays();
        var delivered = await world.Case(found.Id);

        target.Holds = """{"state":"posted","document":{"tranId":"INV-1001","amount":5200}}""";
        world.Clock.Pass(TimeSpan.FromSeconds(3));
        await world.LookForReplays();

        var proven = await world.Case(found.Id);
        Assert.Equal((CaseState.AwaitingProof, CaseState.Resolved, 1), (delivered.State, proven.State, proven.Attempts));
        Assert.Contains("holds invoice INV-1001 as posted", proven.Ending, StringComparison.Ordinal);
        Assert.Equal((ReplayState.Proven, null), Assert.Single(await world.Replays(found.Id)) is { } item ? (item.State, item.Outstanding) : default);
    }

    [StorageFact]
    public async Task A_later_success_event_proves_it_and_ends_the_replay()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target, readBack: false);
        var found = await world.Replayed();
        await world.LookForReplays();

        await world.Fails(new FailureSample { Open = false });
        await world.LookForReplays();

        Assert.Equal(CaseState.Resolved, (await world.Case(found.Id)).State);
        Assert.Equal(ReplayState.Proven, Assert.Single(await world.Replays(found.Id)).State);
    }

    [StorageFact]
    public async Task Without_proof_before_the_deadline_it_comes_back_with_what_was_seen()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await world.Replayed();
        await world.LookForReplays();

        world.Clock.Pass(TimeSpan.FromSeconds(61));
        await world.LookForReplays();

        var back = await world.Case(found.Id);
        Assert.Equal((CaseState.Open, true, null), (back.State, back.CameBack, back.Holder));
        Assert.Contains("does not have invoice INV-1001", (await world.Steps(found.Id)).Last().Reason, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task A_failure_that_is_heard_after_the_send_disproves_it()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await world.Replayed();
        await world.LookForReplays();

        world.Clock.Pass(TimeSpan.FromSeconds(5));
        await world.Fails(new FailureSample { Event = "failure-2", At = world.Clock.Now });
        await world.LookForReplays();

        Assert.Equal((CaseState.Open, true), await world.Case(found.Id) is { } back ? (back.State, back.CameBack) : default);
    }

    [StorageFact]
    public async Task What_the_target_refuses_comes_back_to_its_steward_with_the_answer()
    {
        await using var target = await TestTarget.Start();
        target.Answer = _ => (422, "no tax profile");
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await world.Replayed();

        await world.LookForReplays();

        var refused = await world.Case(found.Id);
        Assert.Equal((CaseState.Claimed, Staff.Ines.Id), (refused.State, refused.Holder));
        Assert.Contains("422: no tax profile", (await world.Steps(found.Id)).Last().Reason, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task A_redirect_is_not_followed()
    {
        await using var target = await TestTarget.Start();
        target.Answer = _ => (302, "");
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await world.Replayed();

        await world.LookForReplays();

        Assert.Single(target.Sent);
        Assert.Equal(CaseState.Claimed, (await world.Case(found.Id)).State);
    }

    [StorageFact]
    public async Task A_target_that_is_down_parks_it_and_it_goes_on_when_the_target_is_back()
    {
        await using var target = await TestTarget.Start();
        target.Down = true;
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await world.Replayed();
        for (var i = 0; i < 4; i++)
        {
            await world.LookForReplays();
            world.Clock.Pass(TimeSpan.FromSeconds(10));
        }

        var parked = await world.Case(found.Id);
        target.Down = false;
        world.Clock.Pass(TimeSpan.FromSeconds(20));
        await world.LookForReplays();
        await world.LookForReplays();

        Assert.Equal((CaseState.Parked, CaseState.AwaitingProof), (parked.State, (await world.Case(found.Id)).State));
        Assert.Single(target.Sent.Select(sent => sent.Headers["Idempotency-Key"]).Distinct());
        Assert.Equal(["1", "2", "3", "4"], target.Sent.Select(sent => sent.Headers["X-OpsConsole-Attempt"]));
    }

    [StorageFact]
    public async Task One_whose_worker_died_is_sent_again_under_the_same_key()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await world.Replayed();
        await using (var db = world.Open())
        {
            await db.Dialect.ClaimDueReplays(db, "erp-invoices", 1, world.Clock.Now, world.Clock.Now.AddMinutes(1), default);
            await db.ReplayItems.ExecuteUpdateAsync(set => set.SetProperty(r => r.Attempts, 1));
        }

        await world.LookForReplays();
        var before = target.Sent.Count;
        world.Clock.Pass(TimeSpan.FromMinutes(1));
        await world.LookForReplays();

        var sent = Assert.Single(target.Sent);
        Assert.Equal((0, "\"inv-1001-create\"", "2"), (before, sent.Headers["Idempotency-Key"], sent.Headers["X-OpsConsole-Attempt"]));
    }

    [StorageFact]
    public async Task Two_workers_send_each_of_many_once()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        for (var i = 0; i < 20; i++)
        {
            await world.Replayed(new FailureSample { Amount = 10m, Id = $"INV-{i}", Key = $"key-{i}" });
        }

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => world.LookForReplays()));

        Assert.Equal(20, target.Sent.Count);
        Assert.Equal(20, target.Sent.Select(sent => sent.Headers["Idempotency-Key"]).Distinct().Count());
    }

    [StorageFact]
    public async Task A_dry_run_tells_what_would_happen_and_writes_nothing()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await world.Fails();

        var create = await world.Send(new DryRun(found.Id, null, Staff.Ines));
        target.Holds = """{"tranId":"INV-1001","amount":"5200.0"}""";
        var same = await world.Send(new DryRun(found.Id, null, Staff.Ines));
        target.Holds = """{"tranId":"INV-1001","amount":4100}""";
        var conflict = await world.Send(new DryRun(found.Id, null, Staff.Ines));

        Assert.Equal((DryRunVerdict.Create, DryRunVerdict.NoOp, DryRunVerdict.Conflict), (create.Value!.Verdict, same.Value!.Verdict, conflict.Value!.Verdict));
        Assert.Equal(new AttributeDifference("amount", "4100", "5200.00"), Assert.Single(conflict.Value.Differences));
        Assert.Empty(target.Sent);
    }
}

public static class ReplayWorkerTests
{
    public sealed class On_postgres : ReplayWorkerTests<OnPostgres>;

    public sealed class On_sqlserver : ReplayWorkerTests<OnSqlServer>;
}

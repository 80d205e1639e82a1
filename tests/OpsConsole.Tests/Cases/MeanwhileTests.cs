using OpsConsole.Cases;
using OpsConsole.Replay;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Cases;

/// <summary>Nobody is refused because a worker touched the exception a moment ago; everybody is when it is no longer what they decide on.</summary>
public abstract class MeanwhileTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task What_workers_note_between_look_and_click_makes_no_step_stale()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var seen = await world.Fails(new FailureSample { Amount = 50_000m });

        await Step(world, seen.Id, (id, version) => new ClaimCase(id, version, "", Staff.Ines));
        await Step(world, seen.Id, (id, version) => new SnoozeCase(id, version, world.Clock.Now.AddDays(1), "", Staff.Ines));
        world.Clock.Pass(TimeSpan.FromDays(2));
        await world.Run<SnoozeWorker>(worker => worker.Look(default));
        await Step(world, seen.Id, (id, version) => new ClaimCase(id, version, "", Staff.Ines));
        await Step(world, seen.Id, (id, version) => new ReleaseCase(id, version, "", Staff.Ines));
        await Step(world, seen.Id, (id, version) => new ClaimCase(id, version, "", Staff.Ines));
        await Step(world, seen.Id, (id, version) => new RepairPayload(id, version, """{"tranId":"INV-1001","taxProfile":"DE"}""", "", Staff.Ines));
        await Step(world, seen.Id, (id, version) => new SubmitCase(id, version, "", Staff.Ines));
        await Step(world, seen.Id, (id, version) => new TakeBackCase(id, version, "", Staff.Ines));
        await Step(world, seen.Id, (id, version) => new SubmitCase(id, version, "", Staff.Ines));
        await Step(world, seen.Id, (id, version) => new RejectCase(id, version, "not yet", Staff.Hanna));
        await Step(world, seen.Id, (id, version) => new SubmitCase(id, version, "", Staff.Ines));
        await Step(world, seen.Id, (id, version) => new ApproveCase(id, version, "", Staff.Hanna));

        Assert.Equal(CaseState.Replaying, (await world.Case(seen.Id)).State);
    }

    [StorageFact]
    public async Task A_failure_anew_lets_somebody_claim_but_not_send_or_dismiss_what_they_saw()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var first = await world.Fails();
        await world.Fails(new FailureSample { Event = "failure-2", Amount = 9_000m });

        var claimed = await world.Claim(first.Id, Staff.Ines, first.Version);
        var seen = claimed.Value!.Version;
        await world.Fails(new FailureSample { Event = "failure-3", Amount = 9_100m });
        var replayed = await world.Send(new ReplayCase(first.Id, seen, "", Staff.Ines));
        var submitted = await world.Send(new SubmitCase(first.Id, seen, "", Staff.Ines));
        var dismissed = await world.Send(new DismissCase(first.Id, seen, "duplicate", "see EX-7", Staff.Ines));
        var released = await world.Send(new ReleaseCase(first.Id, seen, "", Staff.Ines));

        Assert.Equal(
            [RefusalKind.Stale, RefusalKind.Stale, RefusalKind.Stale, null],
            new[] { replayed, submitted, dismissed, released }.Select(answer => answer.Refusal?.Kind));
    }

    [StorageFact]
    public async Task What_a_colleague_did_since_is_never_passed_over()
    {
        await using var world = await World.Start<TBrand>();
        var seen = await world.Fails();
        await world.Claim(seen.Id, Staff.Ines);
        var mine = (await world.Case(seen.Id)).Version;
        await world.Send(new CommentCase(seen.Id, "Do not send this one", Staff.Ben));

        var released = await world.Send(new ReleaseCase(seen.Id, mine, "", Staff.Ines));

        Assert.Equal(RefusalKind.Stale, released.Refusal?.Kind);
    }

    [StorageFact]
    public async Task A_step_that_loses_to_a_worker_while_it_is_written_is_taken_again_and_is_done_once()
    {
        await using var world = await World.Start<TBrand>();
        var seen = await world.Fails();
        var raced = 0;

        var answer = await world.Part<CaseDesk>().Take(
            new CaseStepAsked(seen.Id, seen.Version, CaseAction.Claim, Staff.Ines, ""), default,
            also: _ => { if (raced++ < 2) { Note(world, seen.Id).GetAwaiter().GetResult(); } });

        Assert.True(answer.Accepted, answer.Refusal?.Message);
        var steps = await world.Steps(seen.Id);
        Assert.Equal([CaseAction.Found, CaseAction.Route, CaseAction.Escalate, CaseAction.Escalate, CaseAction.Claim], steps.Select(step => step.Action));
        await using var db = world.Open();
        Assert.Equal(1, db.Audit.Count(entry => entry.Action == "case.claim"));
    }

    [StorageFact]
    public async Task Who_loses_to_a_colleague_while_it_is_written_is_told_who()
    {
        await using var world = await World.Start<TBrand>();
        var seen = await world.Fails();
        var raced = false;

        var answer = await world.Part<CaseDesk>().Take(
            new CaseStepAsked(seen.Id, null, CaseAction.Claim, Staff.Ines, ""), default,
            also: _ => { if (!raced) { raced = true; world.Claim(seen.Id, Staff.Ben).GetAwaiter().GetResult(); } });

        Assert.Equal("case.held", answer.Refusal?.Code);
        Assert.StartsWith(Staff.Ben.Name, answer.Refusal!.Message, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task A_send_whose_exception_is_noted_while_the_target_is_asked_is_ordered_once()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var seen = await world.Fails();
        var claimed = (await world.Claim(seen.Id, Staff.Ines)).Value!;
        var asked = 0;
        target.WhenAsked = () => asked++ == 0 ? Note(world, seen.Id) : Task.CompletedTask;

        var replayed = await world.Send(new ReplayCase(seen.Id, claimed.Version, "", Staff.Ines));

        Assert.True(replayed.Accepted, replayed.Refusal?.Message);
        Assert.Single(await world.Replays(seen.Id));
        await using var db = world.Open();
        Assert.Equal(1, db.LoneReplays.Count());
    }

    // As it was seen, then noted by a worker, then decided on.
    private static async Task Step(World world, Guid id, Func<Guid, int, MediatR.IRequest<Outcome<CaseStep>>> step)
    {
        var seen = (await world.Case(id)).Version;
        await Note(world, id);
        var answer = await world.Send(step(id, seen));
        Assert.True(answer.Accepted, answer.Refusal?.Message);
    }

    private static async Task Note(World world, Guid id)
    {
        await using var db = world.Open();
        var @case = db.Cases.Single(c => c.Id == id);
        db.CaseSteps.Add(@case.Move(CaseAction.Escalate, Actor.System, "told the stewards", world.Clock.Now).Value!);
        await db.SaveChangesAsync();
    }
}

public static class MeanwhileTests
{
    public sealed class On_postgres : MeanwhileTests<OnPostgres>;

    public sealed class On_sqlserver : MeanwhileTests<OnSqlServer>;
}

using OpsConsole.Cases;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Cases;

public abstract class ClaimCaseTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task Of_fifty_who_claim_at_once_one_gets_it_and_the_others_are_told_who()
    {
        await using var world = await World.Start<TBrand>();
        var seen = await world.Fails();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => world.Claim(seen.Id, Staff.Steward($"Steward {i}"), seen.Version)));

        var winner = Assert.Single(answers, answer => answer.Accepted).Value!;
        Assert.All(answers.Where(answer => !answer.Accepted), answer => Assert.StartsWith($"{winner.ActorName} holds this exception", answer.Refusal!.Message, StringComparison.Ordinal));
        Assert.Equal(winner.ActorId, (await world.Case(seen.Id)).Holder);
    }

    [StorageFact]
    public async Task Who_claims_later_without_a_version_is_told_who_holds_it()
    {
        await using var world = await World.Start<TBrand>();
        var seen = await world.Fails();
        await world.Claim(seen.Id, Staff.Ines);

        var late = await world.Claim(seen.Id, Staff.Steward("Tom Okafor"));

        Assert.Equal("case.held", late.Refusal?.Code);
        Assert.StartsWith($"{Staff.Ines.Name} holds this exception", late.Refusal!.Message, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task What_is_outside_the_scope_does_not_exist()
    {
        await using var world = await World.Start<TBrand>();
        var seen = await world.Fails(new FailureSample { Unit = "APAC" });

        var claimed = await world.Claim(seen.Id, Staff.Steward("Ines Moreau", "EMEA"));

        Assert.Equal(RefusalKind.NotFound, claimed.Refusal?.Kind);
    }

    [StorageFact]
    public async Task A_step_on_an_old_view_is_stale_and_changes_nothing()
    {
        await using var world = await World.Start<TBrand>();
        var seen = await world.Fails();
        await world.Send(new CommentCase(seen.Id, "Asked the customer", Staff.Ben));

        var late = await world.Claim(seen.Id, Staff.Ines, seen.Version);

        Assert.Equal(RefusalKind.Stale, late.Refusal?.Kind);
        Assert.Null((await world.Case(seen.Id)).Holder);
    }

    [StorageFact]
    public async Task Every_step_of_a_person_is_in_the_audit_and_is_news()
    {
        await using var world = await World.Start<TBrand>();
        var seen = await world.Fails();

        await world.Claim(seen.Id, Staff.Ines);

        await using var db = world.Open();
        Assert.Equal(("case.claim", $"EX-{seen.Number}", "EMEA"), db.Audit.Select(a => new { a.Action, a.Subject, a.Unit }).AsEnumerable().Select(a => (a.Action, a.Subject, a.Unit)).Single());
        Assert.Contains(db.Changes.AsEnumerable(), change => change.Subject == seen.Id && change.Unit == "EMEA");
    }

    [StorageFact]
    public async Task Laying_aside_needs_an_end_within_ninety_days_and_wakes_by_itself()
    {
        await using var world = await World.Start<TBrand>();
        var seen = await world.Fails();

        var forEver = await world.Send(new SnoozeCase(seen.Id, null, world.Clock.Now.AddDays(91), "", Staff.Ines));
        await world.Send(new SnoozeCase(seen.Id, null, world.Clock.Now.AddDays(2), "payment run", Staff.Ines));
        world.Clock.Pass(TimeSpan.FromDays(2));
        await world.Run<SnoozeWorker>(worker => worker.Look(default));

        Assert.Equal(RefusalKind.Invalid, forEver.Refusal?.Kind);
        Assert.Equal(CaseState.Open, (await world.Case(seen.Id)).State);
    }

    [StorageFact]
    public async Task Dismissing_needs_a_reason_from_the_list_and_a_sentence()
    {
        await using var world = await World.Start<TBrand>();
        var seen = await world.Fails();

        var unknown = await world.Send(new DismissCase(seen.Id, null, "because", "I say so", Staff.Ines));
        var silent = await world.Send(new DismissCase(seen.Id, null, "duplicate", "", Staff.Ines));
        var told = await world.Send(new DismissCase(seen.Id, null, "duplicate", "see EX-7", Staff.Ines));

        Assert.Equal((RefusalKind.Invalid, RefusalKind.Invalid, true), (unknown.Refusal!.Kind, silent.Refusal!.Kind, told.Accepted));
        Assert.Equal("Another exception covers it: see EX-7", (await world.Case(seen.Id)).Ending);
    }
}

public static class ClaimCaseTests
{
    public sealed class On_postgres : ClaimCaseTests<OnPostgres>;

    public sealed class On_sqlserver : ClaimCaseTests<OnSqlServer>;
}

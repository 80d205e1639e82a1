using OpsConsole.Access;
using OpsConsole.Cases;
using OpsConsole.Cases.Team;
using OpsConsole.Notify;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Cases;

/// <summary>One step on many, and giving work to somebody.</summary>
public abstract class ActTogetherTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task Each_is_done_for_itself_and_the_others_say_why_not()
    {
        await using var world = await World.Start<TBrand>();
        var (free, held, changed, far) = (await Fails(world, "INV-1"), await Fails(world, "INV-2"), await Fails(world, "INV-3"), await Fails(world, "INV-4", "APAC"));
        await world.Claim(held.Id, Staff.Ben);
        await world.Send(new CommentCase(changed.Id, "wait for the bank", Staff.Ben));

        var done = await world.Send(new ActTogether(
            [.. new[] { held, changed, far, free }.Select(one => new TickedCase(one.Id, one.Version))], TogetherAction.Claim, "", Staff.Steward("Ines Moreau", "EMEA")));

        var why = done.Value!.Items.Select(item => item.Refusal).ToList();
        Assert.StartsWith($"{Staff.Ben.Name} holds", why[0], StringComparison.Ordinal);
        Assert.Contains("changed", why[1], StringComparison.Ordinal);
        Assert.Contains("does not exist, or is outside your scope", why[2], StringComparison.Ordinal);
        Assert.Null(why[3]);
        Assert.Equal((Staff.Ines.Id, null), ((await world.Case(free.Id)).Holder, (await world.Case(changed.Id)).Holder));
    }

    [StorageFact]
    public async Task Many_are_dismissed_with_one_reason_each_with_its_own_history()
    {
        await using var world = await World.Start<TBrand>();
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await Fails(world, $"INV-{i}")).Id);
        }

        var ticked = new List<TickedCase>();
        foreach (var id in ids)
        {
            ticked.Add(new TickedCase(id, (await world.Case(id)).Version));
        }

        var unknown = await world.Send(new ActTogether(ticked, TogetherAction.Dismiss, "all of one test", Staff.Ines) { Code = "because" });
        var done = await world.Send(new ActTogether(ticked, TogetherAction.Dismiss, "all of one test", Staff.Ines) { Code = "test-data" });

        Assert.All(unknown.Value!.Items, item => Assert.StartsWith("code:", item.Refusal, StringComparison.Ordinal));
        Assert.All(done.Value!.Items, item => Assert.Null(item.Refusal));
        foreach (var id in ids)
        {
            Assert.Equal(("test-data", CaseAction.Dismiss), ((await world.Case(id)).DismissCode, (await world.Steps(id))[^1].Action));
        }
    }

    [StorageFact]
    public async Task What_is_assigned_is_theirs_also_from_anothers_hands_and_both_are_told()
    {
        await using var world = await World.Start<TBrand>();
        var (ines, ben, far) = (await world.Hire("Ines Moreau", Role.Steward), await world.Hire("Ben Adeyemi", Role.Steward), await world.Hire("Anna Far", ["APAC"], Role.Steward));
        var approver = await world.Hire("Hanna Berg", Role.Approver);
        var found = await world.Fails();
        await world.Claim(found.Id, ines);

        var outside = await world.Send(new AssignCase(found.Id, null, far.Id, "", Staff.Root));
        var cannot = await world.Send(new AssignCase(found.Id, null, approver.Id, "", Staff.Root));
        var done = await world.Send(new AssignCase(found.Id, null, "ben.adeyemi@example.com", "you know the customer", Staff.Root));

        Assert.Equal((RefusalKind.Invalid, RefusalKind.Invalid, true), (outside.Refusal?.Kind, cannot.Refusal?.Kind, done.Accepted));
        Assert.Equal((ben.Id, CaseState.Claimed), await world.Case(found.Id) is { } now ? (now.Holder, now.State) : default);
        Assert.Equal((NoticeKinds.HandOver, NoticeKinds.ClaimEnded), ((await world.Bell(ben)).Items[0].Kind, (await world.Bell(ines)).Items[0].Kind));
    }

    [StorageFact]
    public async Task What_ended_is_opened_again_by_a_person_with_a_reason_and_within_scope_only()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails();
        await world.Send(new DismissCase(found.Id, null, "duplicate", "see EX-7", Staff.Ines));

        var stranger = await world.Send(new ReopenCase(found.Id, null, "not settled", Staff.Steward("Anna Far", "APAC")));
        var reader = await world.Send(new ReopenCase(found.Id, null, "not settled", Staff.Hanna));
        var opened = await world.Send(new ReopenCase(found.Id, null, "the customer called", Staff.Ben));
        var twice = await world.Send(new ReopenCase(found.Id, null, "again", Staff.Ben));

        Assert.Equal([RefusalKind.NotFound, RefusalKind.Forbidden, null, RefusalKind.Conflict], new[] { stranger, reader, opened, twice }.Select(answer => answer.Refusal?.Kind));
        Assert.Equal((CaseState.Open, true, null, null), await world.Case(found.Id) is { } now ? (now.State, now.CameBack, now.Ending, now.DismissCode) : default);
        Assert.Equal("see EX-7", (await world.Send(new ShowTeam(found.Id, Staff.Ben))).Value!.LastFix!.What.Split(": ")[^1]);
    }

    private static Task<ExceptionCase> Fails(World world, string invoice, string unit = "EMEA") => world.Fails(new FailureSample { Id = invoice, Unit = unit });
}

public static class ActTogetherTests
{
    public sealed class On_postgres : ActTogetherTests<OnPostgres>;

    public sealed class On_sqlserver : ActTogetherTests<OnSqlServer>;
}

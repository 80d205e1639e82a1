using OpsConsole.Access;
using OpsConsole.Calendars;
using OpsConsole.Cases;
using OpsConsole.Cases.Team;
using OpsConsole.Notify;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Cases;

/// <summary>Who has an exception: how long a claim lasts, and how it is handed over.</summary>
public abstract class HoldingTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task A_claim_ends_when_its_holder_does_not_work_on_it_and_they_are_told()
    {
        await using var world = await World.Start<TBrand>();
        var ines = await world.Hire("Ines Moreau", Role.Steward);
        var found = await world.Fails();
        await world.Claim(found.Id, ines);
        world.Clock.Pass(TimeSpan.FromHours(7));
        await world.Send(new CommentCase(found.Id, "still on it", ines));
        world.Clock.Pass(TimeSpan.FromHours(7));
        await world.Run<ClaimLeaseWorker>(worker => worker.Look(default));
        var renewed = await world.Case(found.Id);

        world.Clock.Pass(TimeSpan.FromHours(2));
        await world.Run<ClaimLeaseWorker>(worker => worker.Look(default));

        var ended = await world.Case(found.Id);
        Assert.Equal((CaseState.Claimed, CaseState.Open, null), (renewed.State, ended.State, ended.Holder));
        Assert.Equal((CaseAction.Release, false), (await world.Steps(found.Id))[^1] is { } step ? (step.Action, step.Human) : default);
        Assert.Equal(NoticeKinds.ClaimEnded, Assert.Single((await world.Bell(ines)).Items).Kind);
    }

    [StorageFact]
    public async Task What_comes_back_to_its_holder_gets_a_whole_lease()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        target.Answer = _ => (422, "no");
        var found = await world.Replayed();
        world.Clock.Pass(TimeSpan.FromHours(20));
        await world.LookForReplays();

        await world.Run<ClaimLeaseWorker>(worker => worker.Look(default));

        var back = await world.Case(found.Id);
        Assert.Equal((CaseState.Claimed, world.Clock.Now.AddHours(8)), (back.State, back.HeldUntil));
    }

    [StorageFact]
    public async Task Claims_and_holds_keep_to_the_calendar_of_the_unit()
    {
        await using var world = await World.Start<TBrand>();
        var berlin = new CalendarSample { Units = ["EMEA"], Closes = [new CloseWindow("Month-end close", 1) { LastDays = 2 }] }.Build();
        await using (var db = world.Open())
        {
            db.Calendars.Add(new Calendar { Name = berlin.Name, Definition = berlin.ToJson(), UpdatedAt = world.Clock.Now, UpdatedBy = "Root" });
            await db.SaveChangesAsync();
        }

        world.Clock.Now = new DateTimeOffset(2026, 10, 30, 15, 0, 0, TimeSpan.Zero);       // Friday, 16:00 in Berlin
        var found = await world.Fails(new FailureSample { At = world.Clock.Now });
        await world.Claim(found.Id, Staff.Ines);
        var claimed = await world.Case(found.Id);
        await world.Send(new SnoozeCase(found.Id, null, null, "the close", Staff.Ines) { AtClose = true });

        Assert.Equal(new DateTimeOffset(2026, 11, 2, 15, 0, 0, TimeSpan.Zero), claimed.HeldUntil);                              // an hour on Friday, seven on Monday
        Assert.Equal(new DateTimeOffset(2026, 11, 26, 23, 0, 0, TimeSpan.Zero), (await world.Case(found.Id)).SnoozedUntil);     // Friday the 27th and Monday the 30th
    }

    [StorageFact]
    public async Task A_hand_over_needs_a_note_that_stands_until_the_heir_has_done_something()
    {
        await using var world = await World.Start<TBrand>();
        var (ines, ben) = (await world.Hire("Ines Moreau", Role.Steward), await world.Hire("Ben Adeyemi", Role.Steward));
        var found = await world.Fails();
        await world.Claim(found.Id, ines);

        var silent = await world.Send(new HandOverCase(found.Id, null, ben.Id, "", ines));
        var told = await world.Send(new HandOverCase(found.Id, null, ben.Id, "customer called: wait for the form", ines));
        var before = (await world.Send(new ShowTeam(found.Id, ben))).Value!;
        await world.Send(new CommentCase(found.Id, "thanks", ben));
        var after = (await world.Send(new ShowTeam(found.Id, ben))).Value!;

        Assert.Equal(RefusalKind.Invalid, silent.Refusal?.Kind);
        Assert.True(told.Accepted, told.Refusal?.Message);
        Assert.Equal(("Ines Moreau", "customer called: wait for the form"), before.HandedOver is { } given ? (given.By, given.Note) : default);
        Assert.Null(after.HandedOver);
        Assert.Equal(NoticeKinds.HandOver, Assert.Single((await world.Bell(ben)).Items).Kind);
    }

    [StorageFact]
    public async Task Only_its_holder_hands_it_over()
    {
        await using var world = await World.Start<TBrand>();
        var (ines, ben) = (await world.Hire("Ines Moreau", Role.Steward), await world.Hire("Ben Adeyemi", Role.Steward));
        var found = await world.Fails();
        await world.Claim(found.Id, ines);

        var taken = await world.Send(new HandOverCase(found.Id, null, ben.Id, "mine now", ben));

        Assert.Contains("Ines Moreau holds", taken.Refusal?.Message, StringComparison.Ordinal);
    }
}

public static class HoldingTests
{
    public sealed class On_postgres : HoldingTests<OnPostgres>;

    public sealed class On_sqlserver : HoldingTests<OnSqlServer>;
}

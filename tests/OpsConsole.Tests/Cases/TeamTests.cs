using OpsConsole.Access;
using OpsConsole.Calendars;
using OpsConsole.Cases;
using OpsConsole.Cases.Team;
using OpsConsole.Kpis;
using OpsConsole.Live;
using OpsConsole.Notify;
using OpsConsole.Replay;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Cases;

/// <summary>People around one exception: leases, hand-overs, mentions, watching, tags, tickets, presence, laying aside.</summary>
public abstract class TeamTests<TBrand>
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

    [StorageFact]
    public async Task Who_is_named_in_a_comment_is_told_if_they_may_see_it()
    {
        await using var world = await World.Start<TBrand>();
        var ines = await world.Hire("Ines Moreau", Role.Steward);
        var hanna = await world.Hire("Hanna Berg", Role.Approver);
        var far = await world.Hire("Anna Far", ["APAC"], Role.Steward);
        var found = await world.Fails();

        await world.Send(new CommentCase(found.Id, "@Hanna Berg, can you look? @Anna Far too. And mail hanna@example.com.", ines));

        var told = await world.Bell(hanna);
        Assert.Equal((1, NoticeKinds.Mention, $"/exceptions/EX-{found.Number}"), (told.Unread, told.Items[0].Kind, told.Items[0].Link));
        Assert.Equal((0, 0), ((await world.Bell(far)).Unread, (await world.Bell(ines)).Unread));
        await world.Send(new ReadNotices(null, world.Clock.Now, hanna));
        Assert.Equal(0, (await world.Bell(hanna)).Unread);
    }

    [StorageFact]
    public async Task Who_watches_hears_what_people_and_workers_do_to_it_and_nothing_of_their_own()
    {
        await using var world = await World.Start<TBrand>();
        var (ines, ben) = (await world.Hire("Ines Moreau", Role.Steward), await world.Hire("Ben Adeyemi", Role.Steward));
        var found = await world.Fails();
        await world.Send(new WatchCase(found.Id, true, ben));

        await world.Claim(found.Id, ines);
        await world.Send(new CommentCase(found.Id, "mine", ben));
        world.Clock.Pass(TimeSpan.FromSeconds(1));
        await world.Says(new FailureSample { Open = false });
        await world.Look();

        var heard = Assert.Single((await world.Bell(ben)).Items);
        Assert.Equal((2, $"times about EX-{found.Number}, last: System, proven"), (heard.Count, heard.Text.Split(": ") is [var about, var last, ..] ? $"{about}: {last}" : ""));
    }

    [StorageFact]
    public async Task Tickets_are_https_and_nothing_else_and_tags_are_plain_words()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails();

        foreach (var bad in (string[])["javascript:alert(1)", "http://jira.example/FIN-1", "https://me:secret@jira.example/FIN-1", "//jira.example", "data:text/html,x"])
        {
            Assert.Equal(RefusalKind.Invalid, (await world.Send(new LinkTicket(found.Id, bad, "", Staff.Ines))).Refusal?.Kind);
        }

        var linked = await world.Send(new LinkTicket(found.Id, "https://jira.example/browse/FIN-2211", "", Staff.Ines));
        var tagged = await world.Send(new TagCase(found.Id, ["#Tax Form", "tax-form", "Q4"], Staff.Ines));
        var script = await world.Send(new TagCase(found.Id, ["<b>"], Staff.Ines));

        Assert.Equal(("FIN-2211", "jira.example"), (linked.Value!.Title, linked.Value.Host));
        Assert.Equal(["q4", "tax-form"], tagged.Value!.Tags);
        Assert.Equal(RefusalKind.Invalid, script.Refusal?.Kind);
        Assert.Single((await world.Send(new ShowTeam(found.Id, Staff.Ines))).Value!.Tickets);
    }

    [StorageFact]
    public async Task Who_has_it_open_is_seen_by_the_others_until_their_window_is_gone()
    {
        await using var world = await World.Start<TBrand>();
        var (ines, ben) = (await world.Hire("Ines Moreau", Role.Steward), await world.Hire("Ben Adeyemi", Role.Steward));
        var far = await world.Hire("Anna Far", ["APAC"], Role.Steward);
        var found = await world.Fails();
        var (hers, his) = (Guid.NewGuid(), Guid.NewGuid());

        var alone = await world.Send(new BeHere(found.Id, hers, false, ines));
        var both = await world.Send(new BeHere(found.Id, his, true, ben));
        await world.Send(new BeHere(found.Id, his, true, ben));
        var seen = await world.Send(new BeHere(found.Id, hers, false, ines));
        world.Clock.Pass(BeHere.Gone + TimeSpan.FromSeconds(1));
        var later = await world.Send(new BeHere(found.Id, hers, false, ines));

        Assert.Empty(alone.Value!.Others);
        Assert.Equal("Ines Moreau", Assert.Single(both.Value!.Others).Name);
        Assert.Equal(("Ben Adeyemi", true), Assert.Single(seen.Value!.Others) is { } other ? (other.Name, other.Editing) : default);
        Assert.Empty(later.Value!.Others);
        Assert.Equal(RefusalKind.NotFound, (await world.Send(new BeHere(found.Id, Guid.NewGuid(), false, far))).Refusal?.Kind);
        await using var db = world.Open();
        Assert.Equal(3, db.Changes.Count(change => change.Topic == LiveTopic.Presence));     // both came, and ines came again; heartbeats are no news
    }

    [StorageFact]
    public async Task Laid_aside_until_an_amount_it_wakes_when_its_cause_has_grown_so_far()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails(new FailureSample { Amount = 500m });

        var reached = await world.Send(new SnoozeCase(found.Id, null, null, "", Staff.Ines) { Amount = 400m });
        await world.Send(new SnoozeCase(found.Id, null, null, "small", Staff.Ines) { Amount = 2_000m });
        await world.Run<SnoozeWorker>(worker => worker.Look(default));
        var asleep = await world.Case(found.Id);
        var total = (await world.Send(new SnoozedTotal(Staff.Ines))).Value!;
        await world.Fails(new FailureSample { Id = "INV-2", Amount = 1_500m });
        await world.Run<SnoozeWorker>(worker => worker.Look(default));

        Assert.Equal(RefusalKind.Invalid, reached.Refusal?.Kind);
        Assert.Equal((CaseState.Snoozed, 1, 500m), (asleep.State, total.Count, total.AtRisk));
        Assert.Equal(world.Clock.Now.AddDays(90), asleep.SnoozedUntil);
        Assert.Equal((CaseState.Open, null), await world.Case(found.Id) is { } woken ? (woken.State, woken.SnoozeAmount) : default);
    }

    [StorageFact]
    public async Task Laying_aside_again_and_again_ends_after_ninety_days_all_the_same()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails();
        await world.Send(new SnoozeCase(found.Id, null, world.Clock.Now.AddDays(60), "first", Staff.Ines));
        world.Clock.Pass(TimeSpan.FromDays(60));
        await world.Run<SnoozeWorker>(worker => worker.Look(default));

        var longer = await world.Send(new SnoozeCase(found.Id, null, world.Clock.Now.AddDays(60), "again", Staff.Ines));
        var rest = await world.Send(new SnoozeCase(found.Id, null, world.Clock.Now.AddDays(30), "again", Staff.Ines));

        Assert.Equal(RefusalKind.Invalid, longer.Refusal?.Kind);
        Assert.True(rest.Accepted, rest.Refusal?.Message);
    }

    [StorageFact]
    public async Task What_came_back_shows_the_last_fix_and_its_author()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await world.Register(target);
        var found = await world.Fails();
        await world.Claim(found.Id, Staff.Ines);
        await world.Send(new RepairPayload(found.Id, null, """{"tranId":"INV-1001","taxProfile":"DE-19","amount":5200.00}""", "profile from the form", Staff.Ines));
        await world.Send(new ReplayCase(found.Id, null, "", Staff.Ines));
        await world.Says(new FailureSample { Open = false });
        await world.Look();
        var closed = await world.Case(found.Id);
        world.Clock.Pass(TimeSpan.FromHours(1));

        await world.Fails(new FailureSample { Event = "failure-2", Spells = 2 });
        var sibling = await world.Fails(new FailureSample { Id = "INV-2", Event = "failure-3", At = world.Clock.Now });

        var own = (await world.Send(new ShowTeam(found.Id, Staff.Ben))).Value!.LastFix!;
        Assert.Contains("reported success", closed.Ending, StringComparison.Ordinal);
        Assert.Equal((true, "version 1, taxProfile: profile from the form", "Ines Moreau"), (own.Own, own.What, own.By));
        Assert.Contains("reported success", own.Ending, StringComparison.Ordinal);
        Assert.Null((await world.Send(new ShowTeam(sibling.Id, Staff.Ben))).Value!.LastFix);
    }

    [StorageFact]
    public async Task Nothing_is_closed_without_its_evidence_and_a_dismissal_keeps_its_code()
    {
        await using var world = await World.Start<TBrand>();
        var found = await world.Fails();
        var silent = (await world.Case(found.Id)).Move(CaseAction.Proven, Actor.System, " ", world.Clock.Now);

        await world.Send(new DismissCase(found.Id, null, "duplicate", "see EX-7", Staff.Ines));

        Assert.Equal(RefusalKind.Invalid, silent.Refusal?.Kind);
        Assert.Equal("duplicate", (await world.Case(found.Id)).DismissCode);
    }

    [StorageFact]
    public async Task What_was_dismissed_is_counted_by_reason_against_all_that_ended()
    {
        await using var world = await World.Start<TBrand>();
        var (first, second) = (await world.Fails(new FailureSample { Id = "INV-1", Amount = 700m }), await world.Fails(new FailureSample { Id = "INV-2", Amount = 300m }));
        await world.Fails(new FailureSample { Id = "INV-3" });
        await world.Says(new FailureSample { Id = "INV-3", Open = false });
        await world.Look();
        await world.Send(new DismissCase(first.Id, null, "duplicate", "see EX-7", Staff.Ines));
        await world.Send(new DismissCase(second.Id, null, "duplicate", "see EX-8", Staff.Ines));

        var counted = (await world.Send(new CountDismissals(null, null, Staff.Ines))).Value!;
        var elsewhere = (await world.Send(new CountDismissals(null, null, Staff.Steward("Anna Far", "APAC")))).Value!;

        Assert.Equal((2, 3, 1_000m), (counted.Count, counted.Ended, counted.Amount));
        Assert.Equal(("duplicate", "Another exception covers it", 2), Assert.Single(counted.Items) is { } reason ? (reason.Code, reason.Label, reason.Count) : default);
        Assert.Equal(0, elsewhere.Ended);
    }
}

public static class TeamTests
{
    public sealed class On_postgres : TeamTests<OnPostgres>;

    public sealed class On_sqlserver : TeamTests<OnSqlServer>;
}

internal static class Hiring
{
    /// <summary>Somebody with an account, as those who act.</summary>
    public static Task<Actor> Hire(this World world, string name, params Role[] roles) => world.Hire(name, [], roles);

    public static async Task<Actor> Hire(this World world, string name, string[] units, params Role[] roles)
    {
        var handle = name.ToLowerInvariant().Replace(' ', '.');
        var person = new Person
        {
            Id = Guid.NewGuid(), DisplayName = name, UserName = handle, NormalizedUserName = handle.ToUpperInvariant(), Email = $"{handle}@example.com",
            NormalizedEmail = $"{handle}@example.com".ToUpperInvariant(), Roles = [.. roles], AllUnits = units.Length == 0, Units = [.. units], CreatedAt = world.Clock.Now,
        };
        await using var db = world.Open();
        db.People.Add(person);
        await db.SaveChangesAsync();
        return person.ToActor();
    }
}

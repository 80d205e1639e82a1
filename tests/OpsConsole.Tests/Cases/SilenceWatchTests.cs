using Microsoft.EntityFrameworkCore;
using OpsConsole.Cases;
using OpsConsole.Kpis;
using OpsConsole.Notify;
using OpsConsole.Sources;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Cases;

/// <summary>One feed is cut, and it is found in time (promise R21): NetSuite sends for EMEA in the hours of Berlin, and for APAC day and night.</summary>
public abstract class SilenceWatchTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly DateOnly s_today = new(2026, 3, 31);
    private static readonly DateTimeOffset s_cut = FeedSample.At(s_today, new TimeOnly(10, 5));

    [StorageFact]
    public async Task A_feed_that_is_cut_raises_the_alarm_within_half_an_hour_and_no_other_feed_does()
    {
        await using var world = await Flowing();

        var raised = await WatchUntilAlarm(world);

        await using var db = world.Open();
        var alarm = await db.Cases.SingleAsync();
        Assert.InRange(raised - s_cut, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30));
        Assert.Equal(("feed-silent", "EMEA", "netsuite", "not-arrived", CaseState.Open), (alarm.ExceptionType, alarm.Unit, alarm.System, alarm.Queue, alarm.State));
        Assert.Equal((s_cut, "Nothing arrives: NetSuite for EMEA"), (alarm.FailedAt, alarm.Title));
        var told = await db.Notices.Where(notice => notice.Kind == NoticeKinds.Silence).ToListAsync();
        Assert.Equal(["role:Administrator", "role:Support"], told.Select(notice => notice.Recipient).Order());
        Assert.All(told, notice => Assert.True(notice.Urgent));
    }

    [StorageFact]
    public async Task Board_and_sources_say_who_is_silent_and_a_quiet_night_is_no_silence()
    {
        await using var world = await Flowing();
        await WatchUntilAlarm(world);

        var silent = (await world.Send(new MeasureBoard(new BoardFilter { Period = "7d" }, Staff.Root))).Value?.Freshness.Silent ?? [];
        var source = (await world.Send(new ListSources(Staff.Root))).Value!.Single(one => one.Name == "netsuite");

        Assert.Equal([("netsuite for EMEA", s_cut)], silent.Select(one => (one.Name, one.LastAt)));
        Assert.Equal((SourceState.Silent, 1), (source.State, source.LearntFeeds));
        Assert.Equal(new SilentFeed("EMEA", s_cut, 10), Assert.Single(source.SilentFeeds));
    }

    [StorageFact]
    public async Task It_closes_when_the_feed_comes_back_and_opens_anew_when_it_is_cut_again()
    {
        await using var world = await Flowing();
        await WatchUntilAlarm(world);
        var back = FeedSample.At(s_today, new TimeOnly(11, 20));

        await Sends(world, back, "EMEA");
        await Sends(world, back, "APAC");
        world.Clock.Now = back.AddMinutes(1);
        await Watch(world);

        await using (var db = world.Open())
        {
            var closed = await db.Cases.SingleAsync();
            Assert.Equal((CaseState.Resolved, 1), (closed.State, closed.Spells));
            Assert.StartsWith("It came, at 2026-03-31 09:20", closed.Ending, StringComparison.Ordinal);
            Assert.False(await db.Feeds.AnyAsync(feed => feed.SilentSince != null));
        }

        await WatchUntilAlarm(world);
        await using (var db = world.Open())
        {
            Assert.Equal((CaseState.Open, 2), ((await db.Cases.SingleAsync()).State, (await db.Cases.SingleAsync()).Spells));
        }
    }

    [StorageFact]
    public async Task A_holiday_of_the_unit_raises_nothing_all_day()
    {
        await using var world = await Flowing(holiday: true);

        for (world.Clock.Now = s_cut; world.Clock.Now < s_cut.AddHours(9); world.Clock.Pass(TimeSpan.FromMinutes(15)))
        {
            await Sends(world, world.Clock.Now, "APAC");
            await Watch(world);
        }

        await using var db = world.Open();
        Assert.False(await db.Cases.AnyAsync());
    }

    [StorageFact]
    public async Task Nothing_is_expected_of_a_source_that_is_switched_off()
    {
        await using var world = await Flowing();
        await WatchUntilAlarm(world);

        await using (var db = world.Open())
        {
            await db.Sources.ExecuteUpdateAsync(set => set.SetProperty(source => source.Disabled, true));
        }

        world.Clock.Pass(TimeSpan.FromHours(3));
        await Watch(world);

        await using var after = world.Open();
        var ended = await after.Cases.SingleAsync();
        Assert.Equal(CaseState.Resolved, ended.State);
        Assert.StartsWith("The source was switched off", ended.Ending, StringComparison.Ordinal);
    }

    private static async Task<World> Flowing(bool holiday = false)
    {
        var world = await World.Start<TBrand>();
        world.Clock.Now = s_cut;
        var calendar = new CalendarSample { Units = ["EMEA"], Holidays = holiday ? [new(s_today, "Company day")] : [] }.Build();
        Assert.True((await world.Send(new OpsConsole.Calendars.SetCalendar(calendar, 0, "", Staff.Root))).Accepted);
        await using var db = world.Open();
        db.Sources.Add(new Source { Id = FeedSample.Source, Name = "netsuite", Scopes = KeyScopes.All, CreatedAt = s_cut.AddDays(-60) });
        await db.SaveChangesAsync();
        List<FeedQuarter> history = [.. FeedSample.OfOffice(s_today, new TimeOnly(9, 45)), .. FeedSample.Always(FeedQuarter.Of(s_cut).AddDays(-50), FeedQuarter.Of(s_cut)), FeedSample.Quarter(s_cut, 3, "EMEA")];
        await db.Dialect.Add(db, [.. history.OrderBy(quarter => quarter.Unit, StringComparer.Ordinal).ThenBy(quarter => quarter.At)], default);
        db.SourceHours.Add(new SourceHour { SourceId = FeedSample.Source, Hour = s_cut.AddMinutes(-5), Events = 13, LastAt = s_cut });
        await db.SaveChangesAsync();
        return world;
    }

    // APAC goes on; EMEA does not.
    private static async Task<DateTimeOffset> WatchUntilAlarm(World world)
    {
        for (var minute = 0; minute < 120; minute++)
        {
            world.Clock.Pass(TimeSpan.FromMinutes(1));
            await Sends(world, world.Clock.Now, "APAC");
            await Watch(world);
            await using var db = world.Open();
            if (await db.Cases.AnyAsync(c => c.State == CaseState.Open))
            {
                return world.Clock.Now;
            }
        }

        return DateTimeOffset.MaxValue;
    }

    private static async Task Sends(World world, DateTimeOffset at, string unit)
    {
        await using var db = world.Open();
        await db.Dialect.Add(db, [FeedSample.Quarter(at, 1, unit)], default);
    }

    private static async Task Watch(World world)
    {
        await world.Run<SilenceWatch>(watch => watch.Look(default));
        await world.Look();
    }
}

public static class SilenceWatchTests
{
    public sealed class On_postgres : SilenceWatchTests<OnPostgres>;

    public sealed class On_sqlserver : SilenceWatchTests<OnSqlServer>;
}

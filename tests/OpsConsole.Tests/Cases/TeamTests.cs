using OpsConsole.Access;
using OpsConsole.Cases;
using OpsConsole.Cases.Team;
using OpsConsole.Live;
using OpsConsole.Notify;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Cases;

/// <summary>People around one exception: mentions, watching, tags, tickets, presence.</summary>
public abstract class TeamTests<TBrand>
    where TBrand : IDatabaseBrand
{
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
}

public static class TeamTests
{
    public sealed class On_postgres : TeamTests<OnPostgres>;

    public sealed class On_sqlserver : TeamTests<OnSqlServer>;
}

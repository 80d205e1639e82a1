using Microsoft.EntityFrameworkCore;
using OpsConsole.Access;
using OpsConsole.Notify;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Notify;

public abstract class NoticeTests<TBrand>
    where TBrand : IDatabaseBrand
{
    [StorageFact]
    public async Task All_of_one_cause_are_one_line_with_count_and_sum_each_object_once()
    {
        await using var world = await World.Start<TBrand>();
        var ines = await world.Hire("Ines Moreau", Role.Steward);
        await Tell(world, Notice.ToPerson(Guid.Parse(ines.Id)), ("EX-1", "INV-1", 100m), ("EX-2", "INV-2", 40m), ("EX-2", "INV-2", 40m), ("EX-3", "INV-1", 70m));

        await world.LookForNotices();

        var line = Assert.Single((await world.Bell(ines)).Items);
        Assert.Equal((3, 140m, "exceptions are due soon"), (line.Count, line.Sum, line.Text));
    }

    [StorageFact]
    public async Task What_is_read_begins_anew_and_what_came_after_the_look_stays_unread()
    {
        await using var world = await World.Start<TBrand>();
        var ines = await world.Hire("Ines Moreau", Role.Steward);
        var her = Notice.ToPerson(Guid.Parse(ines.Id));
        await Tell(world, her, ("EX-1", "INV-1", 100m));
        await world.LookForNotices();
        var seen = (await world.Bell(ines)).Items[0].LatestAt;

        world.Clock.Pass(TimeSpan.FromSeconds(1));
        await Tell(world, her, ("EX-2", "INV-2", 40m));
        await world.LookForNotices();
        var early = await world.Send(new ReadNotices(null, seen, ines));
        await world.Send(new ReadNotices(null, world.Clock.Now, ines));
        world.Clock.Pass(TimeSpan.FromSeconds(1));
        await Tell(world, her, ("EX-3", "INV-3", 7m));
        await world.LookForNotices();

        var line = Assert.Single((await world.Bell(ines)).Items);
        Assert.Equal((1, 1, 7m), (early.Value?.Unread, line.Count, line.Sum));
    }

    [StorageFact]
    public async Task A_role_means_those_who_have_it_and_may_see_the_unit()
    {
        await using var world = await World.Start<TBrand>();
        var (all, here, elsewhere) = (await world.Hire("Ines Moreau", Role.Steward), await world.Hire("Tom Okafor", ["EMEA"], Role.Steward), await world.Hire("Ken Ito", ["APAC"], Role.Steward));
        var approver = await world.Hire("Hanna Berg", Role.Approver);
        await Tell(world, Notice.ToRole(Role.Steward), ("EX-1", "INV-1", 100m));

        await world.LookForNotices();

        var told = new List<int>();
        foreach (var actor in new[] { all, here, elsewhere, approver })
        {
            told.Add((await world.Bell(actor)).Unread);
        }

        Assert.Equal([1, 1, 0, 0], told);
    }

    [StorageFact]
    public async Task Who_has_lost_a_unit_no_longer_sees_what_they_were_told_of_it()
    {
        await using var world = await World.Start<TBrand>();
        var tom = await world.Hire("Tom Okafor", ["EMEA"], Role.Steward);
        await Tell(world, Notice.ToRole(Role.Steward), ("EX-1", "INV-1", 100m));
        await world.LookForNotices();

        var moved = await world.Bell(tom with { Scope = Scope.Of("APAC") });

        Assert.Equal((0, 0L), (moved.Unread, moved.Total));
    }

    [StorageFact]
    public async Task Gathering_twice_tells_nothing_twice()
    {
        await using var world = await World.Start<TBrand>();
        var ines = await world.Hire("Ines Moreau", Role.Steward);
        await Tell(world, Notice.ToRole(Role.Steward), ("EX-1", "INV-1", 100m));
        await world.LookForNotices();
        await using (var db = world.Open())
        {
            await db.Notices.Where(n => n.Recipient == "role:Steward").ExecuteUpdateAsync(set => set.SetProperty(n => n.GatheredAt, (DateTimeOffset?)null));
        }

        await world.LookForNotices();

        Assert.Equal((1, 100m), ((await world.Bell(ines)).Items[0].Count, (await world.Bell(ines)).Items[0].Sum));
    }

    private static async Task Tell(World world, string recipient, params (string Case, string Object, decimal Amount)[] of)
    {
        await using var db = world.Open();
        db.Notices.AddRange(of.Select(one => new Notice
        {
            Id = Guid.NewGuid(), Recipient = recipient, Unit = "EMEA", Kind = NoticeKinds.Escalation, Cause = "tax", Subject = Ids.Key([one.Case]), ObjectKey = Ids.Key([one.Object]),
            Text = $"{one.Case} is due soon", Several = "exceptions are due soon", Link = "/exceptions/" + one.Case, Amount = one.Amount, At = world.Clock.Now,
        }));
        await db.SaveChangesAsync();
    }
}

public static class NoticeTests
{
    public sealed class On_postgres : NoticeTests<OnPostgres>;

    public sealed class On_sqlserver : NoticeTests<OnSqlServer>;
}

public class LetterTimeTests
{
    private static readonly NoticeWish s_berlin = new() { PersonId = Guid.Empty, Zone = "Europe/Berlin" };

    [Theory]
    [InlineData("2026-11-18T10:00Z", MailWish.Digest, false, "2026-11-19T07:00Z", "the next digest at eight")]
    [InlineData("2026-11-18T10:00Z", MailWish.AtOnce, false, "2026-11-18T10:01Z", "at once, after a calm minute")]
    [InlineData("2026-11-18T21:00Z", MailWish.AtOnce, false, "2026-11-19T06:00Z", "after the night")]
    [InlineData("2026-11-20T17:30Z", MailWish.AtOnce, false, "2026-11-20T17:31Z", "before the night")]
    [InlineData("2026-11-20T19:00Z", MailWish.AtOnce, false, "2026-11-23T06:00Z", "after the weekend and its night")]
    [InlineData("2026-11-20T10:00Z", MailWish.Digest, false, "2026-11-23T07:00Z", "no digest on a Saturday")]
    [InlineData("2026-11-18T10:00Z", MailWish.Digest, true, "2026-11-18T10:01Z", "urgent waits for no digest")]
    [InlineData("2026-11-18T21:00Z", MailWish.Digest, true, "2026-11-19T06:00Z", "but sleeps at night")]
    [InlineData("2026-11-18T10:00Z", MailWish.Off, true, null, "who wants none gets none")]
    public void A_letter_is_due_by_its_readers_wishes(string now, MailWish mail, bool urgent, string? due, string why)
    {
        s_berlin.Mail = mail;

        var when = LetterTime.Due(s_berlin, NoticeKinds.Escalation, urgent, At(now)!.Value);

        Assert.True(At(due) == when, $"{why}: {when:u}");
    }

    [Fact]
    public void Urgent_ones_break_the_night_for_those_who_want_it_so()
    {
        var wish = new NoticeWish { PersonId = Guid.Empty, Zone = "Europe/Berlin", UrgentAlways = true };

        Assert.Equal(At("2026-11-21T22:01Z"), LetterTime.Due(wish, NoticeKinds.Escalation, true, At("2026-11-21T22:00Z")!.Value));
    }

    [Fact]
    public void A_kind_that_is_muted_comes_by_no_mail()
    {
        var wish = new NoticeWish { PersonId = Guid.Empty, Muted = "watch,mention" };

        Assert.Null(LetterTime.Due(wish, NoticeKinds.Mention, true, At("2026-11-18T10:00Z")!.Value));
    }

    private static DateTimeOffset? At(string? text) => text is null ? null : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

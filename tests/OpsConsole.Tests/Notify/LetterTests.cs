using Microsoft.EntityFrameworkCore;
using OpsConsole.Access;
using OpsConsole.Notify;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Notify;

public abstract class LetterTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly NoticeWishBody s_atOnce = new(MailWish.AtOnce, "08:00", "00:00", "00:00", false, true, "UTC", []);

    [StorageFact]
    public async Task A_burst_of_one_cause_is_one_mail_with_count_sum_and_the_way_there()
    {
        await using var mail = new TestMail();
        await using var world = await World.Start<TBrand>(mail.Settings);
        var ines = await world.Hire("Ines Moreau", Role.Steward);
        await world.Send(new SetNoticeWish(s_atOnce, ines));
        await Tell(world, ines, 1, 2, 3);
        await world.LookForNotices();
        var early = mail.Letters.Count;

        world.Clock.Pass(TimeSpan.FromMinutes(2));
        await world.LookForNotices();
        await world.LookForNotices();

        var letter = Assert.Single(mail.Letters);
        Assert.Equal((0, "ines.moreau@example.com", "3 exceptions are due soon: Größe (EUR 600.00)"), (early, letter.To, letter.Subject));
        Assert.Contains("https://ops.example/worklist?cause=tax", letter.Body, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task A_digest_gathers_what_waits_until_its_hour_and_leaves_out_what_was_read()
    {
        await using var mail = new TestMail();
        await using var world = await World.Start<TBrand>(mail.Settings);
        var ines = await world.Hire("Ines Moreau", Role.Steward);
        await world.Send(new SetNoticeWish(s_atOnce with { Mail = MailWish.Digest, UrgentAlways = false }, ines));
        await Tell(world, ines, 1);
        await Tell(world, ines, "late", 2);
        await world.LookForNotices();
        var late = (await world.Bell(ines)).Items.Single(item => item.Text.Contains("EX-2", StringComparison.Ordinal));
        await world.Send(new ReadNotices(late.Id, world.Clock.Now, ines));

        world.Clock.Pass(TimeSpan.FromHours(19));
        await world.LookForNotices();
        var before = mail.Letters.Count;
        world.Clock.Pass(TimeSpan.FromHours(2));
        await world.LookForNotices();

        Assert.Equal(0, before);
        Assert.Equal("EX-1 is due soon", Assert.Single(mail.Letters).Subject);
    }

    [StorageFact]
    public async Task A_server_that_is_busy_is_tried_again_and_each_letter_comes_once()
    {
        await using var mail = new TestMail { Busy = true };
        await using var world = await World.Start<TBrand>(mail.Settings);
        var ines = await world.Hire("Ines Moreau", Role.Steward);
        await world.Send(new SetNoticeWish(s_atOnce, ines));
        await Tell(world, ines, 1);
        await world.LookForNotices();
        world.Clock.Pass(TimeSpan.FromMinutes(2));
        await world.LookForNotices();
        var refused = await Letter(world);

        mail.Busy = false;
        world.Clock.Pass(TimeSpan.FromMinutes(1));
        await world.LookForNotices();
        world.Clock.Pass(TimeSpan.FromHours(3));
        await world.LookForNotices();

        Assert.Equal((1, null), (refused.Attempts, refused.SentAt));
        Assert.Contains("try later", refused.Fault ?? "", StringComparison.Ordinal);
        Assert.Single(mail.Letters);
        Assert.NotNull((await Letter(world)).SentAt);
    }

    [StorageFact]
    public async Task A_console_that_dies_between_sending_and_noting_it_sends_again_under_the_same_message_id()
    {
        await using var mail = new TestMail();
        await using var world = await World.Start<TBrand>(mail.Settings);
        var ines = await world.Hire("Ines Moreau", Role.Steward);
        await world.Send(new SetNoticeWish(s_atOnce, ines));
        await Tell(world, ines, 1);
        await world.LookForNotices();
        world.Clock.Pass(TimeSpan.FromMinutes(2));
        await world.LookForNotices();
        await using (var db = world.Open())
        {
            await db.NoticeLetters.ExecuteUpdateAsync(set => set.SetProperty(l => l.SentAt, (DateTimeOffset?)null).SetProperty(l => l.HeldUntil, world.Clock.Now.AddMinutes(1)));
        }

        await world.LookForNotices();
        var held = mail.Letters.Count;
        world.Clock.Pass(TimeSpan.FromMinutes(2));
        await world.LookForNotices();

        Assert.Equal((1, 2), (held, mail.Letters.Count));
        Assert.Single(mail.Letters.Select(letter => letter.MessageId).Distinct());
    }

    [StorageFact]
    public async Task Chat_goes_to_registered_addresses_only_and_the_address_is_kept_secret()
    {
        await using var room = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        var saved = await world.Send(new SaveChatHook("ar-team", new ChatHookBody("AR team", room.Url), Staff.Root));
        await Tell(world, Notice.ToChat("ar-team"), "tax", 1, 2);
        await Tell(world, Notice.ToChat("nowhere"), "tax", 3);

        await world.LookForNotices();
        world.Clock.Pass(TimeSpan.FromMinutes(2));
        await world.LookForNotices();

        Assert.True(saved.Accepted, saved.Refusal?.Message);
        Assert.Contains("2 exceptions are due soon", Assert.Single(room.Sent).Body, StringComparison.Ordinal);
        await using var db = world.Open();
        Assert.Equal($"kept {room.Url}", (await db.ChatHooks.SingleAsync()).ProtectedUrl);
        Assert.Equal(new Uri(room.Url).Authority, Assert.Single((await world.Send(new ListChatHooks(Staff.Ines))).Value!.Items).Host);
        Assert.Contains("not registered", (await db.NoticeLetters.SingleAsync(l => l.Address == "nowhere")).Fault, StringComparison.Ordinal);
        Assert.Equal(RefusalKind.Forbidden, (await world.Send(new SaveChatHook("mine", new ChatHookBody("Mine", room.Url), Staff.Ines))).Refusal?.Kind);
    }

    [StorageFact]
    public async Task A_plain_address_of_a_web_hook_is_refused_where_it_is_not_allowed()
    {
        await using var world = await World.Start<TBrand>();

        var refused = await world.Send(new SaveChatHook("ar-team", new ChatHookBody("AR team", "http://chat.example/hook"), Staff.Root));

        Assert.Equal("url: must be an https address, because chat.example is not listed in Outgoing:Allow", refused.Refusal?.Message);
    }

    private static Task Tell(World world, Actor actor, params int[] of) => Tell(world, actor, "tax", of);

    private static Task Tell(World world, Actor actor, string cause, params int[] of) => Tell(world, Notice.ToPerson(Guid.Parse(actor.Id)), cause, of);

    private static async Task Tell(World world, string recipient, string cause, params int[] of)
    {
        await using var db = world.Open();
        db.Notices.AddRange(of.Select(one => new Notice
        {
            Id = Guid.NewGuid(), Recipient = recipient, Unit = "EMEA", Kind = NoticeKinds.Escalation, Cause = cause, Subject = Ids.Key([$"{one}"]), ObjectKey = Ids.Key([$"{one}"]),
            Text = $"EX-{one} is due soon", Several = "exceptions are due soon: Größe", Link = $"/exceptions/EX-{one}", SeveralLink = "/worklist?cause=tax", Amount = one * 100, At = world.Clock.Now,
        }));
        await db.SaveChangesAsync();
    }

    private static async Task<NoticeLetter> Letter(World world)
    {
        await using var db = world.Open();
        return await db.NoticeLetters.AsNoTracking().SingleAsync();
    }
}

public static class LetterTests
{
    public sealed class On_postgres : LetterTests<OnPostgres>;

    public sealed class On_sqlserver : LetterTests<OnSqlServer>;
}

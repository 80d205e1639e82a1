using OpsConsole.Access;
using OpsConsole.Replay;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Access;

/// <summary>Sessions as rows, and what is asked for before what counts most, on every database.</summary>
public abstract class SessionsTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [StorageFact]
    public async Task A_session_is_over_an_hour_after_the_person_did_something_last()
    {
        await using var world = await World.Start<TBrand>();
        var ines = await world.Joins("ines@example.com");
        var session = await world.SignsIn(ines);

        world.Clock.Pass(50 * s_minute);
        Assert.True((await world.Send(new FindActor(session) { Acted = true })).Accepted);
        world.Clock.Pass(50 * s_minute);
        Assert.True((await world.Send(new FindActor(session))).Accepted);
        world.Clock.Pass(10 * s_minute);

        Assert.Contains("nothing was done", (await world.Send(new FindActor(session) { Acted = true })).Refusal?.Message, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task A_session_is_over_after_its_longest_time_whatever_is_done_in_it()
    {
        await using var world = await World.Start<TBrand>(("SignIn:AbsoluteHours", "2"));
        var session = await world.SignsIn(await world.Joins("ines@example.com"));

        for (var minutes = 0; minutes < 120; minutes += 30)
        {
            Assert.True((await world.Send(new FindActor(session) { Acted = true })).Accepted);
            world.Clock.Pass(30 * s_minute);
        }

        Assert.False((await world.Send(new FindActor(session) { Acted = true })).Accepted);
    }

    [StorageFact]
    public async Task Ending_all_others_leaves_the_present_one_and_is_told_in_the_audit()
    {
        await using var world = await World.Start<TBrand>();
        var ines = await world.Joins("ines@example.com");
        var (phone, desk) = (await world.SignsIn(ines), await world.SignsIn(ines));
        var actor = (await world.Send(new FindActor(desk))).Value!;

        var ended = await world.Send(new EndMySessions(null, actor));

        Assert.Equal(1, ended.Value?.Count);
        Assert.Equal((false, true), ((await world.Send(new FindActor(phone))).Accepted, (await world.Send(new FindActor(desk))).Accepted));
        Assert.Equal([desk], (await world.Send(new MySessions(actor))).Value!.Sessions.Select(row => row.Id));
        await using var db = world.Open();
        Assert.Single(db.Audit.Where(entry => entry.Action == "session.end" && entry.Subject == "ines@example.com"));
    }

    [StorageFact]
    public async Task Nobody_ends_a_session_of_somebody_else_but_an_administrator()
    {
        await using var world = await World.Start<TBrand>();
        var (ines, ben) = (await world.Joins("ines@example.com"), await world.Joins("ben@example.com"));
        var hers = await world.SignsIn(ines);
        var his = (await world.Send(new FindActor(await world.SignsIn(ben)))).Value!;

        var own = await world.Send(new EndMySessions(hers, his));
        var asked = await world.Send(new EndSessions(ines, hers, his));
        var root = await world.Send(new EndSessions(ines, hers, Staff.Root));

        Assert.Equal((RefusalKind.NotFound, RefusalKind.Forbidden, true), (own.Refusal?.Kind, asked.Refusal?.Kind, root.Accepted));
        Assert.Contains("an administrator", (await world.Send(new FindActor(hers))).Refusal?.Message, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task Approving_wants_a_session_that_was_confirmed_lately_and_goes_on_once_it_is()
    {
        await using var world = await World.Start<TBrand>();
        var session = await world.SignsIn(await world.Joins("hanna@example.com", Role.Approver));
        var hanna = (await world.Send(new FindActor(session))).Value!;
        var approve = new ApproveCase(Guid.NewGuid(), null, "", hanna);

        Assert.Equal(RefusalKind.NotFound, (await world.Send(approve)).Refusal?.Kind);
        world.Clock.Pass(16 * s_minute);
        Assert.Equal(StepUp.Code, (await world.Send(approve)).Refusal?.Code);
        Assert.False((await world.Send(new ConfirmSession("not her password", null, hanna))).Accepted);
        Assert.Equal(StepUp.Code, (await world.Send(approve)).Refusal?.Code);
        Assert.True((await world.Send(new ConfirmSession(Entry.Password, null, hanna))).Accepted);
        Assert.Equal(RefusalKind.NotFound, (await world.Send(approve)).Refusal?.Kind);
    }

    [StorageFact]
    public async Task A_person_without_a_session_and_one_of_an_ended_session_cannot_step_up()
    {
        await using var world = await World.Start<TBrand>();
        var session = await world.SignsIn(await world.Joins("hanna@example.com", Role.Approver));
        var hanna = (await world.Send(new FindActor(session))).Value!;
        await world.Send(new Leave(hanna));

        var ended = await world.Send(new ApproveCase(Guid.NewGuid(), null, "", hanna));
        var none = await world.Send(new ApproveCase(Guid.NewGuid(), null, "", hanna with { Session = null }));

        Assert.Equal((StepUp.Code, StepUp.Code), (ended.Refusal?.Code, none.Refusal?.Code));
    }

    [StorageFact]
    public async Task Guessing_in_a_session_is_slowed_down_too()
    {
        await using var world = await World.Start<TBrand>();
        var session = await world.SignsIn(await world.Joins("hanna@example.com", Role.Approver));
        var hanna = (await world.Send(new FindActor(session))).Value!;
        for (var guess = 0; guess < 10; guess++)
        {
            await world.Send(new ConfirmSession($"guess {guess}", null, hanna));
        }

        var right = await world.Send(new ConfirmSession(Entry.Password, null, hanna));

        Assert.Equal("sign-in.too-many", right.Refusal?.Code);
    }

    [StorageFact]
    public async Task What_is_long_over_is_swept()
    {
        await using var world = await World.Start<TBrand>();
        var ines = await world.Joins("ines@example.com");
        await world.SignsIn(ines);
        world.Clock.Pass(TimeSpan.FromDays(20));
        var later = await world.SignsIn(ines);
        world.Clock.Pass(TimeSpan.FromDays(20));

        await world.Run<SessionWorker>(worker => worker.Look(default));

        await using var db = world.Open();
        Assert.Equal([later], db.Sessions.Where(s => s.PersonId == ines).Select(s => s.Id));
    }
}

public static class SessionsTests
{
    public sealed class On_postgres : SessionsTests<OnPostgres>;

    public sealed class On_sqlserver : SessionsTests<OnSqlServer>;
}

/// <summary>How people get an account and come in, in the tests of this room.</summary>
internal static class Entry
{
    public const string Password = "four words in a row";

    public static readonly Whereabouts Desk = new("Chrome on Linux", "10.0.0.7");

    /// <summary>An account with <see cref="Password"/>.</summary>
    public static async Task<Guid> Joins(this World world, string email, Role role = Role.Steward)
    {
        await using var db = world.Open();
        var person = new People(db, new Microsoft.AspNetCore.Identity.PasswordHasher<Person>(), world.Part<BreachedPasswords>(), world.Clock).Make(Guid.NewGuid(), email, "Ines Moreau", Password, new Grant([role], true, [])).Value!;
        db.People.Add(person);
        await db.SaveChangesAsync();
        return person.Id;
    }

    public static async Task<Guid> SignsIn(this World world, Guid person) => (await world.Send(new BeginSession(person, SignInMethod.Password, Desk))).Value!.Id;
}

using Microsoft.EntityFrameworkCore;
using OpsConsole.Access;
using OpsConsole.Notify;
using OpsConsole.Rights;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Rights;

/// <summary>Conflicting roles, emergency access and access reviews, on every database.</summary>
public abstract class RightsTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly Grant s_steward = new([Role.Steward], false, ["EMEA"]);
    private static readonly Grant s_both = new([Role.Steward, Role.Approver], false, ["EMEA"]);

    [StorageFact]
    public async Task Roles_that_conflict_are_given_only_with_a_reason_which_the_review_tells()
    {
        await using var world = await World.Start<TBrand>();

        var refused = await world.Send(new AddPerson("ines@example.com", "Ines", s_both, Staff.Root));
        var terse = await world.Send(new AddPerson("ines@example.com", "Ines", s_both, Staff.Root) { InSpite = "because" });
        var added = await world.Send(new AddPerson("ines@example.com", "Ines", s_both, Staff.Root) { InSpite = "only steward of a unit of two" });
        var plain = await world.Send(new AddPerson("tom@example.com", "Tom", s_steward, Staff.Root));
        var tom = (await world.Send(new ListPeople(Staff.Root))).Value!.People.Single(person => person.Name == "Tom");
        var later = await world.Send(new ChangePerson(tom.Id, tom.Seen, "Tom", s_both, Staff.Root));

        Assert.Equal((RoleConflict.Code, RoleConflict.Code, RoleConflict.Code), (refused.Refusal?.Code, terse.Refusal?.Code, later.Refusal?.Code));
        Assert.Contains("approve each other", refused.Refusal!.Message, StringComparison.Ordinal);
        Assert.True(added.Accepted && plain.Accepted);
        var review = (await world.Send(new ReviewAccess(Today(world), Staff.Root))).Value!;
        var row = review.People.Single(person => person.Name == "Ines");
        Assert.Equal(("only steward of a unit of two", 1), (row.InSpite, row.Conflicts.Count));
        Assert.Empty(review.People.Single(person => person.Name == "Tom").Conflicts);
    }

    [StorageFact]
    public async Task A_review_of_a_past_day_tells_what_held_then_and_not_what_holds_now()
    {
        await using var world = await World.Start<TBrand>();
        await world.Send(new AddPerson("tom@example.com", "Tom", s_steward, Staff.Root));
        var first = Today(world);
        world.Clock.Pass(TimeSpan.FromDays(40));
        var tom = (await world.Send(new ListPeople(Staff.Root))).Value!.People.Single();
        await world.Send(new ChangePerson(tom.Id, tom.Seen, "Tom O.", new Grant([Role.Approver], true, []), Staff.Root));
        var second = Today(world);
        world.Clock.Pass(TimeSpan.FromDays(40));
        await world.Send(new DisablePerson(tom.Id, true, Staff.Root));

        var before = (await world.Send(new ReviewAccess(first.AddDays(-1), Staff.Root))).Value!;
        var then = (await world.Send(new ReviewAccess(first.AddDays(5), Staff.Root))).Value!.People.Single();
        var after = (await world.Send(new ReviewAccess(second, Staff.Root))).Value!.People.Single();
        var now = (await world.Send(new ReviewAccess(Today(world), Staff.Root))).Value!.People.Single();
        var ahead = await world.Send(new ReviewAccess(Today(world).AddDays(1), Staff.Root));

        Assert.Empty(before.People);
        Assert.Equal(("Tom", "Steward in EMEA", false), (then.Name, then.Grant.ToString(), then.Disabled));
        Assert.Equal(("Tom O.", "Approver in all units", false), (after.Name, after.Grant.ToString(), after.Disabled));
        Assert.True(now.Disabled);
        Assert.Equal(RefusalKind.Invalid, ahead.Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await world.Send(new ReviewAccess(first, Staff.Ines))).Refusal?.Kind);
    }

    [StorageFact]
    public async Task Emergency_access_counts_at_once_is_told_to_administrators_and_ends_by_itself()
    {
        await using var world = await World.Start<TBrand>();
        await world.Send(new AddPerson("tom@example.com", "Tom", s_steward, Staff.Root));
        var tom = (await world.Send(new ListPeople(Staff.Root))).Value!.People.Single();

        var hasty = await world.Send(new GiveEmergency(tom.Id, new Grant([Role.Approver], true, []), 2, "now", Staff.Root));
        var endless = await world.Send(new GiveEmergency(tom.Id, new Grant([Role.Approver], true, []), 13, "the close is tonight", Staff.Root));
        var given = await world.Send(new GiveEmergency(tom.Id, new Grant([Role.Approver], true, []), 2, "the close is tonight", Staff.Root));

        Assert.Equal((RefusalKind.Invalid, RefusalKind.Invalid), (hasty.Refusal?.Kind, endless.Refusal?.Kind));
        Assert.True(given.Value!.Holds);
        Assert.True(await May(world, tom.Id, Right.Approve));
        await using var db = world.Open();
        Assert.Contains(await db.Audit.Where(entry => entry.Action == "emergency.give").Select(entry => entry.Detail).ToListAsync(), detail => detail.Contains("approve each other", StringComparison.Ordinal));
        var told = await db.Notices.Where(notice => notice.Kind == NoticeKinds.Emergency).ToListAsync();
        Assert.Contains(told, notice => notice.Recipient == Notice.ToRole(Role.Administrator) && notice.Urgent && notice.Text.Contains("the close is tonight", StringComparison.Ordinal));
        world.Clock.Pass(TimeSpan.FromHours(2));
        Assert.False(await May(world, tom.Id, Right.Approve));
        Assert.Contains((await world.Send(new ReviewAccess(Today(world), Staff.Root))).Value!.Emergencies, one => one.Name == "Tom" && one.ReviewedBy is null);
    }

    [StorageFact]
    public async Task Neither_who_had_it_nor_who_gave_it_reviews_it()
    {
        await using var world = await World.Start<TBrand>();
        await world.Send(new AddPerson("tom@example.com", "Tom", s_steward, Staff.Root));
        var tom = (await world.Send(new ListPeople(Staff.Root))).Value!.People.Single();
        var other = Staff.Person("Olga Root", Scope.All, Role.Administrator);
        var had = Staff.Person("Tom", Scope.All, Role.Administrator) with { Id = tom.Id.ToString() };
        var given = (await world.Send(new GiveEmergency(tom.Id, new Grant([Role.Approver], true, []), 2, "the close is tonight", Staff.Root))).Value!;

        var early = await world.Send(new ReviewEmergency(given.Id, "nothing was wrong", other));
        var ended = await world.Send(new EndEmergency(given.Id, other));
        var giver = await world.Send(new ReviewEmergency(given.Id, "nothing was wrong", Staff.Root));
        var taker = await world.Send(new ReviewEmergency(given.Id, "nothing was wrong", had));
        var terse = await world.Send(new ReviewEmergency(given.Id, "ok", other));
        var reviewed = await world.Send(new ReviewEmergency(given.Id, "nothing was wrong", other));
        var again = await world.Send(new ReviewEmergency(given.Id, "nothing was wrong", other));

        Assert.Equal("emergency.review", early.Refusal?.Code);
        Assert.False(ended.Value!.Holds);
        Assert.False(await May(world, tom.Id, Right.Approve));
        Assert.Equal((RefusalKind.Forbidden, RefusalKind.Forbidden, RefusalKind.Invalid), (giver.Refusal?.Kind, taker.Refusal?.Kind, terse.Refusal?.Kind));
        Assert.Equal("Olga Root", reviewed.Value!.ReviewedBy);
        Assert.Equal("emergency.review", again.Refusal?.Code);
    }

    [Fact]
    public void Every_entry_of_the_audit_tells_that_it_was_done_under_emergency_access() => Assert.EndsWith(
        "(emergency access)", OpsConsole.Audit.AuditEntry.Of(Staff.Ines with { EmergencyUntil = DateTimeOffset.UnixEpoch }, "case.claim", "EX-1", "", DateTimeOffset.UnixEpoch).Detail, StringComparison.Ordinal);

    private static DateOnly Today(World world) => DateOnly.FromDateTime(world.Clock.Now.UtcDateTime);

    private static async Task<bool> May(World world, Guid person, Right right)
    {
        await using var db = world.Open();
        var session = new Session { Id = Guid.NewGuid(), PersonId = person, Method = SignInMethod.Password, Device = "test", StartedAt = world.Clock.Now, LastSeenAt = world.Clock.Now, ConfirmedAt = world.Clock.Now };
        db.Sessions.Add(session);
        await db.SaveChangesAsync();
        return (await world.Send(new FindActor(session.Id))).Value!.Can(right);
    }
}

public sealed class RightsTests
{
    public sealed class On_postgres : RightsTests<OnPostgres>;

    public sealed class On_sqlserver : RightsTests<OnSqlServer>;
}

using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OpsConsole.Access;
using OpsConsole.Audit;
using OpsConsole.Live;
using OpsConsole.Storage;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Access;

/// <summary>Accounts as administrators change them, on every database.</summary>
public abstract class AccountsTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private static readonly Grant s_administrator = new([Role.Administrator], true, []);
    private static readonly Grant s_steward = new([Role.Steward], false, ["EMEA"]);

    [StorageFact]
    public async Task A_new_person_is_known_with_their_roles_and_units()
    {
        await using var house = await House.Open<TBrand>();

        await house.Add("ines@example.com", s_steward);

        var actor = await house.Actor("ines@example.com");
        Assert.True(actor!.Can(Right.WorkCases));
        Assert.Equal(["EMEA"], actor.Scope.Units);
    }

    [StorageFact]
    public async Task An_address_has_one_account_however_it_is_written()
    {
        await using var house = await House.Open<TBrand>();
        await house.Add("ines@example.com", s_steward);

        var again = await house.Add("INES@example.com", s_steward);

        Assert.Equal(RefusalKind.Conflict, again.Refusal?.Kind);
    }

    [StorageFact]
    public async Task The_last_administrator_stays()
    {
        await using var house = await House.Open<TBrand>();
        await house.Add("root@example.com", s_administrator);
        var root = await house.Person("root@example.com");

        var closed = await house.Disable(root.Id);
        var changed = await house.Change(root, s_steward);

        Assert.Equal(("access.last-administrator", "access.last-administrator"), (closed.Refusal?.Code, changed.Refusal?.Code));
    }

    [StorageFact]
    public async Task A_closed_account_is_nobody_at_its_next_step()
    {
        await using var house = await House.Open<TBrand>();
        await house.Add("ines@example.com", s_steward);

        await house.Disable((await house.Person("ines@example.com")).Id);

        Assert.Null(await house.Actor("ines@example.com"));
    }

    [StorageFact]
    public async Task A_new_password_ends_the_sessions_of_the_old_one()
    {
        await using var house = await House.Open<TBrand>();
        await house.Add("ines@example.com", s_steward);
        var session = await house.SignIn("ines@example.com");

        await house.Reset((await house.Person("ines@example.com")).Id);

        Assert.Equal(RefusalKind.Forbidden, (await house.Find(session)).Refusal?.Kind);
    }

    [StorageFact]
    public async Task A_change_over_somebody_elses_change_is_stale()
    {
        await using var house = await House.Open<TBrand>();
        await house.Add("ines@example.com", s_steward);
        var seen = await house.Person("ines@example.com");
        await house.Change(seen, new Grant([Role.Approver], true, []));

        var late = await house.Change(seen, s_steward);

        Assert.Equal(RefusalKind.Stale, late.Refusal?.Kind);
    }

    [StorageFact]
    public async Task Every_change_stands_in_the_audit_latest_first()
    {
        await using var house = await House.Open<TBrand>();
        await house.Add("ines@example.com", s_steward);
        await house.Change(await house.Person("ines@example.com"), new Grant([Role.Approver], true, []));

        var first = await house.Audit(null, 1);
        var second = await house.Audit(first.Next, 1);

        Assert.Equal(("person.change", "Steward in EMEA → Approver in all units"), (first.Items[0].Action, first.Items[0].Detail));
        Assert.Equal(("person.add", (Guid?)null, 2), (second.Items[0].Action, second.Next, second.Total));
    }

    [StorageFact]
    public async Task The_set_up_link_makes_one_administrator_and_no_second()
    {
        await using var house = await House.Open<TBrand>();

        var first = await house.SetUp("root@example.com");
        var second = await house.SetUp("other@example.com");

        Assert.Equal((true, "access.set-up-done"), (first.Accepted, second.Refusal?.Code));
    }

    [StorageFact]
    public async Task Seeding_twice_changes_nobody()
    {
        await using var house = await House.Open<TBrand>();
        var first = await house.Seed();
        await house.Disable((await house.Person("approver@demo.local")).Id);

        var second = await house.Seed();

        Assert.Equal((7, 0, false), (first.Made.Count, second.Made.Count, second.Nobody));
        Assert.Null(await house.Actor("approver@demo.local"));
    }
}

public static class AccountsTests
{
    public sealed class On_postgres : AccountsTests<OnPostgres>;

    public sealed class On_sqlserver : AccountsTests<OnSqlServer>;
}

/// <summary>The verbs of the room on a database of its own; each runs in a context of its own, as requests do.</summary>
internal sealed class House(TestDatabase database) : IAsyncDisposable
{
    private static readonly Actor s_root = new("root", "Root", ActorKind.Person, Roles.Rights([Role.Administrator]), Scope.All);
    private static readonly SharedReads s_alone = new(null!, new NewsBoard(TimeProvider.System), TimeProvider.System);

    private static readonly IOptions<SignInSettings> s_limits = Options.Create(new SignInSettings());

    private readonly PlainHasher _hasher = new();

    public static async Task<House> Open<TBrand>()
        where TBrand : IDatabaseBrand => new(await TBrand.Start());

    public Task<Outcome<Invitation>> Add(string email, Grant grant) =>
        Do((db, people) => new AddPersonHandler(db, people).Handle(new AddPerson(email, "Ines Moreau", grant, s_root), default));

    public Task<Outcome<PersonRow>> Change(Person seen, Grant grant) =>
        Do((db, people) => new ChangePersonHandler(db, people).Handle(new ChangePerson(seen.Id, seen.ConcurrencyStamp, seen.DisplayName, grant, s_root), default));

    public Task<Outcome<PersonRow>> Disable(Guid id) =>
        Do((db, people) => new DisablePersonHandler(db, people).Handle(new DisablePerson(id, true, s_root), default));

    public Task<Outcome<Invitation>> Reset(Guid id) =>
        Do((db, people) => new ResetPasswordHandler(db, people).Handle(new ResetPassword(id, s_root), default));

    public Task<Outcome<FirstPeople>> SetUp(string email) =>
        Do((db, people) => new SetUpHandler(db, people).Handle(new SetUp(email, "Root", "four words in a row"), default));

    public async Task<FirstPeople> Seed() =>
        (await Do((db, people) => new SeedPeopleHandler(db, people).Handle(new SeedPeople(null, null, "four words in a row"), default))).Value!;

    public Task<Outcome<Actor>> Find(Guid session) =>
        Do((db, _) => new FindActorHandler(new Reach(db, null!), s_alone, s_limits, TimeProvider.System).Handle(new FindActor(session), default));

    /// <summary>A session, whatever the account's state.</summary>
    public async Task<Guid> SignIn(string email)
    {
        var (person, now) = (await Person(email), TimeProvider.System.GetUtcNow());
        var session = new Session { Id = Guid.NewGuid(), PersonId = person.Id, Method = SignInMethod.Password, Device = "Chrome on Linux", StartedAt = now, LastSeenAt = now, ConfirmedAt = now };
        await Do((db, _) => db.Sessions.Add(session).Context.SaveChangesAsync());
        return session.Id;
    }

    public async Task<Person> Person(string email) =>
        await Do((db, _) => Task.FromResult(db.People.Single(p => p.Email == email)));

    public async Task<Actor?> Actor(string email) => (await Find(await SignIn(email))).Value;

    public async Task<AuditRows> Audit(Guid? after, int take) =>
        (await Do((db, _) => new ListAuditHandler(db).Handle(new ListAudit(new AuditFilter(), after, take, s_root), default))).Value!;

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private async Task<T> Do<T>(Func<OpsDb, People, Task<T>> verb)
    {
        await using var db = database.CreateDbContext();
        return await verb(db, new People(db, _hasher, new BreachedPasswords(s_limits), TimeProvider.System));
    }

    // The real one is ASP.NET's and is tested there; here it only has to remember.
    private sealed class PlainHasher : IPasswordHasher<Person>
    {
        public string HashPassword(Person user, string password) => $"hashed {password}";

        public PasswordVerificationResult VerifyHashedPassword(Person user, string hashedPassword, string providedPassword) =>
            hashedPassword == HashPassword(user, providedPassword) ? PasswordVerificationResult.Success : PasswordVerificationResult.Failed;
    }
}

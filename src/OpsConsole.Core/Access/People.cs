using System.Net.Mail;
using Microsoft.AspNetCore.Identity;
using OpsConsole.Audit;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>What all changes of accounts share: how one is made, and what must stay true of all of them together.</summary>
internal sealed class People(OpsDb db, IPasswordHasher<Person> hasher, BreachedPasswords breached, TimeProvider clock)
{
    public static readonly Refusal LastAdministrator =
        Refusal.Conflict("access.last-administrator", "This is the last administrator who can sign in. Name another one first.");

    /// <summary>A new account, checked but not saved.</summary>
    public Outcome<Person> Make(Guid id, string email, string name, string password, Grant grant)
    {
        var made = MakeWithoutPassword(id, email, name, grant);
        return made.Value is { } person && SetPassword(person, password) is { } weak ? weak : made;
    }

    /// <summary>A new account into which no password leads.</summary>
    public Outcome<Person> MakeWithoutPassword(Guid id, string email, string name, Grant grant)
    {
        email = email.Trim();
        if (Fault(email, name, grant) is { } fault)
        {
            return fault;
        }

        var person = new Person
        {
            Id = id,
            UserName = email,
            Email = email,
            NormalizedUserName = email.ToUpperInvariant(),
            NormalizedEmail = email.ToUpperInvariant(),
            EmailConfirmed = true,
            SecurityStamp = Guid.NewGuid().ToString("n"),
            CreatedAt = clock.GetUtcNow(),
        };
        Apply(person, name, grant);
        return person;
    }

    /// <summary>What is wrong with an account's fields, or nothing.</summary>
    public static Refusal? Fault(string email, string name, Grant grant)
    {
        if (email.Length > Columns.Identity || !MailAddress.TryCreate(email, out var address) || address.Address != email)
        {
            return Refusal.Invalid("email", "must be an address like ines.moreau@example.com");
        }

        if (string.IsNullOrWhiteSpace(name) || name.Length > 100)
        {
            return Refusal.Invalid("name", "must have 1 to 100 characters");
        }

        return grant.Roles.Count == 0 ? Refusal.Invalid("roles", "must be one at least")
            : grant.Entities.Any(entity => entity.Length > Columns.Identity || entity.Contains('\n', StringComparison.Ordinal)) ? Refusal.Invalid("entities", $"must be names of one line and at most {Columns.Identity} letters")
            : grant.Mandate.Fault();
    }

    public static void Apply(Person person, string name, Grant grant)
    {
        grant = grant.Normal();
        person.DisplayName = name.Trim();
        (person.Roles, person.AllUnits, person.Units) = ([.. grant.Roles], grant.AllUnits, [.. grant.Units]);
        person.Entities = [.. grant.Entities];
        (person.UpTo, person.Attributes) = (grant.Mandate.UpTo, [.. grant.Mandate.Attributes]);
        Touch(person);
    }

    /// <summary>Sets it; answers what is wrong with it, or nothing.</summary>
    public Refusal? SetPassword(Person person, string password)
    {
        if ((Passwords.Fault(password, person.Email ?? "") ?? breached.Fault(password)) is { } fault)
        {
            return fault;
        }

        person.PasswordHash = hasher.HashPassword(person, password);
        person.SecurityStamp = Guid.NewGuid().ToString("n");
        Touch(person);
        return null;
    }

    /// <summary>No password leads in any more, only the link that is made of this, once.</summary>
    public static Invitation Invite(Person person)
    {
        person.PasswordHash = null;
        person.SecurityStamp = Guid.NewGuid().ToString("n");
        Touch(person);
        return new Invitation(person.Id, person.Email ?? "", person.SecurityStamp);
    }

    /// <summary>Must be called at every change: it is what makes a later writer notice this one.</summary>
    public static void Touch(Person person) => person.ConcurrencyStamp = Guid.NewGuid().ToString("n");

    /// <summary>They are signed in from here on; saved.</summary>
    public async Task<Outcome<SessionBegun>> Begin(Person person, SignInMethod method, Whereabouts from, CancellationToken cancellationToken)
    {
        if (person.Disabled)
        {
            return Refusal.Forbidden("This account is closed. Ask an administrator.");
        }

        var now = clock.GetUtcNow();
        var session = new Session
        {
            Id = Guid.NewGuid(), PersonId = person.Id, Method = method, Device = from.Device, Address = from.Address, StartedAt = now, LastSeenAt = now, ConfirmedAt = now, FullyConfirmedAt = now,
        };
        db.Sessions.Add(session);
        person.LastSeenAt = now;
        Note(person.ToActor(), "session.begin", person, $"{method}, {from.Device}, {from.Address}");
        return await db.CommitWith(new SessionBegun(session.Id, person.Id), cancellationToken);
    }

    /// <summary>Ends the person's sessions that hold, or that <paramref name="one"/>, but not <paramref name="except"/>; noted, not saved.</summary>
    public async Task<SessionsEnded> EndSessions(Person person, Guid? one, Guid? except, Actor by, string why, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var open = await db.Sessions.Where(s => s.PersonId == person.Id && s.EndedAt == null && (one == null || s.Id == one) && (except == null || s.Id != except)).ToListAsync(cancellationToken);
        foreach (var session in open)
        {
            session.End(by, why, now);
            Note(by, "session.end", person, $"{session.Device}, {session.Address}: {why}");
        }

        return new SessionsEnded(open.Count);
    }

    public Task<Person?> Find(Guid id, CancellationToken cancellationToken) =>
        db.People.SingleOrDefaultAsync(p => p.Id == id, cancellationToken);

    /// <summary>True when nobody else could still manage accounts.</summary>
    public async Task<bool> IsLastAdministrator(Person person, CancellationToken cancellationToken)
    {
        var others = await db.People.AsNoTracking().Where(p => p.Id != person.Id && !p.Disabled).ToListAsync(cancellationToken);
        return !others.Exists(other => other.Roles.Contains(Role.Administrator));
    }

    /// <summary>Writes down who did what to an account and, where it changed, what the account may do from now on.</summary>
    /// <param name="inSpite">The reason that was given for roles that conflict.</param>
    public void Note(Actor actor, string action, Person person, string detail, string? inSpite = null)
    {
        var now = clock.GetUtcNow();
        db.Audit.Add(AuditEntry.Of(actor, action, person.Email ?? person.Id.ToString(), inSpite is null ? detail : $"{detail}, in spite of a conflict: {inSpite}", now));
        var entry = db.Entry(person);
        string[] telling = [nameof(Person.Roles), nameof(Person.AllUnits), nameof(Person.Units), nameof(Person.Entities), nameof(Person.UpTo), nameof(Person.Attributes), nameof(Person.Disabled)];
        if (entry.State is EntityState.Added || telling.Any(name => entry.Property(name).IsModified))
        {
            db.AccessStates.Add(AccessState.Of(person, actor.Name, inSpite, now));
        }
    }
}

/// <summary>What an account may do and where.</summary>
/// <param name="Roles">One at least.</param>
/// <param name="AllUnits">Every unit, <c>unassigned</c> included.</param>
/// <param name="Units">The units when not all.</param>
public sealed record Grant(IReadOnlyCollection<Role> Roles, bool AllUnits, IReadOnlyCollection<string> Units)
{
    /// <summary>The legal entities to which it is limited within the units; none: all.</summary>
    public IReadOnlyCollection<string> Entities { get; init; } = [];

    /// <summary>How much of it they decide.</summary>
    public Mandate Mandate { get; init; } = Mandate.Whole;

    /// <summary>The same in the one order in which it is kept.</summary>
    internal Grant Normal() => new(
        [.. Roles.Distinct().Order()], AllUnits,
        AllUnits ? [] : Normal(Units))
    {
        Entities = Normal(Entities),
        Mandate = Mandate.Normal(),
    };

    /// <summary>Where, in words: <c>EMEA, of DE01 and DE02</c>.</summary>
    public string Where => Scope.Say(AllUnits, Units, Entities);

    /// <summary>In words, for the audit: <c>Steward, Approver in EMEA, APAC</c>.</summary>
    public override string ToString() =>
        $"{string.Join(", ", Roles)} in {Where}{(Mandate.Binds ? $", {Mandate}" : "")}";

    private static string[] Normal(IReadOnlyCollection<string> names) => [.. names.Select(name => name.Trim()).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

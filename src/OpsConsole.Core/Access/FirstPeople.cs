using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>
/// At the start: the administrator that the environment names and, in Development, the demo people. Whoever exists already is left as they
/// are. Not guarded: only the process itself sends it.
/// </summary>
/// <param name="AdministratorEmail">With <paramref name="AdministratorPassword"/>, or nothing.</param>
/// <param name="AdministratorPassword">Only for making the account.</param>
/// <param name="DemoPassword">Makes the demo people; nothing outside Development.</param>
public sealed record SeedPeople(string? AdministratorEmail, string? AdministratorPassword, string? DemoPassword) : IRequest<Outcome<FirstPeople>>;

/// <summary>Makes the first administrator through the set-up link. Possible only while nobody has an account.</summary>
public sealed record SetUp(string Email, string Name, string Password) : IRequest<Outcome<FirstPeople>>;

/// <param name="Made">The addresses of new accounts.</param>
/// <param name="Nobody">Nobody has an account yet.</param>
public sealed record FirstPeople(IReadOnlyList<string> Made, bool Nobody);

internal sealed class SeedPeopleHandler(OpsDb db, People people) : IRequestHandler<SeedPeople, Outcome<FirstPeople>>
{
    private static readonly (string Email, string Name, Grant Grant)[] s_demo =
    [
        ("steward@demo.local", "Ines Moreau", new([Role.Steward], true, [])),
        ("steward.emea@demo.local", "Tom Okafor", new([Role.Steward], false, ["EMEA"])),
        ("approver@demo.local", "Hanna Berg", new([Role.Approver], true, [])),
        ("executive@demo.local", "Clara Voss", new([Role.Executive], true, [])),
        ("support@demo.local", "Daniel Osei", new([Role.Support], true, [])),
        ("privacy@demo.local", "Olga Ivers", new([Role.DataProtection], true, [])),
        ("administrator@demo.local", "Priya Nair", new([Role.Administrator], true, [])),
    ];

    private static readonly (string Code, string Label, string[] Queues, string[] Members)[] s_teams =
    [
        ("receivables", "Receivables", ["ar-invoices", "payments", "not-arrived"], ["steward@demo.local", "steward.emea@demo.local"]),
        ("master-data", "Master data and billing", ["master-data", "billing-sync"], ["steward@demo.local"]),
    ];

    public async Task<Outcome<FirstPeople>> Handle(SeedPeople request, CancellationToken cancellationToken)
    {
        var made = new List<string>();
        if (request is { AdministratorEmail: { } email, AdministratorPassword: { } password }
            && await Add(email, "Administrator", password, new Grant([Role.Administrator], true, []), made, cancellationToken) is { } fault)
        {
            return fault;
        }

        foreach (var (address, name, grant) in request.DemoPassword is null ? [] : s_demo)
        {
            if (await Add(address, name, request.DemoPassword!, grant, made, cancellationToken) is { } weak)
            {
                return weak;
            }
        }

        await AddTeams(request.DemoPassword is not null && made.Count > 0, cancellationToken);
        var saved = await db.CommitWith(made, cancellationToken);
        return saved.Accepted
            ? new FirstPeople(made, !await db.People.AnyAsync(cancellationToken))
            : new FirstPeople([], false);           // another node was first: they exist
    }

    // The demo people work in two teams, so that a new user sees what a team is.
    private async Task AddTeams(bool demo, CancellationToken cancellationToken)
    {
        if (!demo || await db.Teams.AnyAsync(cancellationToken))
        {
            return;
        }

        var ids = db.People.Local.ToDictionary(person => person.Email!, person => person.Id.ToString(), StringComparer.OrdinalIgnoreCase);
        foreach (var (code, label, queues, members) in s_teams)
        {
            db.Teams.Add(new Team { Code = code, Label = label, Queues = [.. queues], Members = [.. members.Select(member => ids.GetValueOrDefault(member)).OfType<string>()], UpdatedAt = db.People.Local.Max(person => person.CreatedAt), UpdatedBy = Actor.System.Name });
        }
    }

    private async Task<Refusal?> Add(string email, string name, string password, Grant grant, List<string> made, CancellationToken cancellationToken)
    {
        var normal = email.Trim().ToUpperInvariant();
        if (await db.People.AnyAsync(p => p.NormalizedUserName == normal, cancellationToken))
        {
            return null;
        }

        var person = people.Make(Guid.CreateVersion7(), email, name, password, grant);
        if (person.Value is null)
        {
            return person.Refusal;
        }

        db.People.Add(person.Value);
        people.Note(Actor.System, "person.seed", person.Value, grant.ToString());
        made.Add(person.Value.Email!);
        return null;
    }
}

internal sealed class SetUpHandler(OpsDb db, People people) : IRequestHandler<SetUp, Outcome<FirstPeople>>
{
    // A fixed key: of two who follow the link at once, the database lets one in.
    private static readonly Guid s_first = Ids.Key(["person", "first administrator"]);

    public async Task<Outcome<FirstPeople>> Handle(SetUp request, CancellationToken cancellationToken)
    {
        if (await db.People.AnyAsync(cancellationToken))
        {
            return Refusal.Conflict("access.set-up-done", "The console is set up already. Sign in.");
        }

        var made = people.Make(s_first, request.Email, request.Name, request.Password, new Grant([Role.Administrator], true, []));
        if (made.Value is not { } person)
        {
            return made.Refusal!;
        }

        db.People.Add(person);
        people.Note(person.ToActor(), "person.set-up", person, "first administrator");
        return await db.CommitWith(new FirstPeople([person.Email!], false), cancellationToken);
    }
}

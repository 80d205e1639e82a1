using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>
/// The company's identity provider says who somebody is and in which groups. Their account is made the first time, and what the groups give is mapped anew each time.
/// Not guarded: only the sign-in sends it, after the provider has answered.
/// </summary>
/// <param name="Said">What it says.</param>
/// <param name="From">Where they are.</param>
public sealed record EnterByProvider(ProviderWord Said, Whereabouts From) : IRequest<Outcome<Entrance>>;

/// <param name="Provider">Its name in the settings.</param>
/// <param name="Subject">Who, in the provider's own stable word. An address is never that.</param>
/// <param name="Email">What it says of the address.</param>
/// <param name="Name">As others read it.</param>
/// <param name="Groups">The groups that it names.</param>
public sealed record ProviderWord(string Provider, string Subject, string? Email, string? Name, IReadOnlyList<string> Groups);

internal sealed class EnterByProviderHandler(OpsDb db, People people, IOptions<SignInSettings> settings) : IRequestHandler<EnterByProvider, Outcome<Entrance>>
{
    private static readonly Actor s_provider = Actor.System with { Name = "Identity provider" };

    public Task<Outcome<Entrance>> Handle(EnterByProvider request, CancellationToken cancellationToken) => db.Insist<Entrance>(async () =>
    {
        if (settings.Value.Provider.Map(request.Said.Groups) is not { } grant)
        {
            return new Refusal(RefusalKind.Forbidden, "sign-in.no-group", "Your company knows you, but none of your groups gives you a role here. Ask an administrator.");
        }

        var login = await db.PersonLogins.SingleOrDefaultAsync(l => l.LoginProvider == request.Said.Provider && l.ProviderKey == request.Said.Subject, cancellationToken);
        var found = login is null ? await Join(request, grant, cancellationToken)
            : await people.Find(login.UserId, cancellationToken) is { } known ? known
            : Refusal.NotFound("This account");
        if (found.Value is not { } person)
        {
            return found.Refusal!;
        }

        Remap(person, request.Said.Name, grant);
        var begun = await people.Begin(person, SignInMethod.Provider, request.From, cancellationToken);
        return begun.Value is { } session ? new Entrance(person.Id, session) : begun.Refusal!;
    });

    private async Task<Outcome<Person>> Join(EnterByProvider request, Grant grant, CancellationToken cancellationToken)
    {
        var email = request.Said.Email?.Trim() ?? "";
        var normal = email.ToUpperInvariant();
        var existing = await db.People.SingleOrDefaultAsync(p => p.NormalizedUserName == normal, cancellationToken);
        if (existing is not null && (!settings.Value.Provider.LinkByEmail || await db.PersonLogins.AnyAsync(l => l.UserId == existing.Id, cancellationToken)))
        {
            return new Refusal(RefusalKind.Forbidden, "sign-in.exists", $"{email} has an account here already that is not your company's. Ask an administrator.");
        }

        var made = existing is null ? people.MakeWithoutPassword(Guid.CreateVersion7(), email, request.Said.Name is { Length: > 0 } name ? name : email, grant) : existing;
        if (made.Value is not { } person)
        {
            return made;
        }

        if (existing is null)
        {
            db.People.Add(person);
        }
        else
        {
            // The provider is from now on the only way in.
            existing.PasswordHash = null;
            await people.EndSessions(existing, null, null, s_provider, Session.Ends.Administrator, cancellationToken);
        }

        db.PersonLogins.Add(new IdentityUserLogin<Guid> { LoginProvider = request.Said.Provider, ProviderKey = request.Said.Subject, ProviderDisplayName = request.Said.Provider, UserId = person.Id });
        people.Note(s_provider, existing is null ? "person.add" : "person.link", person, $"{request.Said.Provider} {request.Said.Subject}: {grant}");
        return person;
    }

    private void Remap(Person person, string? name, Grant grant)
    {
        var before = PersonRow.Of(person).Grant;
        if (before.ToString() != grant.Normal().ToString())
        {
            People.Apply(person, name is { Length: > 0 and <= 100 } ? name : person.DisplayName, grant);
            people.Note(s_provider, "person.groups", person, $"{before} → {PersonRow.Of(person).Grant}");
        }
    }
}

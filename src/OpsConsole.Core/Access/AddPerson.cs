using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Makes an account. The password is chosen here and shown once; the person changes it.</summary>
public sealed record AddPerson(string Email, string Name, Grant Grant, Actor Actor) : IRequest<Outcome<HandedPassword>>, IGuarded, IStepUp
{
    public Right Needs => Right.ManageAccess;

    /// <summary>Why roles that conflict are given all the same (<see cref="RoleConflict"/>), in at least 10 characters.</summary>
    public string? InSpite { get; init; }
}

/// <param name="Email">Whose.</param>
/// <param name="Password">Shown once, kept nowhere.</param>
public sealed record HandedPassword(string Email, string Password);

internal sealed class AddPersonHandler(OpsDb db, People people) : IRequestHandler<AddPerson, Outcome<HandedPassword>>
{
    public async Task<Outcome<HandedPassword>> Handle(AddPerson request, CancellationToken cancellationToken)
    {
        var password = Passwords.Make();
        var made = people.Make(Guid.CreateVersion7(), request.Email, request.Name, password, request.Grant);
        if (made.Value is not { } person)
        {
            return made.Refusal!;
        }

        if (await db.People.AnyAsync(p => p.NormalizedUserName == person.NormalizedUserName, cancellationToken))
        {
            return Refusal.Conflict("access.exists", $"{person.Email} has an account already.");
        }

        if (RoleConflict.Fault([], request.Grant.Roles, request.InSpite) is { } conflict)
        {
            return conflict;
        }

        db.People.Add(person);
        people.Note(request.Actor, "person.add", person, request.Grant.ToString(), RoleConflict.In(request.Grant.Roles).Count == 0 ? null : request.InSpite);
        return await db.CommitWith(new HandedPassword(person.Email!, password), cancellationToken);
    }
}

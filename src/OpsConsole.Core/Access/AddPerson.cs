using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Makes an account, into which a link leads that is handed over: the person chooses their own password.</summary>
public sealed record AddPerson(string Email, string Name, Grant Grant, Actor Actor) : IRequest<Outcome<Invitation>>, IGuarded, IStepUp
{
    public Right Needs => Right.ManageAccess;

    /// <summary>Why roles that conflict are given all the same (<see cref="RoleConflict"/>), in at least 10 characters.</summary>
    public string? InSpite { get; init; }
}

internal sealed class AddPersonHandler(OpsDb db, People people) : IRequestHandler<AddPerson, Outcome<Invitation>>
{
    public async Task<Outcome<Invitation>> Handle(AddPerson request, CancellationToken cancellationToken)
    {
        var made = people.MakeWithoutPassword(Guid.CreateVersion7(), request.Email, request.Name, request.Grant);
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
        return await db.CommitWith(People.Invite(person), cancellationToken);
    }
}

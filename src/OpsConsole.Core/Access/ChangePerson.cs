using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Changes name, roles and units. Counts from the person's next step on.</summary>
/// <param name="Id">Whose.</param>
/// <param name="Seen">The <see cref="PersonRow.Seen"/> that the caller saw.</param>
/// <param name="Name">As others read it.</param>
/// <param name="Grant">What and where.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ChangePerson(Guid Id, string? Seen, string Name, Grant Grant, Actor Actor) : IRequest<Outcome<PersonRow>>, IGuarded, IStepUp
{
    public Right Needs => Right.ManageAccess;

    /// <summary>Why roles that conflict are given all the same (<see cref="RoleConflict"/>), in at least 10 characters.</summary>
    public string? InSpite { get; init; }
}

internal sealed class ChangePersonHandler(OpsDb db, People people) : IRequestHandler<ChangePerson, Outcome<PersonRow>>
{
    public async Task<Outcome<PersonRow>> Handle(ChangePerson request, CancellationToken cancellationToken)
    {
        if (await people.Find(request.Id, cancellationToken) is not { } person)
        {
            return Refusal.NotFound("This account");
        }

        if (person.ConcurrencyStamp != request.Seen)
        {
            return Refusal.Stale("This account");
        }

        if (People.Fault(person.Email!, request.Name, request.Grant) is { } fault)
        {
            return fault;
        }

        if (RoleConflict.Fault(person.Roles, request.Grant.Roles, request.InSpite) is { } conflict)
        {
            return conflict;
        }

        if (!request.Grant.Roles.Contains(Role.Administrator) && person.Roles.Contains(Role.Administrator) && await people.IsLastAdministrator(person, cancellationToken))
        {
            return People.LastAdministrator;
        }

        var before = PersonRow.Of(person).Grant;
        People.Apply(person, request.Name, request.Grant);
        people.Note(request.Actor, "person.change", person, $"{before} → {PersonRow.Of(person).Grant}", RoleConflict.In(request.Grant.Roles).Count == 0 ? null : request.InSpite);
        return await db.CommitWith(PersonRow.Of(person), cancellationToken);
    }
}

using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Closes an account, or opens it again. A closed one keeps its history and ends at the person's next step.</summary>
public sealed record DisablePerson(Guid Id, bool Disabled, Actor Actor) : IRequest<Outcome<PersonRow>>, IGuarded, IStepUp
{
    public Right Needs => Right.ManageAccess;
}

internal sealed class DisablePersonHandler(OpsDb db, People people) : IRequestHandler<DisablePerson, Outcome<PersonRow>>
{
    public async Task<Outcome<PersonRow>> Handle(DisablePerson request, CancellationToken cancellationToken)
    {
        if (await people.Find(request.Id, cancellationToken) is not { } person)
        {
            return Refusal.NotFound("This account");
        }

        if (request.Disabled && person.Id.ToString() == request.Actor.Id)
        {
            return Refusal.Conflict("access.self", "You cannot close your own account. Ask another administrator.");
        }

        if (request.Disabled && person.Roles.Contains(Role.Administrator) && await people.IsLastAdministrator(person, cancellationToken))
        {
            return People.LastAdministrator;
        }

        person.Disabled = request.Disabled;
        if (request.Disabled)
        {
            await people.EndSessions(person, null, null, request.Actor, Session.Ends.Closed, cancellationToken);
        }

        People.Touch(person);
        people.Note(request.Actor, request.Disabled ? "person.disable" : "person.enable", person, "");
        return await db.CommitWith(PersonRow.Of(person), cancellationToken);
    }
}

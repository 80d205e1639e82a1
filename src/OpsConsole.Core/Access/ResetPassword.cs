using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Takes somebody's password away and answers a link by which they choose a new one; ends their sessions and lets unknown devices try again.</summary>
public sealed record ResetPassword(Guid Id, Actor Actor) : IRequest<Outcome<Invitation>>, IGuarded, IStepUp
{
    public Right Needs => Right.ManageAccess;
}

internal sealed class ResetPasswordHandler(OpsDb db, People people) : IRequestHandler<ResetPassword, Outcome<Invitation>>
{
    public async Task<Outcome<Invitation>> Handle(ResetPassword request, CancellationToken cancellationToken)
    {
        if (await people.Find(request.Id, cancellationToken) is not { } person)
        {
            return Refusal.NotFound("This account");
        }

        if (person.PasswordHash is null && await db.PersonLogins.AnyAsync(l => l.UserId == person.Id, cancellationToken))
        {
            return Refusal.Conflict("access.provider", $"{person.Email} signs in through the company's identity provider and has no password here.");
        }

        var invitation = People.Invite(person);
        await people.EndSessions(person, null, null, request.Actor, Session.Ends.Password, cancellationToken);
        await SignInThrottle.Unlock(db, person.Email ?? "", cancellationToken);
        people.Note(request.Actor, "person.reset-password", person, "");
        return await db.CommitWith(invitation, cancellationToken);
    }
}

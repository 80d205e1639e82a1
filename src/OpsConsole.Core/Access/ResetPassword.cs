using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Gives somebody a new password, shown once, and ends their sessions and a lock-out.</summary>
public sealed record ResetPassword(Guid Id, Actor Actor) : IRequest<Outcome<HandedPassword>>, IGuarded, IStepUp
{
    public Right Needs => Right.ManageAccess;
}

internal sealed class ResetPasswordHandler(OpsDb db, People people) : IRequestHandler<ResetPassword, Outcome<HandedPassword>>
{
    public async Task<Outcome<HandedPassword>> Handle(ResetPassword request, CancellationToken cancellationToken)
    {
        if (await people.Find(request.Id, cancellationToken) is not { } person)
        {
            return Refusal.NotFound("This account");
        }

        if (person.PasswordHash is null && await db.PersonLogins.AnyAsync(l => l.UserId == person.Id, cancellationToken))
        {
            return Refusal.Conflict("access.provider", $"{person.Email} signs in through the company's identity provider and has no password here.");
        }

        var password = Passwords.Make();
        if (people.SetPassword(person, password) is { } fault)
        {
            return fault;
        }

        await people.EndSessions(person, null, null, request.Actor, Session.Ends.Password, cancellationToken);
        await SignInThrottle.Unlock(db, person.Email ?? "", cancellationToken);
        people.Note(request.Actor, "person.reset-password", person, "");
        return await db.CommitWith(new HandedPassword(person.Email!, password), cancellationToken);
    }
}

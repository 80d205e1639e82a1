using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Somebody changes their own password, and proves with the present one that it is them. Their sessions end.</summary>
public sealed record ChangeMyPassword(string Present, string Wanted, Actor Actor) : IRequest<Outcome<PersonRow>>;

internal sealed class ChangeMyPasswordHandler(OpsDb db, People people, Factors factors, SignInThrottle throttle) : IRequestHandler<ChangeMyPassword, Outcome<PersonRow>>
{
    public async Task<Outcome<PersonRow>> Handle(ChangeMyPassword request, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Actor.Id, out var id) || await people.Find(id, cancellationToken) is not { } person)
        {
            return Refusal.NotFound("This account");
        }

        var from = new Whereabouts("", null) { Known = request.Actor.Session?.ToString() };
        if (await throttle.Take(person.Email ?? "", from, cancellationToken) is { } tooMany)
        {
            return tooMany;
        }

        if (!factors.IsPassword(person, request.Present))
        {
            return Refusal.Invalid("present password", "is not right");
        }

        await throttle.GiveBack(person.Email ?? "", from, cancellationToken);

        if (people.SetPassword(person, request.Wanted) is { } fault)
        {
            return fault;
        }

        await people.EndSessions(person, null, null, request.Actor, Session.Ends.Password, cancellationToken);
        people.Note(request.Actor, "person.change-password", person, "");
        return await db.CommitWith(PersonRow.Of(person), cancellationToken);
    }
}

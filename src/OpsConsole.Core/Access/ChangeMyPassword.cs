using Microsoft.AspNetCore.Identity;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Somebody changes their own password, and proves with the present one that it is them. Their other sessions end.</summary>
public sealed record ChangeMyPassword(string Present, string Wanted, Actor Actor) : IRequest<Outcome<PersonRow>>;

internal sealed class ChangeMyPasswordHandler(OpsDb db, People people, IPasswordHasher<Person> hasher) : IRequestHandler<ChangeMyPassword, Outcome<PersonRow>>
{
    public async Task<Outcome<PersonRow>> Handle(ChangeMyPassword request, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Actor.Id, out var id) || await people.Find(id, cancellationToken) is not { } person)
        {
            return Refusal.NotFound("This account");
        }

        if (hasher.VerifyHashedPassword(person, person.PasswordHash ?? "", request.Present) is PasswordVerificationResult.Failed)
        {
            return Refusal.Invalid("present password", "is not right");
        }

        if (people.SetPassword(person, request.Wanted) is { } fault)
        {
            return fault;
        }

        people.Note(request.Actor, "person.change-password", person, "");
        return await db.CommitWith(PersonRow.Of(person), cancellationToken);
    }
}

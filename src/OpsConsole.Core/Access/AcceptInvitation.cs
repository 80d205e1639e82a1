using System.Security.Cryptography;
using System.Text;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Somebody follows the link that an administrator handed them, and chooses their own password. Not guarded: the link is what lets them in, once.</summary>
/// <param name="PersonId">From the link, for which the host vouches.</param>
/// <param name="Stamp">From the link; another one since then ends it.</param>
/// <param name="Password">As they chose it.</param>
public sealed record AcceptInvitation(Guid PersonId, string Stamp, string Password) : IRequest<Outcome<PersonRow>>;

/// <summary>A way in for somebody who has no password, or no longer: good once, and until another is made.</summary>
/// <param name="PersonId">Whose.</param>
/// <param name="Email">Whose.</param>
/// <param name="Stamp">Goes into the link.</param>
public sealed record Invitation(Guid PersonId, string Email, string Stamp);

internal sealed class AcceptInvitationHandler(OpsDb db, People people) : IRequestHandler<AcceptInvitation, Outcome<PersonRow>>
{
    private static readonly Refusal s_used = Refusal.Conflict("access.invitation-used", "This link was used already, or a newer one was made. Ask an administrator for another.");

    public async Task<Outcome<PersonRow>> Handle(AcceptInvitation request, CancellationToken cancellationToken)
    {
        if (await people.Find(request.PersonId, cancellationToken) is not { Disabled: false, PasswordHash: null, SecurityStamp: { } stamp } person
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(stamp), Encoding.UTF8.GetBytes(request.Stamp)))
        {
            return s_used;
        }

        if (people.SetPassword(person, request.Password) is { } fault)
        {
            return fault;
        }

        people.Note(person.ToActor(), "person.accept", person, "chose a password");
        var saved = await db.CommitWith(PersonRow.Of(person), cancellationToken);
        return saved.Refusal is { IsRaced: true } ? s_used : saved;
    }
}

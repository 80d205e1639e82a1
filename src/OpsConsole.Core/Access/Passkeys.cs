using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Whether one may add a passkey now, and to which account it will belong.</summary>
public sealed record StartPasskey(Actor Actor) : IRequest<Outcome<PasskeyOwner>>, IStepUp
{
    public bool Fully => true;
}

/// <summary>Adds a passkey that the host has verified.</summary>
public sealed record AddPasskey(UserPasskeyInfo Passkey, string Name, Actor Actor) : IRequest<Outcome<PasskeyRow>>, IStepUp
{
    public bool Fully => true;
}

/// <summary>A passkey was shown: its counter is kept, so that a copy of it is noticed. Not guarded: only the sign-in sends it, after it has looked.</summary>
public sealed record NotePasskeyUsed(UserPasskeyInfo Passkey) : IRequest<Outcome<PasskeyRow>>;

/// <param name="PersonId">Whose.</param>
/// <param name="Email">As the authenticator shows it.</param>
/// <param name="Name">As others read it.</param>
public sealed record PasskeyOwner(Guid PersonId, string Email, string Name);

/// <summary>Names one of one's own passkeys, so that two can be told apart.</summary>
public sealed record RenamePasskey(string Id, string Name, Actor Actor) : IRequest<Outcome<PasskeyRow>>;

/// <summary>Takes one of one's own away.</summary>
public sealed record RemovePasskey(string Id, Actor Actor) : IRequest<Outcome<PasskeyRow>>, IStepUp
{
    public bool Fully => true;
}

internal static class Passkeys
{
    public static PasskeyRow Row(IdentityUserPasskey<Guid> passkey) =>
        new(Base64Url.EncodeToString(passkey.CredentialId), passkey.Data.Name ?? "Passkey", passkey.Data.CreatedAt);
}

internal sealed class PasskeyHandler(OpsDb db, People people)
    : IRequestHandler<StartPasskey, Outcome<PasskeyOwner>>, IRequestHandler<AddPasskey, Outcome<PasskeyRow>>, IRequestHandler<RenamePasskey, Outcome<PasskeyRow>>,
        IRequestHandler<RemovePasskey, Outcome<PasskeyRow>>, IRequestHandler<NotePasskeyUsed, Outcome<PasskeyRow>>
{
    private const int LongestName = 60;
    private static readonly Refusal s_badName = Refusal.Invalid("name", $"must have 1 to {LongestName} characters");

    public async Task<Outcome<PasskeyOwner>> Handle(StartPasskey request, CancellationToken cancellationToken) =>
        await Owner(request.Actor, cancellationToken) is { } person ? new PasskeyOwner(person.Id, person.Email ?? "", person.DisplayName) : Refusal.NotFound("This account");

    public async Task<Outcome<PasskeyRow>> Handle(AddPasskey request, CancellationToken cancellationToken)
    {
        if (await Owner(request.Actor, cancellationToken) is not { } person)
        {
            return Refusal.NotFound("This account");
        }

        if (!IsName(request.Name))
        {
            return s_badName;
        }

        var made = request.Passkey;
        var passkey = new IdentityUserPasskey<Guid>
        {
            UserId = person.Id,
            CredentialId = made.CredentialId,
            Data = new()
            {
                Name = request.Name.Trim(), CreatedAt = made.CreatedAt, PublicKey = made.PublicKey, SignCount = made.SignCount, Transports = made.Transports, IsUserVerified = made.IsUserVerified,
                IsBackupEligible = made.IsBackupEligible, IsBackedUp = made.IsBackedUp, AttestationObject = made.AttestationObject, ClientDataJson = made.ClientDataJson,
            },
        };
        db.Passkeys.Add(passkey);
        people.Note(request.Actor, "passkey.enrol", person, passkey.Data.Name);
        return await db.CommitWith(Passkeys.Row(passkey), cancellationToken);
    }

    public Task<Outcome<PasskeyRow>> Handle(RenamePasskey request, CancellationToken cancellationToken) => IsName(request.Name)
        ? With(request.Id, request.Actor, "passkey.rename", passkey => passkey.Data.Name = request.Name.Trim(), cancellationToken)
        : Task.FromResult(Outcome<PasskeyRow>.Refused(s_badName));

    public Task<Outcome<PasskeyRow>> Handle(RemovePasskey request, CancellationToken cancellationToken) =>
        With(request.Id, request.Actor, "passkey.remove", passkey => db.Passkeys.Remove(passkey), cancellationToken);

    public async Task<Outcome<PasskeyRow>> Handle(NotePasskeyUsed request, CancellationToken cancellationToken)
    {
        if (await db.Passkeys.SingleOrDefaultAsync(p => p.CredentialId == request.Passkey.CredentialId, cancellationToken) is not { } passkey)
        {
            return Refusal.NotFound("This passkey");
        }

        (passkey.Data.SignCount, passkey.Data.IsBackedUp) = (request.Passkey.SignCount, request.Passkey.IsBackedUp);
        return await db.CommitWith(Passkeys.Row(passkey), cancellationToken);
    }

    private static bool IsName(string name) => name.Trim().Length is > 0 and <= LongestName;

    private async Task<Person?> Owner(Actor actor, CancellationToken cancellationToken) => Guid.TryParse(actor.Id, out var id) ? await people.Find(id, cancellationToken) : null;

    private async Task<Outcome<PasskeyRow>> With(string id, Actor actor, string action, Action<IdentityUserPasskey<Guid>> change, CancellationToken cancellationToken)
    {
        if (!Base64Url.IsValid(id) || await Owner(actor, cancellationToken) is not { } person)
        {
            return Refusal.NotFound("This passkey");
        }

        var credential = Base64Url.DecodeFromChars(id);
        if (await db.Passkeys.SingleOrDefaultAsync(p => p.CredentialId == credential && p.UserId == person.Id, cancellationToken) is not { } passkey)
        {
            return Refusal.NotFound("This passkey");
        }

        change(passkey);
        people.Note(actor, action, person, passkey.Data.Name ?? "Passkey");
        return await db.CommitWith(Passkeys.Row(passkey), cancellationToken);
    }
}

using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>Names one of one's own passkeys, so that two can be told apart.</summary>
public sealed record RenamePasskey(string Id, string Name, Actor Actor) : IRequest<Outcome<PasskeyRow>>;

/// <summary>Takes one of one's own away.</summary>
public sealed record RemovePasskey(string Id, Actor Actor) : IRequest<Outcome<PasskeyRow>>, IStepUp;

internal static class Passkeys
{
    public static PasskeyRow Row(IdentityUserPasskey<Guid> passkey) =>
        new(Base64Url.EncodeToString(passkey.CredentialId), passkey.Data.Name ?? "Passkey", passkey.Data.CreatedAt);
}

internal sealed class PasskeyHandler(OpsDb db, People people) : IRequestHandler<RenamePasskey, Outcome<PasskeyRow>>, IRequestHandler<RemovePasskey, Outcome<PasskeyRow>>
{
    private const int LongestName = 60;

    public Task<Outcome<PasskeyRow>> Handle(RenamePasskey request, CancellationToken cancellationToken)
    {
        var name = request.Name.Trim();
        return name.Length is 0 or > LongestName
            ? Task.FromResult(Outcome<PasskeyRow>.Refused(Refusal.Invalid("name", $"must have 1 to {LongestName} characters")))
            : With(request.Id, request.Actor, "passkey.rename", passkey => passkey.Data.Name = name, cancellationToken);
    }

    public Task<Outcome<PasskeyRow>> Handle(RemovePasskey request, CancellationToken cancellationToken) =>
        With(request.Id, request.Actor, "passkey.remove", passkey => db.Passkeys.Remove(passkey), cancellationToken);

    private async Task<Outcome<PasskeyRow>> With(string id, Actor actor, string action, Action<IdentityUserPasskey<Guid>> change, CancellationToken cancellationToken)
    {
        if (!Base64Url.IsValid(id) || !Guid.TryParse(actor.Id, out var owner) || await people.Find(owner, cancellationToken) is not { } person)
        {
            return Refusal.NotFound("This passkey");
        }

        var credential = Base64Url.DecodeFromChars(id);
        if (await db.Passkeys.SingleOrDefaultAsync(p => p.CredentialId == credential && p.UserId == owner, cancellationToken) is not { } passkey)
        {
            return Refusal.NotFound("This passkey");
        }

        change(passkey);
        people.Note(actor, action, person, passkey.Data.Name ?? "Passkey");
        return await db.CommitWith(Passkeys.Row(passkey), cancellationToken);
    }
}

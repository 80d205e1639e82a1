using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>What a person shows to prove who they are, and whether it is right. Says nothing of how often it may be tried: <see cref="SignInThrottle"/> does.</summary>
internal sealed class Factors(OpsDb db, IPasswordHasher<Person> hasher, [FromKeyedServices(SecondFactor.Box)] ISecretBox box, TimeProvider clock)
{
    // Verified against where there is no such account, so that both take the same time.
    private static string? s_nobodysHash;

    /// <summary>True when it is this person's password; nobody has none, which takes as long.</summary>
    public bool IsPassword(Person? person, string password)
    {
        var verified = hasher.VerifyHashedPassword(person ?? new Person(), person?.PasswordHash ?? NobodysHash(), password);
        if (person?.PasswordHash is null || verified is PasswordVerificationResult.Failed)
        {
            return false;
        }

        if (verified is PasswordVerificationResult.SuccessRehashNeeded)
        {
            person.PasswordHash = hasher.HashPassword(person, password);
        }

        return true;
    }

    private string NobodysHash() => s_nobodysHash ??= hasher.HashPassword(new Person(), Guid.NewGuid().ToString());

    /// <summary>The person's authenticator app, confirmed or not.</summary>
    public Task<SecondFactor?> Find(Guid person, CancellationToken cancellationToken) =>
        db.SecondFactors.SingleOrDefaultAsync(f => f.PersonId == person, cancellationToken);

    /// <summary>True when the code is right; it is used up once this is saved.</summary>
    public bool IsCode(SecondFactor? factor, string code) => factor is not null && factor.Take(box.Unprotect(factor.Secret), code, clock.GetUtcNow());

    /// <summary>A new secret in place of one that was never confirmed.</summary>
    public string Renew(Guid person, SecondFactor? unconfirmed)
    {
        var secret = Totp.MakeSecret();
        if (unconfirmed is null)
        {
            db.SecondFactors.Add(new SecondFactor { PersonId = person, Secret = box.Protect(secret) });
        }
        else
        {
            unconfirmed.Secret = box.Protect(secret);
        }

        return secret;
    }
}

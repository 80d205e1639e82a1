using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using OpsConsole.Access;

namespace OpsConsole.Web.Access;

/// <summary>Speaks WebAuthn with the browser. What was asked waits in a sealed cookie of a few minutes, so that any node takes the answer.</summary>
internal sealed class PasskeyDesk(IPasskeyHandler<Person> passkeys, IDataProtectionProvider protection)
{
    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("OpsConsole.Passkey").ToTimeLimitedDataProtector();

    /// <summary>What an authenticator needs to make a passkey for this account.</summary>
    public async Task<string> AskToMake(PasskeyOwner owner, HttpContext http)
    {
        var asked = await passkeys.MakeCreationOptionsAsync(new() { Id = owner.PersonId.ToString(), Name = owner.Email, DisplayName = owner.Name }, http);
        Keep(http, asked.AttestationState);
        return asked.CreationOptionsJson;
    }

    /// <summary>The passkey that was made for this account, or nothing: it was not asked for, or is not what it says.</summary>
    public async Task<UserPasskeyInfo?> Made(Guid person, string credential, HttpContext http)
    {
        var result = await passkeys.PerformAttestationAsync(new() { HttpContext = http, CredentialJson = credential, AttestationState = Kept(http) });
        return result.Succeeded && result.UserEntity.Id == person.ToString() ? result.Passkey : null;
    }

    /// <summary>What an authenticator needs to show a passkey, of whomever.</summary>
    public async Task<string> AskToShow(HttpContext http)
    {
        var asked = await passkeys.MakeRequestOptionsAsync(null, http);
        Keep(http, asked.AssertionState);
        return asked.RequestOptionsJson;
    }

    /// <summary>Whose passkey was shown, or nobody's.</summary>
    public async Task<(Person Person, UserPasskeyInfo Passkey)?> Shown(string credential, HttpContext http)
    {
        var result = await passkeys.PerformAssertionAsync(new() { HttpContext = http, CredentialJson = credential, AssertionState = Kept(http) });
        return result.Succeeded ? (result.User, result.Passkey) : null;
    }

    private void Keep(HttpContext http, string? state) => AccessCookies.Give(http, AccessCookies.Passkey, _protector.Protect(state ?? "", s_life), s_life);

    // What was asked is answered once.
    private string? Kept(HttpContext http)
    {
        AccessCookies.Take(http, AccessCookies.Passkey);
        try
        {
            return http.Request.Cookies[AccessCookies.Passkey] is { Length: > 0 } cookie ? _protector.Unprotect(cookie) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

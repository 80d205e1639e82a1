using System.Net;
using Microsoft.AspNetCore.Identity;
using OpsConsole.Access;

namespace OpsConsole.Web.Access;

/// <summary>Lets people in, or says why not. A wrong address and a wrong password read alike and take the same time; only a lock-out is told.</summary>
internal sealed class SignInDesk(SignInManager<Person> signIn, UserManager<Person> people, TimeProvider clock, ILogger<SignInDesk> log)
{
    private const string Wrong = "Address or password is not right.";

    // Verified against when there is no such account, so that both take the same time.
    private static readonly Lazy<string> s_nobodysHash = new(() => new PasswordHasher<Person>().HashPassword(new Person(), Guid.NewGuid().ToString()));

    /// <summary>Nothing when they are in, else a sentence.</summary>
    public async Task<string?> SignIn(string email, string password, HttpContext http)
    {
        if (Insecure(http) is { } insecure)
        {
            return insecure;
        }

        if (await people.FindByNameAsync(email.Trim()) is not { } person)
        {
            people.PasswordHasher.VerifyHashedPassword(new Person(), s_nobodysHash.Value, password);
            log.SignInRefused("no such account");
            return Wrong;
        }

        var checkedPassword = await signIn.CheckPasswordSignInAsync(person, password, lockoutOnFailure: true);
        if (checkedPassword.IsLockedOut)
        {
            log.SignInRefused("locked out");
            return $"Too many wrong passwords. Try again in {Math.Ceiling(((person.LockoutEnd ?? clock.GetUtcNow()) - clock.GetUtcNow()).TotalMinutes):0} min, or ask an administrator.";
        }

        if (!checkedPassword.Succeeded)
        {
            log.SignInRefused("wrong password");
            return Wrong;
        }

        if (person.Disabled)
        {
            log.SignInRefused("closed account");
            return "This account is closed. Ask an administrator.";
        }

        person.LastSeenAt = clock.GetUtcNow();
        await people.UpdateAsync(person);
        await signIn.SignInAsync(person, isPersistent: false);
        log.SignedIn(person.Id);
        return null;
    }

    /// <summary>Passwords travel over HTTPS or not at all; on this machine itself plain HTTP will do.</summary>
    public static string? Insecure(HttpContext http)
    {
        var remote = http.Connection.RemoteIpAddress;
        return http.Request.IsHttps || (remote is not null && IPAddress.IsLoopback(remote))
            ? null
            : "People can sign in over HTTPS only. Open the console by its https address, or have the proxy in front of it named as trusted.";
    }

    /// <summary>Only an address of this console: one that leads elsewhere is a trap.</summary>
    public static string LocalOr(string? address, string otherwise) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) ? address : otherwise;
}

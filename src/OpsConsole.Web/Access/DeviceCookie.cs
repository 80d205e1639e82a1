using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace OpsConsole.Web.Access;

/// <summary>
/// Remembers on a device who signed in there before, sealed so that nobody makes one: the tries of such a device are counted apart, and no guesser elsewhere locks its
/// owner out. It opens nothing by itself.
/// </summary>
internal sealed class DeviceCookie(IDataProtectionProvider protection)
{
    private const int Most = 5;
    private static readonly TimeSpan s_life = TimeSpan.FromDays(180);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("OpsConsole.Device").ToTimeLimitedDataProtector();

    /// <summary>What tells this device from others, when the account signed in on it before.</summary>
    public string? Known(HttpContext http, string email) => Read(http).FirstOrDefault(one => one.Account == Account(email)).Device;

    /// <summary>The account signed in here.</summary>
    public void Remember(HttpContext http, string email)
    {
        var kept = Read(http);
        var mine = kept.FirstOrDefault(one => one.Account == Account(email)).Device ?? RandomNumberGenerator.GetHexString(32, lowercase: true);
        var all = kept.Where(one => one.Account != Account(email)).Prepend((Account: Account(email), Device: mine)).Take(Most);
        AccessCookies.Give(http, AccessCookies.Device, _protector.Protect(string.Join(';', all.Select(one => $"{one.Account}:{one.Device}")), s_life), s_life);
    }

    private static string Account(string email) => Ids.Key([email.Trim().ToUpperInvariant()]).ToString("n");

    private List<(string Account, string Device)> Read(HttpContext http)
    {
        try
        {
            return http.Request.Cookies[AccessCookies.Device] is { Length: > 0 } cookie
                ? [.. _protector.Unprotect(cookie).Split(';').Select(one => one.Split(':')).Select(pair => (pair[0], pair[1]))]
                : [];
        }
        catch (CryptographicException)
        {
            return [];              // too old, or of another console: an unknown device
        }
    }
}

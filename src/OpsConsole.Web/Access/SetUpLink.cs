using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace OpsConsole.Web.Access;

/// <summary>The link by which the first administrator is made when the environment names none: printed at the start, good for a day, of use to nobody once an account exists.</summary>
internal sealed class SetUpLink(IDataProtectionProvider protection)
{
    private const string Says = "first administrator";

    private static readonly TimeSpan s_life = TimeSpan.FromDays(1);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("OpsConsole.SetUp").ToTimeLimitedDataProtector();

    public string Path() => $"/set-up?token={Uri.EscapeDataString(_protector.Protect(Says, s_life))}";

    public bool IsGenuine(string? token)
    {
        try
        {
            return token is { Length: > 0 } && _protector.Unprotect(token) == Says;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}

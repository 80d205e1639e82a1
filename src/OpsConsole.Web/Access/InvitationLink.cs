using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using OpsConsole.Access;

namespace OpsConsole.Web.Access;

/// <summary>The link by which somebody chooses their password: sealed, good for a day, and once, because choosing one changes the stamp that it carries.</summary>
public sealed class InvitationLink(IDataProtectionProvider protection)
{
    private static readonly TimeSpan s_life = TimeSpan.FromDays(1);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("OpsConsole.Invitation").ToTimeLimitedDataProtector();

    public string Path(Invitation invitation)
    {
        ArgumentNullException.ThrowIfNull(invitation);
        return $"/invitation?token={Uri.EscapeDataString(_protector.Protect($"{invitation.PersonId} {invitation.Stamp} {invitation.Email}", s_life))}";
    }

    public Invitation? Read(string? token)
    {
        try
        {
            return token is { Length: > 0 } && _protector.Unprotect(token).Split(' ', 3) is [var id, var stamp, var email] ? new Invitation(Guid.Parse(id), email, stamp) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

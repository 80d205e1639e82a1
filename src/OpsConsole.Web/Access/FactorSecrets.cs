using Microsoft.AspNetCore.DataProtection;

namespace OpsConsole.Web.Access;

/// <summary>Secrets of second factors under Data Protection, apart from all others: what opens targets' secrets does not open these.</summary>
internal sealed class FactorSecrets(IDataProtectionProvider protection) : ISecretBox
{
    private readonly IDataProtector _protector = protection.CreateProtector("OpsConsole.SecondFactor");

    public string Protect(string secret) => _protector.Protect(secret);

    public string Unprotect(string kept) => _protector.Unprotect(kept);
}

using Microsoft.AspNetCore.DataProtection;

namespace OpsConsole.Web.Replay;

/// <summary>Targets' secrets under Data Protection, whose keys are in the database: every node reads them, a copy of the table alone does not.</summary>
internal sealed class ProtectedSecrets(IDataProtectionProvider protection) : ISecretBox
{
    private readonly IDataProtector _protector = protection.CreateProtector("OpsConsole.Replay.TargetSecret");

    public string Protect(string secret) => _protector.Protect(secret);

    public string Unprotect(string kept) => _protector.Unprotect(kept);
}

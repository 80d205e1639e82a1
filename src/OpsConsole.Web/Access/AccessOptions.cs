using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpsConsole.Web.Access;

/// <summary>Who may sign in first, from the environment. Read once, at the start.</summary>
internal sealed record AccessOptions(string? AdministratorEmail, string? AdministratorPassword, string? DemoPassword)
{
    public const string EmailName = "OPSCONSOLE_ADMIN_EMAIL";
    public const string PasswordName = "OPSCONSOLE_ADMIN_PASSWORD";
    public const string DemoName = "OPSCONSOLE_DEMO_PASSWORD";
    private const string CertificateSection = "Keys";
    private const string CertificateName = $"{CertificateSection}:CertificateFile";

    public static AccessOptions From(IConfiguration configuration, IHostEnvironment host) => new(
        Text(configuration[EmailName]),
        Text(configuration[PasswordName]),
        host.IsDevelopment() ? Text(configuration[DemoName]) : null);

    /// <summary>
    /// The certificate that Data Protection's keys are encrypted with in the database (<c>Keys:CertificateFile</c>, PKCS #12, its password in
    /// <c>Keys:CertificatePassword</c>), so that who reads the database alone reads no secret in it. Nothing: they lie there as they are.
    /// </summary>
    /// <exception cref="CryptographicException">The file is none, or the password is not its own.</exception>
    public static X509Certificate2? KeyCertificate(IConfiguration configuration) =>
        Text(configuration[CertificateName]) is { } file ? X509CertificateLoader.LoadPkcs12FromFile(file, configuration[$"{CertificateSection}:CertificatePassword"]) : null;

    /// <summary>What is wrong with the settings, a sentence each.</summary>
    public static IEnumerable<string> Faults(IConfiguration configuration, IHostEnvironment host)
    {
        var (email, password) = (Text(configuration[EmailName]), Text(configuration[PasswordName]));
        if (email is null != password is null)
        {
            yield return $"{EmailName} and {PasswordName} belong together; only one of them is set.";
        }

        if (email is not null && password is not null && OpsConsole.Access.Passwords.Fault(password, email) is { } fault)
        {
            yield return $"{PasswordName}: {fault.Message}.";
        }

        if (CertificateFault(configuration) is { } unreadable)
        {
            yield return unreadable;
        }

        if (Text(configuration[DemoName]) is not null && !host.IsDevelopment())
        {
            yield return $"{DemoName} makes demo accounts and counts in Development only; remove it.";
        }
    }

    private static string? CertificateFault(IConfiguration configuration)
    {
        try
        {
            return KeyCertificate(configuration) is { HasPrivateKey: false } ? $"{CertificateName}: the certificate has no private key." : null;
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return $"{CertificateName} cannot be read: {failure.Message}";
        }
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}

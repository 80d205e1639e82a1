namespace OpsConsole.Web.Access;

/// <summary>Who may sign in first, from the environment. Read once, at the start.</summary>
internal sealed record AccessOptions(string? AdministratorEmail, string? AdministratorPassword, string? DemoPassword)
{
    public const string EmailName = "OPSCONSOLE_ADMIN_EMAIL";
    public const string PasswordName = "OPSCONSOLE_ADMIN_PASSWORD";
    public const string DemoName = "OPSCONSOLE_DEMO_PASSWORD";

    public static AccessOptions From(IConfiguration configuration, IHostEnvironment host) => new(
        Text(configuration[EmailName]),
        Text(configuration[PasswordName]),
        host.IsDevelopment() ? Text(configuration[DemoName]) : null);

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

        if (Text(configuration[DemoName]) is not null && !host.IsDevelopment())
        {
            yield return $"{DemoName} makes demo accounts and counts in Development only; remove it.";
        }
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}

using System.Text.RegularExpressions;
using OpsConsole.Outgoing;
using OpsConsole.Web.Access;

namespace OpsConsole.Web.Shell;

/// <summary>Looks over the settings before anything starts, so that every fault is told at once, and prints them for <c>check</c>.</summary>
internal static partial class Settings
{
    private const string SecretsFolder = "OPSCONSOLE_SECRETS";

    private static readonly string[] s_shown = ["Database", "ConnectionStrings", "Intake", "Lanes", "Reporting", "Approval", "Targets", "Flows", "Rates", "Proxies", "Outgoing", "Keys", "Limits", "SignIn", "Audit", "Mail", "Notify", "Sla", "Retention", "OPSCONSOLE", "ASPNETCORE", "URLS", "Kestrel", "RabbitMq", "Shutdown"];

    /// <summary>
    /// Reads settings from files too, one each, named like the setting (<c>ConnectionStrings__OpsConsole</c>), as containers are handed their
    /// secrets: from the folder that <c>OPSCONSOLE_SECRETS</c> names. They count more than the environment.
    /// </summary>
    public static void AddSecretFiles(this ConfigurationManager configuration)
    {
        if (configuration[SecretsFolder] is { Length: > 0 } folder)
        {
            configuration.AddKeyPerFile(folder, optional: false);
        }
    }

    public static IReadOnlyList<string> Faults(IConfiguration configuration, IHostEnvironment host) =>
        [.. Databases.Faults(configuration), .. Proxies.Faults(configuration), .. OutgoingRules.Faults(configuration), .. AccessOptions.Faults(configuration, host)];

    /// <summary>The effective settings as <c>name = value</c>, secrets masked.</summary>
    public static IEnumerable<string> Print(IConfiguration configuration) =>
        from setting in configuration.AsEnumerable()
        where setting.Value is not null && s_shown.Any(prefix => setting.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        orderby setting.Key
        select $"{setting.Key} = {Mask(setting.Key, setting.Value!)}";

    private static string Mask(string name, string value) =>
        Secret().IsMatch(name) ? "********" : UriPassword().Replace(PasswordPart().Replace(value, "$1=********"), "$1********@");

    [GeneratedRegex("password|secret|key$|_key|token", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex(@"(password|pwd)\s*=\s*[^;]*", RegexOptions.IgnoreCase)]
    private static partial Regex PasswordPart();

    [GeneratedRegex(@"(://[^:/@\s]*:)[^/\s]*@")]
    private static partial Regex UriPassword();
}

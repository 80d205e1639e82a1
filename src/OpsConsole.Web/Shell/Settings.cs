using System.Text.RegularExpressions;
using OpsConsole.Web.Access;

namespace OpsConsole.Web.Shell;

/// <summary>Looks over the settings before anything starts, so that every fault is told at once, and prints them for <c>check</c>.</summary>
internal static partial class Settings
{
    private static readonly string[] s_shown = ["Database", "ConnectionStrings", "Intake", "Lanes", "Reporting", "Approval", "Targets", "Flows", "Rates", "Proxies", "Mail", "Notify", "Sla", "OPSCONSOLE", "ASPNETCORE", "URLS", "Kestrel", "RabbitMq", "Shutdown"];

    public static IReadOnlyList<string> Faults(IConfiguration configuration, IHostEnvironment host) =>
        [.. Databases.Faults(configuration), .. Proxies.Faults(configuration), .. AccessOptions.Faults(configuration, host)];

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

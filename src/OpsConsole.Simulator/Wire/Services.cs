using System.Diagnostics;

namespace OpsConsole.Simulator.Wire;

/// <summary>The four services of the company. Each has a source of spans of its own, and is a service of its own to the console.</summary>
internal static class Services
{
    public const string Crm = "crm";
    public const string Middleware = "middleware";
    public const string Erp = "erp";
    public const string Billing = "billing";

    public static readonly IReadOnlyList<string> All = [Crm, Middleware, Erp, Billing];

    private static readonly Dictionary<string, ActivitySource> s_sources =
        All.ToDictionary(name => name, name => new ActivitySource(SourceName(name), "1.0.0"), StringComparer.Ordinal);

    public static string SourceName(string service) => $"OpsConsole.Simulator.{service}";

    public static ActivitySource Source(string service) => s_sources[service];

    /// <summary>How the CloudEvents of a service are signed.</summary>
    public static string EventSource(string service) => $"urn:simulator:{service}";
}

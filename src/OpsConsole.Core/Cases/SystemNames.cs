namespace OpsConsole.Cases;

/// <summary>How people write the names of well-known systems; others are shown as they were said.</summary>
public static class SystemNames
{
    private static readonly Dictionary<string, string> s_known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["netsuite"] = "NetSuite",
        ["salesforce"] = "Salesforce",
        ["stripe"] = "Stripe",
        ["sap"] = "SAP",
        ["erp"] = "the ERP",
        ["crm"] = "the CRM",
        ["billing"] = "the billing system",
        ["warehouse"] = "the warehouse",
        ["carrier"] = "the carrier",
        ["webshop"] = "the web shop",
    };

    public static string Of(string system) => s_known.GetValueOrDefault(system, system);

    /// <summary>The same at the beginning of a sentence.</summary>
    public static string Capital(string system) => Of(system) is { Length: > 0 } name ? char.ToUpperInvariant(name[0]) + name[1..] : system;
}

using System.Text;

namespace OpsConsole.Web.Parts;

/// <summary>Names of systems, types and fields as people write them, from how programs write them.</summary>
public static class Words
{
    // Brands have spellings of their own; what is not here gets a capital letter.
    private static readonly Dictionary<string, string> s_brands = new(StringComparer.OrdinalIgnoreCase)
    {
        ["salesforce"] = "Salesforce",
        ["netsuite"] = "NetSuite",
        ["sap"] = "SAP",
        ["hubspot"] = "HubSpot",
        ["quickbooks"] = "QuickBooks",
        ["crm"] = "CRM",
        ["erp"] = "ERP",
        ["psa"] = "PSA",
    };

    /// <summary><c>netsuite</c> is NetSuite.</summary>
    public static string System(string system) => s_brands.TryGetValue(system, out var brand) ? brand : Sentence(system);

    /// <summary><c>taxProfile</c>, <c>tax-profile</c> and <c>TAX_PROFILE</c> are "tax profile".</summary>
    public static string Of(string name)
    {
        var words = new StringBuilder();
        for (var at = 0; at < name.Length; at++)
        {
            var letter = name[at];
            var begins = char.IsUpper(letter) && at > 0 && char.IsLower(name[at - 1]);
            words.Append(begins ? " " : "").Append(letter is '-' or '_' or '.' ? ' ' : char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    /// <summary>The same with a capital in front: "Tax profile".</summary>
    public static string Sentence(string name) => Of(name) is { Length: > 0 } words ? char.ToUpperInvariant(words[0]) + words[1..] : "";
}

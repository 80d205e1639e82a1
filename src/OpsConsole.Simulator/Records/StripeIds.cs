using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Simulator.Records;

/// <summary>Billing's own names for objects: <c>in_1M…</c>. Computed, so that any service and any run finds the same.</summary>
internal static class StripeIds
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789";

    public static string Of(string type, string id)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{type}/{id}"));
        return $"{Prefix(type)}_1M{string.Concat(hash.Take(14).Select(b => Letters[b % Letters.Length]))}";
    }

    private static string Prefix(string type) => type switch
    {
        "invoice" => "in",
        "payment" => "pi",
        "customer" => "cus",
        _ => "acct",
    };
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Replay.Targets;

/// <summary>Signs after Standard Webhooks: HMAC-SHA256 over <c>id.timestamp.body</c>, told as <c>v1,base64</c>.</summary>
internal static class WebhookSignature
{
    private const string Prefix = "whsec_";

    public static string Of(string secret, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}."));
        byte[] signed = [.. head, .. body];
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Key(secret), signed))}";
    }

    /// <summary>True for what other Standard Webhooks libraries take too: <c>whsec_</c> and base64 of 24 to 64 bytes.</summary>
    public static bool IsSecret(string secret) =>
        secret.StartsWith(Prefix, StringComparison.Ordinal)
        && Convert.TryFromBase64String(secret[Prefix.Length..], new byte[secret.Length], out var size)
        && size is >= 24 and <= 64;

    private static byte[] Key(string secret) => Convert.FromBase64String(secret[Prefix.Length..]);
}

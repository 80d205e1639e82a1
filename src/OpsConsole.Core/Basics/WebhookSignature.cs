using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Basics;

/// <summary>Signs after Standard Webhooks: HMAC-SHA256 over <c>id.timestamp.body</c>, told as <c>v1,base64</c>.</summary>
public static class WebhookSignature
{
    private const string Prefix = "whsec_";
    private const string Scheme = "v1,";
    private const int NewSecretBytes = 32;

    public static string Of(string secret, string id, DateTimeOffset at, ReadOnlySpan<byte> body) => Say(Mac(secret, id, at.ToUnixTimeSeconds(), body));

    /// <summary>The bytes that a secret stands for.</summary>
    internal static byte[] Key(string secret) => Convert.FromBase64String(secret[Prefix.Length..]);

    internal static string Say(byte[] mac) => $"{Scheme}{Convert.ToBase64String(mac)}";

    /// <summary>True for what other Standard Webhooks libraries take too: <c>whsec_</c> and base64 of 24 to 64 bytes.</summary>
    public static bool IsSecret(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[Prefix.Length..], new byte[secret.Length], out var size)
            && size is >= 24 and <= 64;
    }

    public static string NewSecret() => $"{Prefix}{Convert.ToBase64String(RandomNumberGenerator.GetBytes(NewSecretBytes))}";

    private static byte[] Mac(string secret, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Key(secret));
        mac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }
}

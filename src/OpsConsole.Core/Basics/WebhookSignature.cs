using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Basics;

/// <summary>Signs and verifies after Standard Webhooks: HMAC-SHA256 over <c>id.timestamp.body</c>, told as <c>v1,base64</c>.</summary>
public static class WebhookSignature
{
    private const string Prefix = "whsec_";
    private const string Scheme = "v1,";
    private const int NewSecretBytes = 32;

    public static string Of(string secret, string id, DateTimeOffset at, ReadOnlySpan<byte> body) =>
        $"{Scheme}{Convert.ToBase64String(Mac(secret, id, at.ToUnixTimeSeconds(), body))}";

    /// <summary>True when one of the signatures (parted by blanks, as <c>webhook-signature</c> tells them) is right under one of the secrets. Each is compared in constant time.</summary>
    /// <param name="secrets">Those that are alive: two while a sender changes over.</param>
    /// <param name="id"><c>webhook-id</c>.</param>
    /// <param name="timestamp"><c>webhook-timestamp</c>, in seconds since 1970.</param>
    /// <param name="body">The raw body.</param>
    /// <param name="signatures"><c>webhook-signature</c>. Schemes other than <c>v1</c> are passed over.</param>
    public static bool IsRight(IReadOnlyList<string> secrets, string id, long timestamp, ReadOnlySpan<byte> body, string signatures)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        ArgumentNullException.ThrowIfNull(signatures);
        var told = signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(one => one.StartsWith(Scheme, StringComparison.Ordinal)).ToList();
        var right = false;
        foreach (var secret in secrets)
        {
            var expected = Mac(secret, id, timestamp, body);
            foreach (var one in told)
            {
                var mac = new byte[one.Length];
                right |= Convert.TryFromBase64String(one[Scheme.Length..], mac, out var size) && CryptographicOperations.FixedTimeEquals(expected, mac.AsSpan(0, size));
            }
        }

        return right;
    }

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
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(secret[Prefix.Length..]));
        mac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }
}

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Access;

/// <summary>Codes that a phone computes from a shared secret and the time (RFC 6238: SHA-1, six digits, 30 seconds).</summary>
internal static class Totp
{
    private const int Seconds = 30;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>160 bits in base 32, as authenticator apps take it.</summary>
    public static string MakeSecret() => RandomNumberGenerator.GetString(Letters, 32);

    /// <summary>What the picture says: <c>otpauth://totp/…</c>.</summary>
    public static string Uri(string secret, string account) =>
        $"otpauth://totp/OpsConsole:{System.Uri.EscapeDataString(account)}?secret={secret}&issuer=OpsConsole&algorithm=SHA1&digits=6&period={Seconds}";

    /// <summary>The step of which this is the code, one before and one after now allowed for slow clocks; nothing: it is wrong, or no newer than <paramref name="last"/>.</summary>
    public static long? Match(string secret, string code, long last, DateTimeOffset now)
    {
        var present = now.ToUnixTimeSeconds() / Seconds;
        var given = Encoding.ASCII.GetBytes(code);
        long? found = null;
        for (var step = present - 1; step <= present + 1; step++)
        {
            if (step > last && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(secret, step)), given))
            {
                found = step;
            }
        }

        return found;
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "What authenticator apps compute; as a keyed hash it holds.")]
    internal static string Code(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
        HMACSHA1.HashData(Bytes(secret), counter, hash);
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash[(hash[^1] & 0xf)..]) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string secret)
    {
        var bytes = new byte[secret.Length * 5 / 8];
        var (buffer, bits, at) = (0, 0, 0);
        foreach (var letter in secret)
        {
            buffer = ((buffer << 5) | Letters.IndexOf(letter, StringComparison.Ordinal)) & 0xffff;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[at++] = (byte)(buffer >> bits);
            }
        }

        return bytes;
    }
}

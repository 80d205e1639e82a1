using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Audit;

/// <summary>Public keys that anchors may be signed with, and the bytes that are signed.</summary>
public sealed class AnchorKeys : IDisposable
{
    private readonly Dictionary<string, ECDsa> _keys = new(StringComparer.Ordinal);

    /// <param name="publicKeys">Each as SubjectPublicKeyInfo.</param>
    public AnchorKeys(IEnumerable<byte[]> publicKeys)
    {
        ArgumentNullException.ThrowIfNull(publicKeys);
        foreach (var one in publicKeys)
        {
            var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(one, out _);
            if (!_keys.TryAdd(IdOf(one), key))
            {
                key.Dispose();
            }
        }
    }

    public IReadOnlyCollection<string> Ids => _keys.Keys;

    public static string IdOf(byte[] publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey));

    /// <summary>Four lines: <c>opsconsole audit anchor 1</c>, the number, the chain in hexadecimal, the time; each ends with a line feed.</summary>
    public static byte[] Signed(long number, byte[] chain, DateTimeOffset at) => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"opsconsole audit anchor 1\n{number}\n{Convert.ToHexStringLower(chain)}\n{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}\n"));

    public bool Signed(AnchorLine anchor)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        return _keys.TryGetValue(anchor.KeyId, out var key)
            && key.VerifyData(Signed(anchor.Number, anchor.Chain, anchor.At), anchor.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }
}

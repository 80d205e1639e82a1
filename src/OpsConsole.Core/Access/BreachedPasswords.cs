using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace OpsConsole.Access;

/// <summary>
/// Passwords that guessers try first: the common ones, also dressed up, and those of known breaches where the settings name a file of them as the Have I Been Pwned
/// downloader writes it (lines <c>SHA1:count</c>, in the order of the hashes). The file has tens of gigabytes and is searched where it lies.
/// </summary>
internal sealed class BreachedPasswords(IOptions<SignInSettings> settings)
{
    private const int HashLength = 40;
    private const int LongestLine = 64;

    private static readonly Refusal s_common = Refusal.Invalid("password", "must not be one that many people use, nor two of those together; a few words that only you put in a row are good");
    private static readonly Refusal s_known = Refusal.Invalid("password", "must not be one that is known from a breach; choose another one, and change it wherever else you use it");
    private static readonly Lazy<HashSet<string>> s_list = new(Read);

    /// <summary>What is wrong with it, or nothing.</summary>
    public Refusal? Fault(string password) => IsCommon(password) ? s_common
        : settings.Value.BreachedPasswords is { Length: > 0 } file && IsIn(file, password) ? s_known
        : null;

    /// <summary>It is a common one, or two, whatever was put before, behind and instead of letters.</summary>
    internal static bool IsCommon(string password)
    {
        var plain = password.ToLowerInvariant();
        var bare = plain.Trim([.. "0123456789 !\"#$%&'()*+,-./:;<=>?@[]^_`{|}~"]);
        return new[] { plain, bare, Spelled(plain), Spelled(bare) }.Any(text => IsListed(text) || Enumerable.Range(1, Math.Max(0, text.Length - 1)).Any(at => IsListed(text[..at]) && IsListed(text[at..])));
    }

    // Too short to be told from part of a word: what is left of a good password may well end with "love".
    private static bool IsListed(string text) => text.Length >= 4 && s_list.Value.Contains(text);

    private static string Spelled(string text) => text.Replace('0', 'o').Replace('1', 'i').Replace('3', 'e').Replace('4', 'a').Replace('5', 's').Replace('7', 't').Replace('@', 'a').Replace('$', 's');

    private static HashSet<string> Read()
    {
        using var reader = new StreamReader(typeof(BreachedPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')];
    }

    // Between two places of which the first is before the line and the second behind it, ever nearer to each other.
    private static bool IsIn(string file, string password)
    {
        var wanted = Convert.ToHexString(Sha1(password));
        using var lines = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        var (low, high) = (0L, lines.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var (start, text) = LineAt(lines, middle);
            if (text.Length < HashLength)
            {
                high = middle;
                continue;
            }

            var order = string.CompareOrdinal(text[..HashLength].ToUpperInvariant(), wanted);
            if (order == 0)
            {
                return true;
            }

            (low, high) = order < 0 ? (start + text.Length + 1, high) : (low, Math.Min(middle, start));
        }

        return false;
    }

    // The line within which this place lies.
    private static (long Start, string Text) LineAt(FileStream lines, long place)
    {
        var from = Math.Max(0, place - LongestLine);
        var buffer = new byte[2 * LongestLine];
        lines.Seek(from, SeekOrigin.Begin);
        var read = lines.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var at = (int)(place - from);
        var start = buffer.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        var length = buffer.AsSpan(start, read - start).IndexOf((byte)'\n');
        return (from + start, Encoding.ASCII.GetString(buffer, start, length < 0 ? read - start : length));
    }

#pragma warning disable CA5350 // The lists of known breaches are kept by SHA-1; nothing is protected by it here.
    private static byte[] Sha1(string password) => SHA1.HashData(Encoding.UTF8.GetBytes(password));
#pragma warning restore CA5350
}

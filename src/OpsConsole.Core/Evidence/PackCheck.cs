using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using OpsConsole.Audit;

namespace OpsConsole.Evidence;

/// <summary>Verifies an evidence pack without a database: each file against the list, the list against its signature, and the stretch of the chain as any export.</summary>
public static class PackCheck
{
    internal const string Chain = "chain.ndjson";
    internal const string Key = "key.pem";
    internal const string Sums = "SHA256SUMS";
    internal const string Signature = "SHA256SUMS.sig";

    /// <param name="content">The zip.</param>
    /// <param name="anchors">Kept outside.</param>
    /// <param name="keys">Known to be the console's; none: the pack's own are taken.</param>
    /// <exception cref="InvalidDataException">It is no zip.</exception>
    public static ChainVerdict Verify(Stream content, IReadOnlyList<AnchorLine> anchors, IReadOnlyList<byte[]> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        var verdict = zip.GetEntry(Chain) is null
            ? ChainFile.Verify(() => [], anchors, keys)
            : ChainFile.Verify(() => Lines(zip), anchors, keys);
        List<ChainFault> faults = [.. Files(zip, keys), .. verdict.Faults];
        return verdict with { Faults = faults, FaultCount = verdict.FaultCount + faults.Count - verdict.Faults.Count };
    }

    /// <summary>What stands in every pack.</summary>
    internal static string Instructions(string about) =>
        $"""
         Evidence: {about}

         story.html tells it in words and opens in any browser without a network. The other files are what it is told from.

         To verify all of it with the console's own program, which needs no database and no settings:

             dotnet OpsConsole.Web.dll verify-audit THIS-FILE.zip --key KEY.pem --anchors ANCHORS.ndjson

         KEY.pem is the console's public key and ANCHORS.ndjson the anchors that were kept outside of it (a file, mails, a web-hook). Ask the company's auditor for
         both: those in this pack come from the same hand as the pack.

         By hand:

         1. Each file is as it was listed:             sha256sum -c SHA256SUMS
         2. The console signed the list:               openssl dgst -sha256 -verify key.pem -signature SHA256SUMS.sig SHA256SUMS
         3. The chain: chain.ndjson has one line for each place ("n"). With every number big-endian and every time in microseconds since 1970 (8 bytes):
            hash  = SHA-256( "OCA1", id (16), time (8), actorId, actor, action, subject, detail as length (4) and UTF-8, then 0 or 1 and the unit likewise )
            chain = SHA-256( chain of the line before (32), n (8), hash (32), sealed (8) )
            The first line's "chain" begins it, and a line with "withheld" tells only the hash of an entry that concerns somebody else.
         4. An anchor (lines with "anchor") is an ECDSA P-256 signature over four lines, each ended by a line feed:
            opsconsole audit anchor 1 / number / chain / time as 2026-11-20T09:30:00.123456Z
            Its chain is the chain at its number.

         """;

    private static IEnumerable<string> Lines(ZipArchive zip)
    {
        using var reader = new StreamReader(zip.GetEntry(Chain)!.Open());
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static IEnumerable<ChainFault> Files(ZipArchive zip, IReadOnlyList<byte[]> keys)
    {
        if (Read(zip, Sums) is not { } sums || Read(zip, Signature) is not { } signature || Read(zip, Key) is not { } own)
        {
            yield return new ChainFault(ChainFaultKind.Unreadable, null, null, $"The pack lacks {Sums}, {Signature} or {Key}.");
            yield break;
        }

        if (!IsSigned(sums, signature, keys.Count > 0 ? keys : Keys(Encoding.UTF8.GetString(own))))
        {
            yield return new ChainFault(ChainFaultKind.Forged, null, null, "The list of the pack's files is not signed by a known key.");
        }

        var listed = Encoding.UTF8.GetString(sums).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split("  ", 2)).Where(line => line.Length == 2).ToDictionary(line => line[1], line => line[0]);
        foreach (var (name, sum) in listed)
        {
            if (zip.GetEntry(name) is not { } entry)
            {
                yield return new ChainFault(ChainFaultKind.Missing, null, null, $"The pack's file {name} is gone.");
            }
            else if (SumOf(entry) != sum)
            {
                yield return new ChainFault(ChainFaultKind.Changed, null, null, $"The pack's file {name} was changed.");
            }
        }

        foreach (var entry in zip.Entries.Where(entry => !listed.ContainsKey(entry.FullName) && entry.FullName is not (Sums or Signature)))
        {
            yield return new ChainFault(ChainFaultKind.Inserted, null, null, $"The file {entry.FullName} was put into the pack afterwards.");
        }
    }

    private static string SumOf(ZipArchiveEntry entry)
    {
        using var file = entry.Open();
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static byte[]? Read(ZipArchive zip, string name)
    {
        if (zip.GetEntry(name) is not { } entry)
        {
            return null;
        }

        using var file = entry.Open();
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static bool IsSigned(byte[] bytes, byte[] signature, IEnumerable<byte[]> keys)
    {
        foreach (var one in keys)
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(one, out _);
            if (key.VerifyData(bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<byte[]> Keys(string pem)
    {
        for (var rest = pem; PemEncoding.TryFind(rest, out var found); rest = rest[found.Location.End..])
        {
            yield return Convert.FromBase64String(rest[found.Base64Data]);
        }
    }
}

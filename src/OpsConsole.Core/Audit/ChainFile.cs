using System.Text.Json;

namespace OpsConsole.Audit;

/// <summary>Verifies an export without a database. It reads the file twice: first what stands beside the chain (keys, anchors), then the chain.</summary>
public static class ChainFile
{
    /// <param name="lines">The file's lines, from its beginning at each call.</param>
    /// <param name="anchors">Kept outside; those of the file itself are compared besides.</param>
    /// <param name="keys">Known to be the console's, as SubjectPublicKeyInfo; none: the file's own are taken, which whoever made the file could have made too.</param>
    public static ChainVerdict Verify(Func<IEnumerable<string>> lines, IReadOnlyList<AnchorLine> anchors, IReadOnlyList<byte[]> keys)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(keys);
        var (head, own, inside) = Beside(lines());
        using var known = new AnchorKeys(keys.Count > 0 ? keys : own);
        if (head is null)
        {
            var nothing = new ChainCheck(0, AuditBytes.Nothing, [], known);
            nothing.TakeUnreadable("The file does not begin as an export of the audit does: {\"audit\":1,…}.");
            return nothing.End(whole: false);
        }

        var check = new ChainCheck(head.After, ChainLine.Hash(head.Chain), [.. anchors, .. inside], known);
        var whole = Follow(lines(), check, ChainLine.Time(head.At));
        return check.End(whole);
    }

    private static (ChainLine.HeadLine? Head, List<byte[]> Keys, List<AnchorLine> Anchors) Beside(IEnumerable<string> lines)
    {
        ChainLine.HeadLine? head = null;
        var (keys, anchors) = (new List<byte[]>(), new List<AnchorLine>());
        foreach (var line in lines)
        {
            try
            {
                if (head is null)
                {
                    head = Starts(line, "audit") ? ChainLine.Read<ChainLine.HeadLine>(line) : throw new JsonException();
                    ChainLine.Hash(head.Chain);
                }
                else if (Starts(line, "key"))
                {
                    keys.Add(Convert.FromBase64String(ChainLine.Read<ChainLine.KeyLine>(line).Public));
                }
                else if (AnchorText.Read(line) is { } anchor)
                {
                    anchors.Add(anchor with { From = "the file itself" });
                }
                else
                {
                    break;
                }
            }
            catch (Exception failure) when (failure is JsonException or FormatException)
            {
                return (keys.Count + anchors.Count > 0 ? head : null, keys, anchors);
            }
        }

        return (head, keys, anchors);
    }

    private static bool Follow(IEnumerable<string> lines, ChainCheck check, DateTimeOffset writtenAt)
    {
        bool? whole = null;
        var at = 0;
        foreach (var line in lines)
        {
            at++;
            try
            {
                whole = Take(line, check, writtenAt) ?? whole;
            }
            catch (Exception failure) when (failure is JsonException or FormatException)
            {
                check.TakeUnreadable($"Line {at} of the file cannot be read: {failure.Message}");
            }
        }

        if (whole is null)
        {
            check.TakeUnreadable("The file has no end: it was cut off.");
        }

        return whole is true;
    }

    // Whether the chain is told to its end, when this line says so.
    private static bool? Take(string line, ChainCheck check, DateTimeOffset writtenAt)
    {
        if (Starts(line, "n"))
        {
            var told = ChainLine.Read<ChainLine.LinkLine>(line);
            check.Take(new ChainLink(told.N, ChainLine.Hash(told.Hash), ChainLine.Hash(told.Chain), ChainLine.Time(told.Sealed))
            {
                Entry = told.Entry?.Entry(), Withheld = told.Withheld is true,
            });
        }
        else if (Starts(line, "unsealed"))
        {
            check.TakeUnsealed(ChainLine.Read<ChainLine.UnsealedLine>(line).Entry.Entry(), writtenAt);
        }
        else if (Starts(line, "end"))
        {
            return ChainLine.Read<ChainLine.EndLine>(line).Whole;
        }
        else if (!Starts(line, "audit") && !Starts(line, "key") && !Starts(line, "anchor"))
        {
            throw new JsonException("no such line is known");
        }

        return null;
    }

    private static bool Starts(string line, string name) => line.StartsWith($"{{\"{name}\":", StringComparison.Ordinal);
}

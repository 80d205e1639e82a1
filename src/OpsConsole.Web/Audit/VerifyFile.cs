using System.Diagnostics;
using System.Security.Cryptography;
using OpsConsole.Audit;
using OpsConsole.Evidence;

namespace OpsConsole.Web.Audit;

/// <summary><c>OpsConsole.Web.dll verify-audit FILE [--anchors FILE] [--key FILE]</c>: verifies an export with no database, no settings and no console.</summary>
internal static class VerifyFile
{
    public const string Command = "verify-audit";
    private const int NotWhole = 1;
    private const int Misused = 2;

    /// <returns>0: it is whole. 1: it is not. 2: it could not be looked at.</returns>
    public static int Run(string[] args, TextWriter say)
    {
        if (args is not [Command, var file, .. var options] || Read(options) is not { } given)
        {
            say.WriteLine($"usage: OpsConsole.Web.dll {Command} EXPORT.ndjson|EVIDENCE.zip [--anchors ANCHORS.ndjson] [--key KEY.pem]");
            return Misused;
        }

        try
        {
            var keys = given.Key is { } pem ? [PublicKey(File.ReadAllText(pem))] : new List<byte[]>();
            var anchors = given.Anchors is { } path ? Anchors(path) : [];
            var began = Stopwatch.GetTimestamp();
            var verdict = Verify(file, anchors, keys) with { Took = Stopwatch.GetElapsedTime(began) };
            Say(say, verdict, keys);
            return verdict.Holds ? 0 : NotWhole;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or InvalidDataException)
        {
            say.WriteLine($"It could not be verified: {failure.Message}");
            return Misused;
        }
    }

    private static ChainVerdict Verify(string file, IReadOnlyList<AnchorLine> anchors, List<byte[]> keys)
    {
        if (!file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            return ChainFile.Verify(() => File.ReadLines(file), anchors, keys);
        }

        using var pack = File.OpenRead(file);
        return PackCheck.Verify(pack, anchors, keys);
    }

    private static (string? Anchors, string? Key)? Read(string[] options) => options switch
    {
        [] => (null, null),
        ["--anchors", var file, .. var rest] when Read(rest) is { } more => (file, more.Key),
        ["--key", var file, .. var rest] when Read(rest) is { } more => (more.Anchors, file),
        _ => null,
    };

    private static byte[] PublicKey(string pem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return key.ExportSubjectPublicKeyInfo();
    }

    private static IReadOnlyList<AnchorLine> Anchors(string path) =>
        [.. File.ReadLines(path).Select(AnchorText.Read).OfType<AnchorLine>().Select(anchor => anchor with { From = Path.GetFileName(path) })];

    private static void Say(TextWriter say, ChainVerdict verdict, List<byte[]> keys)
    {
        say.WriteLine(verdict.Holds ? "WHOLE: everything is as it was written." : $"NOT WHOLE: {verdict.Faults[0].Says}");
        foreach (var fault in verdict.Faults.Skip(1))
        {
            say.WriteLine($"  then: {fault.Says}");
        }

        say.WriteLine(FormattableString.Invariant($"{verdict.Sealed} places of the chain up to number {verdict.Head}, of {verdict.Withheld} only the hash is told, {verdict.AsFound} sealed as found, {verdict.Unsealed} not sealed yet; {verdict.Took.TotalSeconds:0.00} s."));
        say.WriteLine($"chain {verdict.Chain}");
        say.WriteLine(verdict.Anchors == 0
            ? "No anchor was compared: whoever made this file could have rewritten all of it. Give anchors that were kept outside with --anchors."
            : FormattableString.Invariant($"Anchors compared: {verdict.Anchors}. Everything up to number {verdict.AnchoredTo} is vouched for."));
        if (keys.Count == 0)
        {
            say.WriteLine("The keys were taken from the file itself. Give the console's public key with --key to know that it signed.");
        }
    }
}

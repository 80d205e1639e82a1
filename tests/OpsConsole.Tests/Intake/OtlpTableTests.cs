using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace OpsConsole.Tests.Intake;

/// <summary>The table in docs/otlp.md names for each demand a test that there is.</summary>
public partial class OtlpTableTests
{
    [Fact]
    public void Every_demand_is_held_by_a_test_and_every_test_that_is_named_exists()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(Root(), "tests"), "*.cs", SearchOption.AllDirectories).ToLookup(file => Path.GetFileNameWithoutExtension(file)!, File.ReadAllText);
        var rows = File.ReadLines(Path.Combine(Root(), "docs", "otlp.md")).Where(line => Row().IsMatch(line)).ToList();

        var wrong = rows.Where(row => !Named().IsMatch(row)).Select(row => $"no test: {row}").Concat(
            from row in rows
            from Match named in Named().Matches(row)
            where !tests[named.Groups["class"].Value].Any(text => !named.Groups["method"].Success || text.Contains($" {named.Groups["method"].Value}(", StringComparison.Ordinal))
            select $"no such test: {named.Value}").ToList();

        Assert.True(rows.Count > 20, $"only {rows.Count} demands");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));

    /// <summary>A row of a table that is neither its head nor the line under it.</summary>
    [GeneratedRegex(@"^\| (?!transport|of the console)(?!-).*\|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<class>\w+Tests|R\d+_\w+)(\.(?<method>\w+))?`")]
    private static partial Regex Named();
}

using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace OpsConsole.Web.Tests.Shell;

/// <summary>The style sheets, checked on the source: several people write them, and a rule in one place may break a page in another.</summary>
public partial class StyleTests
{
    [Fact]
    public void No_rule_is_written_twice()
    {
        var twice = Selector().Matches(Sheet("app.css")).Select(rule => rule.Groups[1].Value.Trim()).GroupBy(name => name).Where(same => same.Count() > 1).Select(same => same.Key);

        Assert.Empty(twice);
    }

    [Fact]
    public void Only_the_tokens_name_a_colour() => Assert.Empty(Colour().Matches(Sheet("app.css")).Select(found => found.Value));

    [Fact]
    public void Every_token_that_is_used_exists()
    {
        var known = Defined().Matches(Sheet("tokens.css")).Select(token => token.Groups[1].Value).ToHashSet();

        var unknown = Used().Matches(Sheet("app.css")).Select(token => token.Groups[1].Value).Distinct().Where(name => !known.Contains(name));

        Assert.Empty(unknown);
    }

    private static string Sheet(string name, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.GetFullPath(Path.Combine(here, "../../../../wwwroot/css", name)));

    // Rules outside media queries begin at the margin.
    [GeneratedRegex(@"^([^@/{}\s][^{\n]*)\{", RegexOptions.Multiline)]
    private static partial Regex Selector();

    [GeneratedRegex(@"#[0-9a-f]{3,8}\b(?=[\s;,)])", RegexOptions.IgnoreCase)]
    private static partial Regex Colour();

    [GeneratedRegex(@"(--oc-[a-z0-9-]+)\s*:")]
    private static partial Regex Defined();

    [GeneratedRegex(@"var\((--oc-[a-z0-9-]+)\)")]
    private static partial Regex Used();
}

using Bunit;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Parts;

public class LineDiffTests : PartContext
{
    [Fact]
    public void Only_what_the_JSON_says_is_compared()
    {
        var lines = LineDiff.Of("""{"entity":"ACC-1745","taxProfile":null,"amount":1}""", """{ "entity": "ACC-1745", "taxProfile": "CA-ON-HST13", "amount": 1 }""");

        Assert.Contains(new DiffLine(DiffKind.Removed, "  \"taxProfile\": null,"), lines);
        Assert.Contains(new DiffLine(DiffKind.Added, "  \"taxProfile\": \"CA-ON-HST13\","), lines);
        Assert.Equal(2, lines.Count(line => line.Kind is DiffKind.Added or DiffKind.Removed));
    }

    [Fact]
    public void Equal_lines_far_from_a_change_are_left_out_and_counted()
    {
        var lines = LineDiff.Of("""{"a":0,"entity":1,"taxProfile":null,"amount":1}""", """{"a":0,"entity":1,"taxProfile":"x","amount":1}""", 1);

        Assert.Equal([DiffKind.Skipped, DiffKind.Same, DiffKind.Removed, DiffKind.Added, DiffKind.Same, DiffKind.Same], lines.Select(line => line.Kind));
        Assert.Equal("2 equal lines", lines[0].Text);
    }

    [Fact]
    public void Both_sides_can_be_put_together_again()
    {
        var (before, after) = ("a\nb\nc\nd\ne", "a\nx\nc\ne\nf");

        var lines = LineDiff.Of(before, after, 99);

        Assert.Equal(before, string.Join('\n', lines.Where(line => line.Kind != DiffKind.Added).Select(line => line.Text)));
        Assert.Equal(after, string.Join('\n', lines.Where(line => line.Kind != DiffKind.Removed).Select(line => line.Text)));
        Assert.Equal(3, lines.Count(line => line.Kind == DiffKind.Same));
    }

    [Fact]
    public void A_text_that_is_not_JSON_is_compared_as_it_stands() =>
        Assert.Equal([new DiffLine(DiffKind.Removed, "{broken"), new DiffLine(DiffKind.Added, "{}")], LineDiff.Of("{broken", "{}"));

    [Fact]
    public void The_same_says_no_difference() =>
        Assert.Equal("No difference.", Render<DiffView>(p => p.Add(c => c.Before, "{}").Add(c => c.After, "{ }")).Find("p").TextContent);

    [Fact]
    public void A_change_is_said_by_sign_and_not_only_by_colour()
    {
        var view = Render<DiffView>(p => p.Add(c => c.Before, """{"a":1}""").Add(c => c.After, """{"a":2}"""));

        Assert.StartsWith("- ", view.Find(".m").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("+ ", view.Find(".p").TextContent, StringComparison.Ordinal);
    }
}

using Bunit;
using OpsConsole.Replay;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Cases;

public class RepairPanelTests : PartContext
{
    [Fact]
    public void The_field_that_was_complained_about_stands_first_and_can_be_set()
    {
        var panel = Panel(CaseSample.Repair);

        panel.Find(".fail input").Change("CA-ON-HST13");

        Assert.Contains("was empty", panel.Find(".fail").TextContent, StringComparison.Ordinal);
        Assert.Contains("CA-ON-HST13", panel.Find(".dff .p").TextContent, StringComparison.Ordinal);
        Assert.Contains("Save version 1", panel.Find(".savefoot .btn.pri").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_json_is_told_with_its_line_and_cannot_be_saved()
    {
        var panel = Panel(CaseSample.Repair);
        panel.FindAll(".seg button").Single(button => button.TextContent == "JSON").Click();

        panel.Find("textarea").Change("{\n  \"tranId\": INV\n}");

        Assert.Contains("Line 2", panel.Find("#repair-fault").TextContent, StringComparison.Ordinal);
        Assert.True(panel.Find(".savefoot .btn.pri").HasAttribute("disabled"));
    }

    [Fact]
    public void News_about_the_exception_leaves_an_unsaved_change_alone()
    {
        var panel = Panel(CaseSample.Repair);
        panel.Find(".fail input").Change("CA-ON-HST13");

        panel.Render(p => p.Add(c => c.Repair, CaseSample.Repair with { Replays = [] }));

        Assert.Equal("CA-ON-HST13", panel.Find(".fail input").GetAttribute("value"));
    }

    [Fact]
    public void A_version_saved_by_somebody_else_does_not_replace_an_unsaved_change()
    {
        var panel = Panel(CaseSample.Repair);
        panel.Find(".fail input").Change("CA-ON-HST13");
        var theirs = CaseSample.Repair.Original!.Replace("null", "\"US-NY\"", StringComparison.Ordinal);

        panel.Render(p => p.Add(c => c.Repair, CaseSample.Repair with { Current = theirs, CurrentVersion = 1 }));

        Assert.Equal("CA-ON-HST13", panel.Find(".fail input").GetAttribute("value"));
        Assert.Contains("Save version 2", panel.Find(".savefoot .btn.pri").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_may_not_be_edited_says_why()
    {
        var panel = Panel(CaseSample.Repair, locked: "Tom Okafor holds it; only they change the payload.");

        Assert.Contains("Tom Okafor holds it", panel.Find(".locked").TextContent, StringComparison.Ordinal);
        Assert.All(panel.FindAll("input"), input => Assert.True(input.HasAttribute("readonly")));
    }

    [Fact]
    public void What_was_typed_before_is_found_again()
    {
        JSInterop.Setup<string?>("opsConsole.draft", _ => true).SetResult(CaseSample.Repair.Original!.Replace("null", "\"DRAFT\"", StringComparison.Ordinal));

        var panel = Panel(CaseSample.Repair);

        Assert.Contains("it is back", panel.Find(".note").TextContent, StringComparison.Ordinal);
        Assert.Equal("DRAFT", panel.Find(".fail input").GetAttribute("value"));
    }

    private IRenderedComponent<RepairPanel> Panel(RepairView repair, string? locked = null) => Render<RepairPanel>(p => p
        .Add(c => c.CaseId, CaseSample.Row.Id).Add(c => c.Repair, repair).Add(c => c.Error, CaseSample.Error).Add(c => c.System, "netsuite")
        .Add(c => c.Locked, locked).Add(c => c.Keep, (_, _) => Task.FromResult(true)));
}

using Bunit;
using OpsConsole.Web.Cases;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Cases;

public class WorklistSearchTests : PartContext
{
    [Fact]
    public void What_can_be_understood_is_asked_for()
    {
        string? asked = null;
        var search = Render<WorklistSearch>(p => p.Add(c => c.Value, (string?)null).Add(c => c.Changed, query => asked = query));

        search.Find("input").Change(" unit:EMEA NOT mine ");
        search.Find("form").Submit();

        Assert.Equal("unit:EMEA NOT mine", asked);
        Assert.Empty(search.FindAll(".fault"));
    }

    [Fact]
    public void What_cannot_is_marked_at_its_place_and_not_asked_for()
    {
        var asked = false;
        var search = Render<WorklistSearch>(p => p.Add(c => c.Value, (string?)null).Add(c => c.Changed, _ => asked = true));

        search.Find("input").Change("unit:EMEA amunt:>5");
        search.Find("form").Submit();

        Assert.False(asked);
        Assert.Equal("amunt:>5", search.Find(".fault mark").TextContent);
        Assert.Contains("amount?", search.Find(".fault").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", search.Find("input").GetAttribute("aria-invalid"));
    }
}

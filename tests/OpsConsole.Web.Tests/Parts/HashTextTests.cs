using Bunit;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Parts;

public class HashTextTests : PartContext
{
    private const string Hash = "7be190c42f6da8137be190c42f6da8137be190c42f6da8137be190c42f6da813";

    [Fact]
    public void Shows_its_beginning_says_the_whole_on_hover_and_copies_it_on_a_click()
    {
        var text = Render<HashText>(p => p.Add(c => c.Hash, Hash));
        var shown = text.Find("button");

        Assert.Equal("7be1 90c4 2f6d", shown.TextContent);
        Assert.Contains(Hash, shown.GetAttribute("title"), StringComparison.Ordinal);
        shown.Click();

        Assert.Equal(Hash, JSInterop.VerifyInvoke("opsConsole.copy").Arguments[0]);
        Assert.Equal("copied", text.Find("[role=status]").TextContent.Trim());
    }
}

using Bunit;
using OpsConsole.Routing;
using OpsConsole.Web.Routing;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Routing;

public class LevelsPanelTests : PartContext
{
    [Fact]
    public void Amounts_name_the_reporting_currency_in_the_table_and_in_the_form()
    {
        var level = new LevelRow(Guid.NewGuid(), 1, new LevelBody("Large", null, null, 25_000m, 0, EscalationLevel.Holder), "whoever holds it", 3, HandClock.Noon, "Root");
        var levels = new LevelList([level, level with { Id = Guid.NewGuid(), Level = level.Level with { AmountAtLeast = null } }], [], "CAD");

        var panel = Render<LevelsPanel>(p => p.Add(c => c.Levels, levels));
        var form = Render<LevelForm>(p => p.Add(c => c.Levels, levels).Add(c => c.Draft, LevelDraft.Of(level)));

        Assert.Equal(["CAD25.0k or more", "any amount"], panel.FindAll("td.nowrap").Select(cell => cell.TextContent.Trim()));
        Assert.Contains(form.FindAll("label"), label => label.TextContent == "At risk, at least, CAD");
    }
}

using OpsConsole.Web.Cases;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Cases;

public class CaseSelectionTests
{
    [Fact]
    public void A_selection_is_frozen_and_counts_what_changed_since()
    {
        var selection = new CaseSelection();
        selection.Toggle(CaseSample.Row, HandClock.Noon);

        var state = selection.On([CaseSample.Row with { Version = 4 }]);

        Assert.Equal((1, 1), state);
        Assert.Equal(3, selection.Rows.Single().Version);
    }

    [Fact]
    public void One_currency_is_summed_in_itself_and_several_are_not()
    {
        var selection = new CaseSelection();
        selection.Toggle(CaseSample.Row, HandClock.Noon);
        Assert.Equal("CAD 238,900.00", selection.Own?.ToString());

        selection.Toggle(CaseSample.Row with { Id = Guid.NewGuid(), Currency = "USD", Amount = 10m, Reporting = 9m }, HandClock.Noon);

        Assert.Null(selection.Own);
        Assert.Equal("EUR 157,921.90", selection.Reporting("EUR").ToString());
    }

    [Fact]
    public void Ticking_a_full_page_again_unticks_it()
    {
        var selection = new CaseSelection();
        selection.TogglePage([CaseSample.Row], HandClock.Noon);
        selection.TogglePage([CaseSample.Row], HandClock.Noon);

        Assert.Equal((0, (DateTimeOffset?)null), (selection.Count, selection.FrozenAt));
    }
}

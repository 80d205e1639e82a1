using OpsConsole.Cases;
using OpsConsole.Web.Cases;

namespace OpsConsole.Web.Tests.Cases;

public class WorklistFilterTests
{
    [Fact]
    public void A_filter_survives_the_address()
    {
        var filter = new WorklistFilter
        {
            Queue = "ar-invoices", Mine = true, Unit = "EMEA", State = CaseState.AwaitingProof, Type = "tax-profile-missing",
            Cause = "ab12", AtLeast = 1000m, Overdue = true, Query = "INV 10&1", Sort = CaseSort.Risk,
        };

        var read = WorklistFilter.Of("http://console" + filter.ToUri());

        Assert.Equal(filter.ToUri(), read.ToUri());
        Assert.Equal((CaseState.AwaitingProof, "INV 10&1", 1000m), (read.State, read.Query, read.AtLeast));
        Assert.Equal(("EMEA", CaseSort.Risk), (read.Unit, read.Sort));
    }

    [Theory]
    [InlineData("?state=nonsense")]
    [InlineData("?min=many")]
    [InlineData("?min=-4")]
    [InlineData("?sort=sideways")]
    public void What_cannot_be_read_is_left_out(string query) =>
        Assert.Equal("/worklist", WorklistFilter.Of("http://console/worklist" + query).ToUri());

    [Fact]
    public void Without_a_state_only_what_has_not_ended_is_asked_for() =>
        Assert.DoesNotContain(new WorklistFilter().ToCases("ana").States!, CaseFlow.IsEnded);

    [Fact]
    public void Clearing_the_filter_stays_in_the_tab()
    {
        var filter = WorklistFilter.Of("http://console/worklist?queue=payments&unit=EMEA&min=5&sort=risk");

        Assert.Equal("/worklist?queue=payments&sort=risk", filter.Plain().ToUri());
    }
}

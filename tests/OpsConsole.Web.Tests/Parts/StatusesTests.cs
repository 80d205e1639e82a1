using OpsConsole.Cases;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Tests.Parts;

public class StatusesTests
{
    [Fact]
    public void Every_state_has_a_word_of_its_own()
    {
        var words = Enum.GetValues<CaseState>().Select(state => Statuses.OfCase(state).Word).ToList();

        Assert.Equal(words.Count, words.Distinct().Count());
    }

    [Fact]
    public void Cover_the_colour_and_nothing_is_lost()
    {
        var shown = Enum.GetValues<CaseState>().Select(state => Statuses.OfCase(state)).Append(Statuses.CameBack).Append(Statuses.NotArrived).Append(Statuses.InRepair);

        var alike = shown.GroupBy(status => status.Icon).Where(same => same.Count() > 1).SelectMany(same => same);

        Assert.All(alike, status => Assert.Contains(status, new[] { Statuses.OnHold, Statuses.Parked }));
    }

    [Fact]
    public void Green_and_a_shield_are_only_ever_proof()
    {
        var green = Enum.GetValues<CaseState>().Where(state => Statuses.OfCase(state).Family == "good");

        Assert.Equal([CaseState.Resolved], green);
        Assert.Equal("proven", Statuses.OfCase(CaseState.Resolved).Icon);
    }

    [Fact]
    public void An_open_one_that_came_back_says_so() => Assert.Equal("Came back", Statuses.OfCase(CaseState.Open, cameBack: true).Word);
}

using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Parts;

public class TimeCellTests : PartContext
{
    [Fact]
    public void An_age_grows_by_itself_and_is_drawn_only_when_its_words_change()
    {
        var cell = Render<AgeCell>(p => p.Add(c => c.At, HandClock.Noon.AddMinutes(-18)).Add(c => c.Suffix, "old"));
        var drawn = cell.RenderCount;

        Clock.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal(drawn, cell.RenderCount);

        Clock.Pass(TimeSpan.FromSeconds(35));
        cell.WaitForAssertion(() => Assert.Equal("19m old", cell.Find("time").TextContent));
        Assert.Equal(drawn + 1, cell.RenderCount);
    }

    [Fact]
    public void The_exact_time_stands_on_hover_in_the_readers_zone()
    {
        Services.GetRequiredService<Reader>().LivesIn("America/Toronto");

        var cell = Render<AgeCell>(p => p.Add(c => c.At, HandClock.Noon));

        Assert.Equal("30 Oct 2026, 08:00:00 UTC-4", cell.Find("time").GetAttribute("title"));
    }

    [Fact]
    public void A_clock_that_runs_ahead_is_now() =>
        Assert.Equal("now", Render<AgeCell>(p => p.Add(c => c.At, HandClock.Noon.AddHours(3))).Find("time").TextContent);

    [Fact]
    public void What_is_due_turns_from_calm_to_soon_to_overdue()
    {
        var cell = Render<DueCell>(p => p.Add(c => c.Due, HandClock.Noon.AddHours(3)));
        Assert.Equal("Due in 3h", cell.Find(".st.still").TextContent);

        Clock.Pass(TimeSpan.FromMinutes(61));
        cell.WaitForAssertion(() => Assert.Equal("Due in 1h 59m", cell.Find(".st.warn").TextContent));

        Clock.Pass(TimeSpan.FromMinutes(131));
        cell.WaitForAssertion(() => Assert.Equal("Overdue 12m", cell.Find(".st.bad").TextContent));
    }

    [Fact]
    public void Without_a_deadline_nothing_is_due() =>
        Assert.Equal("no deadline", Render<DueCell>(p => p.Add(c => c.Due, null)).Find("span").TextContent);
}

using Bunit;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Parts;

public class ListPartsTests : PartContext
{
    [Fact]
    public void News_is_announced_and_changes_nothing_until_asked()
    {
        var shown = 0;
        var banner = Render<NewsBanner>(p => p.Add(c => c.New, 7).Add(c => c.Changed, 2).Add(c => c.Since, HandClock.Noon).Add(c => c.Show, () => shown++));

        Assert.Contains("7 new, 2 changed since 12:00", banner.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal(0, shown);

        banner.Find("button").Click();
        Assert.Equal(1, shown);
    }

    [Fact]
    public void Without_news_there_is_no_banner() =>
        Assert.Empty(Render<NewsBanner>(p => p.Add(c => c.Show, () => { })).FindAll(".banner"));

    [Fact]
    public void A_pager_says_from_to_of_and_stops_at_both_ends()
    {
        var pager = Render<Pager>(p => p.Add(c => c.From, 0).Add(c => c.Shown, 14).Add(c => c.Total, 1420).Add(c => c.More, true));

        Assert.Equal("1 to 14 of 1,420", pager.Find(".pager > span").TextContent);
        Assert.True(pager.Find("[aria-label='Previous page']").HasAttribute("disabled"));
        Assert.False(pager.Find("[aria-label='Next page']").HasAttribute("disabled"));
    }

    [Fact]
    public void One_can_go_back_the_way_one_came()
    {
        var cursors = new Cursors();
        cursors.Next("a", 50);
        cursors.Next("b", 50);

        cursors.Previous();
        Assert.Equal(("a", 50), (cursors.After, cursors.From));

        cursors.Previous();
        Assert.Equal((null, 0), (cursors.After, cursors.From));
    }

    [Fact]
    public void A_filter_chip_is_taken_away_by_its_key()
    {
        string? removed = null;
        var chips = Render<FilterChips>(p => p.Add(c => c.Chips, [new FilterChip("unit", "Unit", "EMEA")]).Add(c => c.Remove, key => removed = key));

        chips.Find("button[aria-label='Remove the filter Unit EMEA']").Click();

        Assert.Equal("unit", removed);
    }

    [Fact]
    public void Choosing_all_in_a_filter_is_choosing_nothing()
    {
        var picked = "EMEA";
        var pick = Render<FilterPick>(p => p.Add(c => c.Name, "Unit").Add(c => c.Value, "EMEA").Add(c => c.Options, [("EMEA", "EMEA")]).Add(c => c.Changed, value => picked = value));

        pick.Find("select").Change("");

        Assert.Null(picked);
    }

    [Theory]
    [InlineData("Ines Moreau", "IM")]
    [InlineData("Ana Maria de Souza", "AS")]
    [InlineData("root", "RO")]
    public void An_avatar_shows_first_and_last_initial(string name, string initials) =>
        Assert.Equal(initials, Render<Avatar>(p => p.Add(c => c.Name, name)).Find(".av").TextContent);

    [Fact]
    public void Nobody_is_a_dashed_ring_and_a_word()
    {
        var holder = Render<Holder>(p => p.Add(c => c.Name, null));

        Assert.NotNull(holder.Find(".av.none"));
        Assert.Contains("Nobody", holder.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_with_odd_characters_make_whole_addresses()
    {
        var link = Render<ObjectLink>(p => p.Add(c => c.Type, "invoice").Add(c => c.Id, "INV/1 #2"));

        Assert.Equal("/objects/invoice/INV%2F1%20%232", link.Find("a").GetAttribute("href"));
        Assert.Equal("INV/1 #2", link.Find("a").TextContent);
    }

    [Fact]
    public void A_trace_id_is_read_in_fours() =>
        Assert.Equal("7be1 90c4 2f6d a813", Render<TraceLink>(p => p.Add(c => c.Id, "7be190c42f6da81300000000000000ff")).Find("a").TextContent);
}

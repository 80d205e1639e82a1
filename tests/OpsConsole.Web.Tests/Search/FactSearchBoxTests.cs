using Bunit;
using Microsoft.AspNetCore.Components.Web;
using OpsConsole.Search;
using OpsConsole.Web.Search;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Search;

public class FactSearchBoxTests : PartContext
{
    [Fact]
    public void Arrows_choose_a_suggestion_and_enter_takes_it_before_it_searches()
    {
        string? asked = null;
        var box = Render<FactSearchBox>(p => p.Add(c => c.Value, (string?)null).Add(c => c.Changed, query => asked = query).Add(c => c.Suggest, Suggest));

        box.Find("input").Input("unit:EMEA sta");
        box.Find("input").KeyDown(new KeyboardEventArgs { Key = "ArrowDown" });
        Assert.Equal("fact-option-0", box.Find("input").GetAttribute("aria-activedescendant"));
        Assert.Equal("true", box.Find("#fact-option-0").GetAttribute("aria-selected"));
        box.Find("form").Submit();

        Assert.Null(asked);
        Assert.Equal("unit:EMEA status:", box.Find("input").GetAttribute("value"));

        box.Find("input").Input("unit:EMEA status:error");
        box.Find("form").Submit();
        Assert.Equal("unit:EMEA status:error", asked);
        Assert.True(box.Find("ul.suggest").HasAttribute("hidden"));
    }

    [Fact]
    public void What_cannot_be_understood_is_marked_and_not_asked_for()
    {
        var asked = false;
        var box = Render<FactSearchBox>(p => p.Add(c => c.Value, (string?)null).Add(c => c.Changed, _ => asked = true).Add(c => c.Suggest, _ => Task.FromResult<SearchSuggestions?>(null)));

        box.Find("input").Input("duration:>long");
        box.Find("form").Submit();

        Assert.False(asked);
        Assert.Contains("no length of time", box.Find(".fault").TextContent, StringComparison.Ordinal);
    }

    private static Task<SearchSuggestions?> Suggest(string text) =>
        Task.FromResult<SearchSuggestions?>(text.EndsWith("sta", StringComparison.Ordinal) ? new SearchSuggestions(text.Length - 3, [new SearchSuggestion("status:", "error, ok"), new SearchSuggestion("state:", null)]) : new SearchSuggestions(text.Length, []));
}

using Bunit;
using Microsoft.AspNetCore.Components;
using OpsConsole.Web.Parts;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Parts;

public class StatePartsTests : PartContext
{
    private static readonly string[] s_icons =
        [.. typeof(Statuses).GetFields().Select(field => field.GetValue(null)).OfType<Status>().Select(status => status.Icon)];

    [Fact]
    public void Every_state_finds_its_icon_in_the_sprite()
    {
        var sprite = Render<IconSprite>();

        Assert.All(s_icons.Append("over").Append("soon").Append("quiet"), icon => Assert.NotNull(sprite.Find($"#i-{icon}")));
    }

    [Fact]
    public void A_state_is_icon_word_and_family()
    {
        var badge = Render<StateBadge>(p => p.Add(c => c.Status, Statuses.ToApprove).Add(c => c.Below, "by a 2nd person"));

        Assert.Equal("To approve", badge.Find(".st.wait").TextContent);
        Assert.Equal("#i-two", badge.Find("use").GetAttribute("href"));
        Assert.Equal("by a 2nd person", badge.Find("small").TextContent);
    }

    [Fact]
    public void A_failure_says_what_to_do_and_a_reference()
    {
        var tried = 0;
        var state = Render<ErrorState>(p => p.Add(c => c.Title, "The list could not be read").Add(c => c.Reference, "4bf9").Add(c => c.Retry, () => tried++).AddChildContent("Nothing was changed."));

        state.Find("button").Click();

        Assert.Equal(1, tried);
        Assert.Contains("4bf9", state.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_list_offers_one_action()
    {
        RenderFragment action = builder => builder.AddMarkupContent(0, "<button>Add source</button>");

        var state = Render<EmptyState>(p => p.Add(c => c.Title, "No source yet").Add(c => c.Action, action).AddChildContent("Senders with a key stand here."));

        Assert.Single(state.FindAll("button"));
    }

    [Fact]
    public void A_dialog_opens_as_one_and_closes_by_its_cross()
    {
        var open = true;
        var dialog = Render<Dialog>(p => p.Add(c => c.Open, true).Add(c => c.OpenChanged, now => open = now).Add(c => c.Title, "Dismiss EX-20418"));

        dialog.Find("button[aria-label=Close]").Click();

        Assert.False(open);
        Assert.Single(JSInterop.Invocations, call => call.Identifier == "opsConsole.showDialog");
    }

    [Fact]
    public async Task A_key_does_what_the_page_says_and_nothing_else()
    {
        var moved = 0;
        var map = new Dictionary<string, Func<Task>> { ["j"] = () => { moved++; return Task.CompletedTask; } };
        var keys = Render<Keys>(p => p.Add(c => c.Map, map));

        await keys.Instance.Pressed("j");
        await keys.Instance.Pressed("q");

        Assert.Equal(1, moved);
    }
}

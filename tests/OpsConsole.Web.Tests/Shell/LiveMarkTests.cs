using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Live;
using OpsConsole.Web.Shell;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Shell;

public sealed class LiveMarkTests : PartContext
{
    public LiveMarkTests() => Services.AddSingleton<NewsBoard>().AddScoped<LiveFeed>();

    [Fact]
    public void A_press_pauses_and_another_goes_on()
    {
        var mark = Render<LiveMark>();
        Assert.Contains("Live", mark.Markup, StringComparison.Ordinal);

        mark.Find("button").Click();
        Assert.Contains("Paused since", mark.Markup, StringComparison.Ordinal);
        Assert.Equal("true", mark.Find("button").GetAttribute("aria-pressed"));

        mark.Find("button").Click();
        Assert.DoesNotContain("Paused", mark.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Late_news_is_said_with_its_time()
    {
        var mark = Render<LiveMark>();

        Clock.Pass(TimeSpan.FromSeconds(30));

        mark.WaitForAssertion(() => Assert.Contains("Late since", mark.Markup, StringComparison.Ordinal));
    }
}

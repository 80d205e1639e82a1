using OpsConsole.Kpis;
using OpsConsole.Web.Kpis;

namespace OpsConsole.Web.Tests.Kpis;

public class FreshnessTests
{
    private static readonly LateSource s_erp = new("erp", TimeSpan.FromHours(3), TimeSpan.FromMinutes(2));

    [Fact]
    public void A_late_source_is_named_with_how_late_and_how_late_usually()
    {
        var freshness = Of(s_erp);

        Assert.Equal("erp 3h late", FreshnessWords.Late(freshness));
        Assert.Equal("erp tells of what happened 3h before, usually 2m", FreshnessWords.LateAtLength(freshness));
    }

    [Fact]
    public void Several_are_counted_and_named_at_length()
    {
        var freshness = Of(s_erp, new LateSource("crm", TimeSpan.FromDays(2), null));

        Assert.Equal("2 sources late", FreshnessWords.Late(freshness));
        Assert.EndsWith("; crm tells of what happened 2d before", FreshnessWords.LateAtLength(freshness), StringComparison.Ordinal);
    }

    private static Freshness Of(params LateSource[] late) => new(DateTimeOffset.UnixEpoch, 0, 2, []) { Late = late };
}

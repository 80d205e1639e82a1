using OpsConsole.Intake;
using OpsConsole.Sources;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Intake;

public sealed class FoldPaceTests
{
    private readonly TestClock _clock = new();
    private readonly FoldPace _pace;

    public FoldPaceTests() => _pace = new FoldPace(10_000, TimeSpan.FromSeconds(3), new LaneOptions(), _clock);

    [Fact]
    public void A_fold_waits_for_nobody_while_the_door_keeps_up()
    {
        _pace.Wrote(9_000);

        Assert.False(_pace.FoldWaits(saturated: false));
    }

    [Fact]
    public void A_busy_door_goes_first_until_so_many_wait_and_then_not_before_half_of_them_are_folded()
    {
        Assert.True(_pace.FoldWaits(saturated: true));

        _pace.Wrote(6_000);
        Assert.False(_pace.FoldWaits(saturated: true));

        _pace.Seen(3_500, _clock.GetUtcNow());
        Assert.False(_pace.FoldWaits(saturated: true));

        _pace.Seen(2_500, _clock.GetUtcNow());
        Assert.True(_pace.FoldWaits(saturated: true));
    }

    [Fact]
    public void However_few_wait_none_waits_longer_than_it_may_for_a_busy_door()
    {
        _pace.Wrote(10);
        _clock.Pass(TimeSpan.FromSeconds(2.9));
        Assert.True(_pace.FoldWaits(saturated: true));

        _clock.Pass(TimeSpan.FromSeconds(0.1));
        Assert.False(_pace.FoldWaits(saturated: true));
    }

    [Fact]
    public void The_door_waits_for_the_fold_the_later_lane_first()
    {
        AllLet();
        _pace.Seen(5_999, _clock.GetUtcNow());
        Assert.Equal(LaneOptions.All, Let());

        _pace.Seen(6_000, _clock.GetUtcNow());
        Assert.Equal([Lane.First, Lane.Normal], Let());

        _pace.Seen(8_500, _clock.GetUtcNow());
        Assert.Equal([Lane.First], Let());

        _pace.Wrote(1_500);
        Assert.Empty(Let());
    }

    [Fact]
    public void Where_the_fold_is_dead_each_lane_is_let_in_now_and_then()
    {
        AllLet();
        _pace.Wrote(1_000_000);
        _clock.Pass(FoldPace.LongestWait - TimeSpan.FromMilliseconds(1));
        Assert.Empty(Let());

        _clock.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Equal(LaneOptions.All, Let());
        Assert.Empty(Let());
    }

    private void AllLet() => Assert.Equal(LaneOptions.All, Let());

    private List<Lane> Let() => [.. LaneOptions.All.Where(_pace.Lets)];
}

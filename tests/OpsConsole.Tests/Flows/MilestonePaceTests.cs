using OpsConsole.Flows;

namespace OpsConsole.Tests.Flows;

public class MilestonePaceTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_took_longer_is_never_in_a_lower_class()
    {
        var random = new Random(5);
        var spans = Enumerable.Range(0, 2_000).Select(i => (long)(Math.Pow(10, random.NextDouble() * 14) * (i % 5 == 0 ? -1 : 1))).Concat([-5, -4, -3, -1, 0, 1, 2, 3, 4, 5, 7, 8]).Order().ToList();

        var classes = spans.ConvertAll(span => Of(span));

        Assert.Equal(classes.Order(), classes);
    }

    [Fact]
    public void A_class_is_narrow_enough_to_be_read()
    {
        Assert.True(Of(1_000_000) < Of(1_260_000));
        Assert.Equal((short)0, Of(0));
    }

    [Fact]
    public void What_has_not_come_has_none() => Assert.Equal((null, null), (MilestonePace.Of(s_start, null), MilestonePace.Of(null, s_start)));

    private static short Of(long microseconds) => MilestonePace.Of(s_start, s_start.AddTicks(microseconds * 10))!.Value;
}

using OpsConsole.Intake;
using OpsConsole.Projection;
using OpsConsole.Sources;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Intake;

/// <summary>Who may have memory, who goes first, and that nobody starves.</summary>
public class LanesAtTheDoorTests
{
    private const long Limit = 1_200_000;

    [Fact]
    public void The_later_lane_is_refused_first_and_the_first_one_last()
    {
        var budget = new IntakeBudget(Limit, new LaneOptions(), new TestClock());
        var refusedAt = new Dictionary<Lane, long>();
        while (budget.Take(Lane.First, 1_000, -1))
        {
            foreach (var lane in LaneOptions.All.Where(lane => !refusedAt.ContainsKey(lane) && !budget.HasRoom(lane, 90_000)))
            {
                refusedAt[lane] = budget.Taken;
            }
        }

        Assert.True(refusedAt[Lane.Later] < refusedAt[Lane.Normal] && refusedAt[Lane.Normal] < refusedAt[Lane.First], string.Join(", ", refusedAt));
    }

    [Fact]
    public void However_much_the_first_lane_takes_the_others_keep_a_share_and_the_limit_holds()
    {
        var budget = new IntakeBudget(Limit, new LaneOptions(), new TestClock());
        while (budget.Take(Lane.First, 1_000, -1))
        {
            // Until it is refused.
        }

        Assert.True(budget.Take(Lane.Later, 20_000, -1));
        Assert.True(budget.Take(Lane.Normal, 70_000, -1));
        Assert.False(budget.Take(Lane.Later, 20_000, -1));
        Assert.True(budget.Taken <= Limit);
    }

    [Fact]
    public void One_body_alone_gets_what_it_needs_in_any_lane()
    {
        var budget = new IntakeBudget(Limit, new LaneOptions(), new TestClock());

        Assert.True(budget.Take(Lane.Later, 1_000_000, 0));
        Assert.True(budget.Take(Lane.Later, 200_000, 1_000_000));
        Assert.False(budget.Take(Lane.Later, 100_000, 0));
    }

    [Fact]
    public void A_refusal_tells_how_long_the_rest_takes_to_be_stored()
    {
        var clock = new TestClock();
        var budget = new IntakeBudget(Limit, new LaneOptions(), clock);
        budget.Take(Lane.First, 800_000, 0);
        budget.Take(Lane.First, 280_000, -1);
        clock.Pass(TimeSpan.FromSeconds(1));
        budget.Return(Lane.First, 100_000);         // 100 kB in the second, at the start counted half

        var later = budget.SecondsUntilRoom(Lane.Later);

        Assert.InRange(later, 6, 9);                // 285 kB over its threshold less its own share, at 50 kB a second
        Assert.True(budget.SecondsUntilRoom(Lane.First) < later);
    }

    [Fact]
    public void While_several_lanes_wait_each_gets_its_share_of_a_write()
    {
        var queues = Filled((Lane.First, 200), (Lane.Normal, 200), (Lane.Later, 200));

        var taken = queues.Take(120).CountBy(delivery => delivery.Lane).ToDictionary();

        Assert.Equal((80, 30, 10), (taken[Lane.First], taken[Lane.Normal], taken[Lane.Later]));
    }

    [Fact]
    public void What_a_lane_leaves_goes_to_the_others_and_the_order_within_a_lane_stays()
    {
        var queues = Filled((Lane.First, 3), (Lane.Later, 200));

        var taken = queues.Take(100);

        Assert.Equal((3, 97), (taken.Count(delivery => delivery.Lane is Lane.First), taken.Count(delivery => delivery.Lane is Lane.Later)));
        Assert.Equal(taken.Where(delivery => delivery.Lane is Lane.Later).OrderBy(delivery => delivery.ReceivedAt), taken.Where(delivery => delivery.Lane is Lane.Later));
        Assert.Equal(SyncSample.Noon.AddSeconds(97), queues.First(Lane.Later)?.ReceivedAt);
    }

    [Fact]
    public void A_large_body_of_the_later_lane_goes_with_the_next_write_all_the_same()
    {
        var queues = Filled((Lane.First, 200));
        queues.Add(Waiting(Lane.Later, SyncSample.Noon, facts: 500));

        Assert.Contains(queues.Take(120), delivery => delivery.Lane is Lane.Later);
    }

    private static LaneQueues<Delivery> Filled(params (Lane Lane, int Count)[] lanes)
    {
        var queues = new LaneQueues<Delivery>(new LaneOptions(), delivery => delivery.Lane, delivery => delivery.Readings.Count);
        foreach (var (lane, count) in lanes)
        {
            for (var i = 0; i < count; i++)
            {
                queues.Add(Waiting(lane, SyncSample.Noon.AddSeconds(i)));
            }
        }

        return queues;
    }

    private static Delivery Waiting(Lane lane, DateTimeOffset receivedAt, int facts = 1) =>
        new(EventJson.Anybody with { Lane = lane }, FactKind.Events, new Reading[facts], receivedAt);
}

using OpsConsole.Projection;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Projection;

public class FreshFactsTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public void A_batch_is_found_with_all_its_facts_until_it_is_forgotten()
    {
        var fresh = new FreshFacts(_clock);
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());
        fresh.Keep([new SyncSample { Id = "a" }.Build(one), new SyncSample { Id = "b" }.Build(other), new SyncSample { Id = "c" }.Build(one)]);

        Assert.Equal(["a", "c"], fresh.Find(one)!.Select(fact => fact.Order.Id));
        fresh.Forget([one]);
        Assert.Null(fresh.Find(one));
        Assert.Single(fresh.Find(other)!);
    }

    [Fact]
    public void What_does_not_fit_is_left_to_be_read_and_folding_makes_room_again()
    {
        var fresh = new FreshFacts(_clock);
        var (first, second, third) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        fresh.Keep([.. Enumerable.Range(0, FreshFacts.Most).Select(i => new SyncSample { Id = $"{i}" }.Build(first))]);

        fresh.Keep([new SyncSample().Build(second)]);
        fresh.Forget([first]);
        fresh.Keep([new SyncSample().Build(third)]);

        Assert.Null(fresh.Find(second));
        Assert.NotNull(fresh.Find(third));
    }

    [Fact]
    public void While_another_node_folds_what_was_kept_makes_room()
    {
        var fresh = new FreshFacts(_clock);
        var (old, late) = (Guid.NewGuid(), Guid.NewGuid());
        fresh.Keep([new SyncSample().Build(old)]);

        _clock.Pass(TimeSpan.FromMinutes(1));
        fresh.Keep([new SyncSample().Build(late)]);

        Assert.Null(fresh.Find(old));
        Assert.NotNull(fresh.Find(late));
    }
}

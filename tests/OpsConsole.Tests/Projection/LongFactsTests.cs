using OpsConsole.Events;
using OpsConsole.Projection;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Projection;

public class LongFactsTests
{
    private readonly LongFacts _known = new(atLeast: 3, most: 10);

    [Fact]
    public void Only_long_histories_are_kept()
    {
        _known.Keep(Folded(("short", 2), ("long", 3)));

        Assert.Null(_known.Find(Key("short")));
        Assert.Equal(3, _known.Find(Key("long"))!.Count);
    }

    [Fact]
    public void What_is_folded_anew_takes_the_place_of_what_was_known()
    {
        _known.Keep(Folded(("a", 8)));
        _known.Keep(Folded(("a", 9)));

        Assert.Equal(9, _known.Find(Key("a"))!.Count);
    }

    [Fact]
    public void A_history_that_outgrows_the_room_is_read_again()
    {
        _known.Keep(Folded(("a", 9)));
        _known.Keep(Folded(("a", 11)));

        Assert.Null(_known.Find(Key("a")));
    }

    [Fact]
    public void More_than_there_is_room_for_is_not_kept()
    {
        _known.Keep(Folded(("a", 6), ("b", 6)));
        Assert.True(_known.Find(Key("a")) is null || _known.Find(Key("b")) is null);

        _known.Keep(Folded(("c", 4)));
        Assert.Equal(4, _known.Find(Key("c"))!.Count);
    }

    private static Guid Key(string name) => Ids.OfObject("invoice", name);

    private static Dictionary<Guid, List<Fact>> Folded(params (string Name, int Facts)[] objects) =>
        objects.ToDictionary(one => Key(one.Name), one => Enumerable.Range(0, one.Facts).Select(i => new SyncSample { Id = $"{i}", Entity = one.Name }.Fact()).ToList());
}

using OpsConsole.Web.Parts;
using OpsConsole.Web.Tests.Samples;

namespace OpsConsole.Web.Tests.Parts;

public class ReaderTests
{
    private readonly Reader _reader = new(new HandClock());

    [Fact]
    public void Exact_times_name_the_readers_zone()
    {
        _reader.LivesIn("Europe/Berlin");

        Assert.Equal("30 Oct 2026, 13:00:00 UTC+1", _reader.Exact(HandClock.Noon));
    }

    [Fact]
    public void A_zone_that_nobody_knows_leaves_UTC_and_says_so()
    {
        _reader.LivesIn("Mars/Olympus");

        Assert.Equal("30 Oct 2026, 12:00:00 UTC", _reader.Exact(HandClock.Noon));
    }

    [Theory]
    [InlineData(-1, "11:00")]
    [InlineData(-30, "29 Oct, 06:00")]
    [InlineData(-24 * 400, "25 Sep 2025, 12:00")]
    public void Lists_leave_out_what_goes_without_saying(int hours, string said) => Assert.Equal(said, _reader.Brief(HandClock.Noon.AddHours(hours)));
}

using OpsConsole.Access;

namespace OpsConsole.Tests.Access;

public class TotpTests
{
    // RFC 6238, appendix B: the secret is "12345678901234567890"; its codes of eight digits end with ours.
    private const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) => Assert.Equal(code, Totp.Code(Secret, seconds / 30));

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void A_clock_may_be_half_a_minute_wrong(int seconds, bool taken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_234_567_890);
        var code = Totp.Code(Secret, (now.ToUnixTimeSeconds() + seconds) / 30);

        Assert.Equal(taken, Totp.Match(Secret, code, 0, now) is not null);
    }

    [Fact]
    public void A_step_that_was_used_is_not_taken_again()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_234_567_890);
        var step = Totp.Match(Secret, "005924", 0, now)!.Value;

        Assert.Null(Totp.Match(Secret, "005924", step, now));
    }
}

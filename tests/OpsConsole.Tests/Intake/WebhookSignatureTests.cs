using System.Text;

namespace OpsConsole.Tests.Intake;

/// <summary>Against the vectors that the Standard Webhooks specification and its reference libraries publish.</summary>
public class WebhookSignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long Timestamp = 1614265330;
    private const string Right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static readonly byte[] s_body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");

    [Fact]
    public void The_published_signature_comes_out() =>
        Assert.Equal(Right, WebhookSignature.Of(Secret, Id, DateTimeOffset.FromUnixTimeSeconds(Timestamp), s_body));

    [Theory]
    [InlineData(Right)]
    [InlineData("v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,MzJsNDgzMmFsc2Rma2xqc2FkZmtsYWo= " + Right)]
    [InlineData("v1,not+base64! " + Right)]
    public void One_right_signature_among_several_is_enough(string signatures) =>
        Assert.True(WebhookSignature.IsRight([Secret], Id, Timestamp, s_body, signatures));

    [Theory]
    [InlineData("")]
    [InlineData("v1,")]
    [InlineData("v1")]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA=")]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    public void A_wrong_or_unknown_signature_is_refused(string signatures) =>
        Assert.False(WebhookSignature.IsRight([Secret], Id, Timestamp, s_body, signatures));

    [Fact]
    public void While_a_sender_changes_over_either_secret_is_right() => Assert.True(WebhookSignature.IsRight([Other, Secret], Id, Timestamp, s_body, Right));

    [Fact]
    public void Another_secret_id_time_or_body_is_refused()
    {
        Assert.False(WebhookSignature.IsRight([Other], Id, Timestamp, s_body, Right));
        Assert.False(WebhookSignature.IsRight([Secret], "msg_other", Timestamp, s_body, Right));
        Assert.False(WebhookSignature.IsRight([Secret], Id, Timestamp + 1, s_body, Right));
        Assert.False(WebhookSignature.IsRight([Secret], Id, Timestamp, [.. s_body, (byte)' '], Right));
    }

    [Fact]
    public void A_secret_that_is_made_is_one_that_is_taken() => Assert.True(WebhookSignature.IsSecret(WebhookSignature.NewSecret()));
}

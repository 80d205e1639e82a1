using System.Text;

namespace OpsConsole.Tests.Intake;

/// <summary>What the console itself signs, against the vector that the Standard Webhooks specification publishes.</summary>
public class WebhookSignatureTests
{
    [Fact]
    public void The_published_signature_comes_out() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), Encoding.UTF8.GetBytes("""{"test": 2432232314}""")));

    [Fact]
    public void A_secret_that_is_made_is_one_that_is_taken() => Assert.True(WebhookSignature.IsSecret(WebhookSignature.NewSecret()));
}

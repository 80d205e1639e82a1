using System.Text;
using OpsConsole.Sources.Hooks;

namespace OpsConsole.Tests.Sources.Hooks;

/// <summary>Whoever sets a web-hook up is told what is wrong, not only that it is.</summary>
public sealed class HookDoctorTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Pretty = "{\n  \"type\": \"invoice.paid\",\n  \"data\": {\n    \"id\": \"in_1\"\n  }\n}";
    private const string Terse = "{\"type\":\"invoice.paid\",\"data\":{\"id\":\"in_1\"}}";

    [Theory]
    [InlineData(Terse, Pretty, "without blanks")]
    [InlineData(Pretty, Terse, "indented")]
    [InlineData(Terse, Terse + "\n", "without the line break")]
    [InlineData(Terse + "\n", Terse, "with a line break")]
    public void A_body_that_was_written_anew_on_its_way_is_recognised(string signed, string came, string says) =>
        Assert.Contains(says, Explain("standard-webhooks", Sign(signed), came), StringComparison.Ordinal);

    [Fact]
    public void Another_secret_is_what_is_left() =>
        Assert.Contains("another secret", Explain("standard-webhooks", Sign(Terse), Terse.Replace("in_1", "in_2", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Theory]
    [InlineData("standard-webhooks", "Stripe-Signature: t=1,v1=00", "Choose Stripe")]
    [InlineData("stripe", "X-Hub-Signature-256: sha256=00\nX-GitHub-Event: push\nX-GitHub-Delivery: 1", "Choose GitHub")]
    [InlineData("github", "HmacSignature: abc", "Choose Adyen")]
    [InlineData("slack", "X-Slack-Signature: v0=00", "X-Slack-Request-Timestamp is missing")]
    [InlineData("stripe", "", "Stripe-Signature is missing")]
    public void Headers_of_another_vendor_or_none_are_told(string expected, string headers, string says) =>
        Assert.Contains(says, HookDoctor.OfHeaders(HookSchemes.Find(expected)!, HookSchemeTests.Headers(headers)), StringComparison.Ordinal);

    [Fact]
    public void Without_a_signature_Adyen_is_to_switch_it_on() =>
        Assert.Contains("no signature", HookDoctor.OfSignature(HookSchemes.Find("adyen")!, [new string('A', 64)], new HookHead([]), "{}"u8.ToArray(), _ => null), StringComparison.Ordinal);

    [Fact]
    public void A_clock_that_is_wrong_is_told_by_how_much()
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(50);

        Assert.Contains("45 min ago", HookDoctor.OfTime(now.AddMinutes(-45), now), StringComparison.Ordinal);
        Assert.Contains("in the future", HookDoctor.OfTime(now.AddMinutes(45), now), StringComparison.Ordinal);
    }

    private static string Sign(string body) => $"webhook-id: m\nwebhook-timestamp: 1614265330\nwebhook-signature: {WebhookSignature.Of(Secret, "m", DateTimeOffset.FromUnixTimeSeconds(1614265330), Encoding.UTF8.GetBytes(body))}";

    private static string Explain(string code, string headers, string body)
    {
        var (scheme, header) = (HookSchemes.Find(code)!, HookSchemeTests.Headers(headers));
        return HookDoctor.OfSignature(scheme, [Secret], scheme.Read(header)!, Encoding.UTF8.GetBytes(body), header);
    }
}

using System.Text;
using OpsConsole.Sources.Hooks;

namespace OpsConsole.Tests.Sources.Hooks;

/// <summary>Each vendor's signature, on what the vendor itself publishes (Stripe publishes none: its own library signs in the wire tests).</summary>
public sealed class HookSchemeTests
{
    private const string Sweep =
        """{"data":{"balancePlatform":"Integration_tools_test","accountId":"BA32272223222H5HVKTBK4MLB","sweep":{"id":"SWPC42272223222H5HVKV6H8C64DP5","schedule":{"type":"balance"},"status":"active","targetAmount":{"currency":"EUR","value":0},"triggerAmount":{"currency":"EUR","value":0},"type":"pull","counterparty":{"balanceAccountId":"BA3227C223222H5HVKT3H9WLC"},"currency":"EUR"}},"environment":"test","type":"balancePlatform.balanceAccountSweep.updated"}""";

    private const string Authorisation =
        """{"live":"false","notificationItems":[{"NotificationRequestItem":{"additionalData":{"hmacSignature":"coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0="},"amount":{"value":1130,"currency":"EUR"},"pspReference":"7914073381342284","eventCode":"AUTHORISATION","eventDate":"2019-05-06T17:15:34.121+02:00","merchantAccountCode":"TestMerchant","operations":["CANCEL","CAPTURE","REFUND"],"merchantReference":"TestPayment-1407325143704","paymentMethod":"visa","success":"true"}}]}""";

    private const string Command =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    /// <summary>Code, secret, headers as <c>name: value</c> lines, body.</summary>
    public static TheoryData<string, string, string, string> Published => new()
    {
        { "standard-webhooks", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "webhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek\nwebhook-timestamp: 1614265330\nwebhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", """{"test": 2432232314}""" },
        { "slack", "8f742231b10e8888abcd99yyyzzz85a5", "X-Slack-Request-Timestamp: 1531420618\nX-Slack-Signature: v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503", Command },
        { "adyen", "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056", "", Authorisation },
        { "adyen", "D7DD5BA6146493707BF0BE7496F6404EC7A63616B7158EC927B9F54BB436765F", "HmacSignature: 9Qz9S/0xpar1klkniKdshxpAhRKbiSAewPpWoxKefQA=", Sweep },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void The_vendors_own_example_is_right_and_nothing_near_it(string code, string secret, string headers, string body)
    {
        var other = code is "adyen" ? new string('A', 64) : HookSchemes.Find(code)!.NewSecret();

        Assert.True(IsRight(code, [secret], headers, body));
        Assert.True(IsRight(code, [other, secret], headers, body), "While a sender changes over either secret is right.");
        Assert.False(IsRight(code, [other], headers, body));
        Assert.False(IsRight(code, [], headers, body));
        Assert.False(IsRight(code, [secret], headers, body.Replace("e", "E", StringComparison.Ordinal).Replace("4", "5", StringComparison.Ordinal)));
        Assert.False(IsRight(code, [secret], "", "{}"));
    }

    // GitHub's documented example has a secret with blanks, which its own form takes too.
    [Fact]
    public void GitHubs_own_example_comes_out()
    {
        var scheme = HookSchemes.Find("github")!;
        var head = scheme.Read(name => name switch { "X-Hub-Signature-256" => "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", "X-GitHub-Delivery" => "d-1", _ => "push" })!;

        Assert.Equal(head.Signatures[0], scheme.Expected("It's a Secret to Everybody", head, "Hello, World!"u8));
        Assert.True(scheme.IsRight(["It's a Secret to Everybody"], head, "Hello, World!"u8));
        Assert.False(scheme.IsRight(["It's a Secret to Everybody"], head, "Hello, world!"u8));
    }

    [Fact]
    public void Stripes_signature_is_over_the_time_and_the_body_and_one_right_among_several_is_enough()
    {
        var scheme = HookSchemes.Find("stripe")!;
        var body = "{\"id\":\"evt_1\"}"u8;
        var expected = scheme.Expected("whsec_test_secret", scheme.Read(Headers("Stripe-Signature: t=1492774577,v1=00"))!, body);

        Assert.True(scheme.IsRight(["whsec_test_secret"], scheme.Read(Headers($"Stripe-Signature: t=1492774577,v1=00ff,v1={expected},v0=6ffb"))!, body));
        Assert.False(scheme.IsRight(["whsec_test_secret"], scheme.Read(Headers($"Stripe-Signature: t=1492774578,v1={expected}"))!, body));
        Assert.Null(scheme.Read(Headers($"Stripe-Signature: t=1492774577,v0={expected}")));
        Assert.Null(scheme.Read(Headers($"Stripe-Signature: v1={expected}")));
    }

    [Theory]
    [InlineData("standard-webhooks", "webhook-id: a\nwebhook-timestamp: soon\nwebhook-signature: v1,x")]
    [InlineData("standard-webhooks", "webhook-id: a\nwebhook-timestamp: -5\nwebhook-signature: v1,x")]
    [InlineData("standard-webhooks", "webhook-timestamp: 1614265330\nwebhook-signature: v1,x")]
    [InlineData("slack", "X-Slack-Signature: v0=00")]
    [InlineData("github", "X-Hub-Signature-256: sha256=00\nX-GitHub-Event: push")]
    public void Without_all_its_headers_there_is_no_signature(string code, string headers) => Assert.Null(HookSchemes.Find(code)!.Read(Headers(headers)));

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"notificationItems\": []}")]
    [InlineData("{\"notificationItems\": [{}]}")]
    [InlineData("{\"notificationItems\": [{\"NotificationRequestItem\": {\"amount\": 5}}]}")]
    [InlineData("{\"notificationItems\": [{\"NotificationRequestItem\": []}]}")]
    [InlineData("{\"notificationItems\": 7}")]
    [InlineData("not json")]
    public void What_is_no_notification_of_Adyens_carries_no_signature(string body) => Assert.False(IsRight("adyen", [new string('A', 64)], "", body));

    [Fact]
    public void Every_scheme_has_a_code_of_its_own_and_takes_the_secret_that_it_makes()
    {
        Assert.Equal(HookSchemes.All.Count, HookSchemes.All.Select(scheme => scheme.Code).Distinct().Count());
        Assert.All(HookSchemes.All, scheme => Assert.True(scheme.IsSecret(scheme.NewSecret()), scheme.Code));
        Assert.All(HookSchemes.All, scheme => Assert.False(scheme.IsSecret("short"), scheme.Code));
    }

    private static bool IsRight(string code, IReadOnlyList<string> secrets, string headers, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return HookSchemes.Find(code) is { } scheme && scheme.Read(Headers(headers)) is { } head && scheme.IsRight(secrets, scheme.Complete(head, bytes), bytes);
    }

    internal static Func<string, string?> Headers(string lines)
    {
        var all = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ", 2)).ToDictionary(line => line[0], line => line[1], StringComparer.OrdinalIgnoreCase);
        return name => all.GetValueOrDefault(name);
    }
}

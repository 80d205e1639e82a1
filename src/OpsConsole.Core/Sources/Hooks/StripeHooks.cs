namespace OpsConsole.Sources.Hooks;

/// <summary>Stripe (docs.stripe.com/webhooks, "Verify webhook signatures manually"): <c>Stripe-Signature: t=…,v1=hex,v1=hex</c> over <c>t.body</c>; the secret counts as it is written.</summary>
internal sealed class StripeHooks : HookScheme
{
    private const string Signature = "Stripe-Signature";

    public override string Code => "stripe";

    public override string Label => "Stripe";

    public override IReadOnlyList<string> Headers { get; } = [Signature];

    public override string SecretForm => "the endpoint's signing secret, whsec_…, 16 to 256 characters";

    public override HookHead? Read(Func<string, string?> header)
    {
        var parts = (header(Signature) ?? "").Split(',').Select(part => part.Trim().Split('=', 2)).Where(part => part.Length == 2).ToLookup(part => part[0], part => part[1]);
        return Moment(parts["t"].FirstOrDefault()) is { } sentAt && parts["v1"].Any()
            ? new HookHead([.. parts["v1"]]) { SentAt = sentAt, Before = $"{sentAt.ToUnixTimeSeconds()}." }
            : null;
    }

    protected override string Say(byte[] mac) => Convert.ToHexStringLower(mac);
}

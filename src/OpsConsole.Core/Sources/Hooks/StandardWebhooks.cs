namespace OpsConsole.Sources.Hooks;

/// <summary>Standard Webhooks (standardwebhooks.com, "Symmetric"): HMAC over <c>id.timestamp.body</c>, as <c>v1,base64</c>, several parted by blanks.</summary>
internal sealed class StandardWebhooks : HookScheme
{
    private const string Id = "webhook-id";
    private const string Timestamp = "webhook-timestamp";
    private const string Signature = "webhook-signature";

    public override string Code => "standard-webhooks";

    public override string Label => "Standard Webhooks";

    public override IReadOnlyList<string> Headers { get; } = [Id, Timestamp, Signature];

    public override string SecretForm => "whsec_ and base64 of 24 to 64 bytes";

    public override bool IsSecret(string secret) => WebhookSignature.IsSecret(secret);

    public override string NewSecret() => WebhookSignature.NewSecret();

    public override HookHead? Read(Func<string, string?> header) =>
        header(Id) is { Length: > 0 } id && header(Signature) is { Length: > 0 } signatures && Moment(header(Timestamp)) is { } sentAt
            ? new HookHead(signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries)) { Id = id, SentAt = sentAt, Before = $"{id}.{sentAt.ToUnixTimeSeconds()}." }
            : null;

    protected override byte[] Key(string secret) => WebhookSignature.Key(secret);

    protected override string Say(byte[] mac) => WebhookSignature.Say(mac);
}

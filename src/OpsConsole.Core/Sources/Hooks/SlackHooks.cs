namespace OpsConsole.Sources.Hooks;

/// <summary>Slack (api.slack.com/authentication/verifying-requests-from-slack): <c>X-Slack-Signature: v0=hex</c> over <c>v0:timestamp:body</c>.</summary>
internal sealed class SlackHooks : HookScheme
{
    private const string Timestamp = "X-Slack-Request-Timestamp";
    private const string Signature = "X-Slack-Signature";

    public override string Code => "slack";

    public override string Label => "Slack";

    public override IReadOnlyList<string> Headers { get; } = [Timestamp, Signature];

    public override string SecretForm => "the app's signing secret, 16 to 256 characters";

    public override HookHead? Read(Func<string, string?> header) =>
        header(Signature) is { Length: > 0 } signature && Moment(header(Timestamp)) is { } sentAt
            ? new HookHead([signature]) { SentAt = sentAt, Before = $"v0:{sentAt.ToUnixTimeSeconds()}:", IdField = "event_id" }
            : null;

    protected override string Say(byte[] mac) => $"v0={Convert.ToHexStringLower(mac)}";
}

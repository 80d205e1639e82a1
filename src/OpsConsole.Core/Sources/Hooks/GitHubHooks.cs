namespace OpsConsole.Sources.Hooks;

/// <summary>GitHub (docs.github.com, "Validating webhook deliveries"): <c>X-Hub-Signature-256: sha256=hex</c> over the body. It signs no time; its delivery id is the identity.</summary>
internal sealed class GitHubHooks : HookScheme
{
    private const string Delivery = "X-GitHub-Delivery";
    private const string Event = "X-GitHub-Event";
    private const string Signature = "X-Hub-Signature-256";

    public override string Code => "github";

    public override string Label => "GitHub";

    public override IReadOnlyList<string> Headers { get; } = [Delivery, Event, Signature];

    public override string SecretForm => "the web-hook's secret, 16 to 256 characters";

    public override bool IsSecret(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return secret.Length is >= 16 and <= 256;
    }

    public override HookHead? Read(Func<string, string?> header) =>
        header(Signature) is { Length: > 0 } signature && header(Delivery) is { Length: > 0 } id && header(Event) is { Length: > 0 } type
            ? new HookHead([signature]) { Id = id, Type = type }
            : null;

    protected override string Say(byte[] mac) => $"sha256={Convert.ToHexStringLower(mac)}";
}

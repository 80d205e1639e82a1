using System.Text;
using System.Text.Json;

namespace OpsConsole.Sources.Hooks;

/// <summary>
/// Adyen (docs.adyen.com, "Verify HMAC signatures"): platforms sign the raw body in the header <c>HmacSignature</c>; payments sign eight fields
/// of the notification, within it. The key is written in hex, the signature in base64. It signs no time; its reference and code are the identity.
/// </summary>
internal sealed class AdyenHooks : HookScheme
{
    private const string Signature = "HmacSignature";
    private const int KeyDigits = 64;

    public override string Code => "adyen";

    public override string Label => "Adyen";

    public override IReadOnlyList<string> Headers { get; } = [];

    public override string SecretForm => "the web-hook's HMAC key, 64 hexadecimal digits";

    public override bool IsSecret(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return secret.Length == KeyDigits && secret.All(char.IsAsciiHexDigit);
    }

    public override HookHead? Read(Func<string, string?> header) => new(header(Signature) is { Length: > 0 } signature ? [signature] : []);

    /// <summary>
    /// <c>{"notificationItems": [{"NotificationRequestItem": {"pspReference", "originalReference", "merchantAccountCode", "merchantReference",
    /// "amount": {"value", "currency"}, "eventCode", "success", "additionalData": {"hmacSignature"}}}]}</c>, always one item in JSON.
    /// </summary>
    public override HookHead Complete(HookHead head, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(head);
        if (head.Signatures.Count > 0)
        {
            return head;
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.GetProperty("notificationItems") is { ValueKind: JsonValueKind.Array } items && items.GetArrayLength() == 1
                ? OfItem(items[0].GetProperty("NotificationRequestItem"))
                : head;
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return head;                // no signature anywhere
        }
    }

    protected override byte[] Key(string secret) => Convert.FromHexString(secret);

    protected override string Say(byte[] mac) => Convert.ToBase64String(mac);

    private static HookHead OfItem(JsonElement item)
    {
        string Text(string name) => item.TryGetProperty(name, out var value) ? value.ToString() : "";
        var amount = item.GetProperty("amount");
        string[] signed =
        [
            Text("pspReference"), Text("originalReference"), Text("merchantAccountCode"), Text("merchantReference"),
            amount.GetProperty("value").ToString(), amount.GetProperty("currency").ToString(), Text("eventCode"), Text("success"),
        ];
        return new HookHead([item.GetProperty("additionalData").GetProperty("hmacSignature").ToString()])
        {
            Id = $"{Text("pspReference")}:{Text("eventCode")}:{Text("success")}",
            Type = Text("eventCode"),
            Instead = Encoding.UTF8.GetBytes(string.Join(':', signed)),
        };
    }
}

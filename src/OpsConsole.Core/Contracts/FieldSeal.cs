using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpsConsole.Storage;

namespace OpsConsole.Contracts;

/// <summary>
/// Values that are kept encrypted and opened only on their way to a target (<c>x-oc-intake: encrypt</c>). Equal values have equal seals, so that the same message is the same after it was sealed:
/// AES-256-GCM under a nonce that is made of the value by a second key (the construction of SIV, RFC 5297 §1.1).
/// </summary>
internal sealed partial class FieldSeal(IDbContextFactory<OpsDb> contexts, ISecretBox box, TimeProvider clock)
{
    private const string Mark = "sealed:";
    private const int Nonce = 12;
    private const int Tag = 16;

    private volatile byte[]? _key;

    /// <summary>True when a JSON literal is a sealed value.</summary>
    public static bool IsSealed(string? literal) => literal is not null && literal.StartsWith('"' + Mark, StringComparison.Ordinal);

    /// <summary>A text without its seals, the values as JSON literals in their places; what was sealed by another console stays.</summary>
    public async Task<string?> Open(string? json, CancellationToken cancellationToken)
    {
        if (json is null || !json.Contains('"' + Mark, StringComparison.Ordinal))
        {
            return json;
        }

        var key = await Key(cancellationToken);
        return Sealed().Replace(json, found => Opened(key, found.Groups[1].Value) ?? found.Value);
    }

    /// <summary>The payload with the fields sealed that the contract wants so; what is sealed already, and nothing, stays.</summary>
    public async Task<string> Over(string json, PayloadSchema? schema, CancellationToken cancellationToken)
    {
        if (schema is not { HasIntake: true } || Payload(json) is not { } payload)
        {
            return json;
        }

        var places = schema.IntakePlaces(payload).Where(place => place.Rule is IntakeRule.Encrypt).Select(place => place.Pointer).ToList();
        var key = places.Count == 0 ? [] : await Key(cancellationToken);
        return places.Aggregate(json, (text, place) => JsonEdit.Read(text, place) is { } literal && !IsSealed(literal) ? JsonEdit.Set(text, place, Seal(key, literal)) ?? text : text);
    }

    /// <summary>The console's key; the first who needs it makes it.</summary>
    public async Task<byte[]> Key(CancellationToken cancellationToken)
    {
        if (_key is { } known)
        {
            return known;
        }

        // Apart from any transaction: the key outlives its end.
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return _key = await FieldKey.Of(db, box, clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>A text as it was before it was sealed; any other as it is.</summary>
    public static string Plain(byte[] key, string text) =>
        text.StartsWith(Mark, StringComparison.Ordinal) && Opened(key, text[Mark.Length..]) is { } literal ? JsonEdit.Plain(literal) : text;

    /// <summary>A JSON literal sealed, as a JSON literal.</summary>
    public static string Seal(byte[] key, string literal)
    {
        var value = Encoding.UTF8.GetBytes(literal);
        var made = new byte[Nonce + value.Length + Tag];
        var nonce = made.AsSpan(0, Nonce);
        HMACSHA256.HashData(Derived(key, "nonce"), value).AsSpan(0, Nonce).CopyTo(nonce);
        using var cipher = new AesGcm(Derived(key, "seal"), Tag);
        cipher.Encrypt(nonce, value, made.AsSpan(Nonce, value.Length), made.AsSpan(Nonce + value.Length));
        return JsonEdit.Quote(Mark + Base64Url.EncodeToString(made));
    }

    private static string? Opened(byte[] key, string text)
    {
        var made = Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : [];
        if (made.Length <= Nonce + Tag)
        {
            return null;
        }

        var value = new byte[made.Length - Nonce - Tag];
        try
        {
            using var cipher = new AesGcm(Derived(key, "seal"), Tag);
            cipher.Decrypt(made.AsSpan(0, Nonce), made.AsSpan(Nonce, value.Length), made.AsSpan(Nonce + value.Length), value);
            return Encoding.UTF8.GetString(value);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] Derived(byte[] key, string use) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: Encoding.UTF8.GetBytes($"opsconsole field {use}"));

    private static JsonElement? Payload(string json)
    {
        try
        {
            using var read = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JsonEdit.MaxDepth });
            return read.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("\"sealed:([A-Za-z0-9_-]+)\"")]
    private static partial Regex Sealed();
}
